from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.counselors.access import counselors_to_check_for
from accounts.counselors.models import CounselorProfile
from accounts.lib.dates import today
from tests.access import check_access
from tests.cast import ROLES, Cast
from tests.client import StrictClient
from tests.make import make_document, sign_in

EVERYBODY = dict.fromkeys(ROLES, 200)
CHECKERS = {"moderator": 200, "operator": 200}
COUNSELORS = {"counselor": 200, "other_counselor": 200}


def test_the_list_is_public(cast: Cast) -> None:
    check_access(cast, reverse("counselors:list"), EVERYBODY)


@pytest.mark.parametrize("name", ["counselors:mine", "counselors:edit"])
def test_the_own_page_is_for_counselors(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), COUNSELORS)


def test_only_counselors_change_their_page(cast: Cast) -> None:
    saved = dict.fromkeys(COUNSELORS, 302)
    answers = {"name": "周老师"}
    check_access(cast, reverse("counselors:edit"), saved, method="post", data=answers)


def test_only_counselors_send_their_paper_in(cast: Cast) -> None:
    url = reverse("counselors:document", args=["counselor_credential"])
    check_access(cast, url, COUNSELORS)
    check_access(cast, url, COUNSELORS, method="post")
    check_access(cast, reverse("counselors:document", args=["agent_id"]), {})


def test_nobody_takes_back_the_paper_of_another(cast: Cast) -> None:
    paper = make_document(cast.counselor, "counselor_credential", state="accepted")
    url = reverse("counselors:withdraw_document", args=["counselor_credential"])
    check_access(cast, url, dict.fromkeys(COUNSELORS, 302), method="post")
    paper.refresh_from_db()
    assert paper.storage_key is not None


def test_only_counselors_ask_for_a_check(cast: Cast) -> None:
    asked = dict.fromkeys(COUNSELORS, 302)
    check_access(cast, reverse("counselors:submit"), asked, method="post")


def test_the_list_of_checks_is_for_those_who_check(cast: Cast) -> None:
    check_access(cast, reverse("counselors:verifications"), CHECKERS)
    url = reverse("counselors:check", args=[cast.counselor.public_id])
    check_access(cast, url, CHECKERS)


@pytest.mark.parametrize(
    "name", ["counselors:verify", "counselors:send_back", "counselors:suspend"]
)
def test_decisions_on_a_check(cast: Cast, name: str) -> None:
    url = reverse(name, args=[cast.counselor.public_id])
    answers = {
        "until": (today() + timedelta(days=20)).isoformat(),
        "reason": "看不清",
        "same_person": "on",
        "fits_scope": "on",
    }
    decided = dict.fromkeys(CHECKERS, 302)
    check_access(cast, url, decided, method="post", data=answers)


@pytest.mark.parametrize(
    ("name", "method"),
    [("check", "get"), ("verify", "post"), ("send_back", "post"), ("suspend", "post")],
)
def test_nobody_checks_themselves(cast: Cast, name: str, method: str) -> None:
    """A counselor who became a moderator: another one decides."""
    profile = cast.counselor
    CounselorProfile.objects.filter(pk=profile.pk).update(
        user=cast.moderator, verification="submitted", submitted_at=timezone.now()
    )
    url = reverse(f"counselors:{name}", args=[profile.public_id])
    sign_in(client := StrictClient(), cast.moderator)
    assert getattr(client, method)(url, {"reason": "看不清"}).status_code == 404
    profile.refresh_from_db()
    assert profile.verification == "submitted"
    assert profile not in counselors_to_check_for(cast.moderator)
    assert profile in counselors_to_check_for(cast.operator)
    sign_in(client := StrictClient(), cast.operator)
    assert getattr(client, method)(url, {"reason": "看不清"}).status_code in {200, 302}
