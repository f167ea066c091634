from __future__ import annotations

import pytest
from django.urls import reverse

from jobs.postings.models import Posting
from tests.access import check_access
from tests.cast import ROLES, Cast
from tests.jobs.screening.make import BAD, make_draft
from tests.make import make_posting

MODERATING = {"moderator": 200, "operator": 200}
MEMBERS = {"employer": 200, "colleague": 200}


def test_moderators_see_the_queue(cast: Cast) -> None:
    check_access(cast, reverse("screening:queue"), MODERATING)


@pytest.mark.parametrize("state", ["in_review", "published", "paused"])
def test_moderators_read_what_they_may_decide(cast: Cast, state: str) -> None:
    posting = make_posting(cast.organization, state=state)
    check_access(
        cast, reverse("screening:review", args=[posting.public_id]), MODERATING
    )


def test_a_draft_is_nobodys_to_review(cast: Cast) -> None:
    posting = make_posting(cast.organization, state="draft")
    check_access(cast, reverse("screening:review", args=[posting.public_id]), {})


def test_only_moderators_decide(cast: Cast) -> None:
    posting = make_posting(cast.organization, state="in_review")
    url = reverse("screening:decide", args=[posting.public_id])
    check_access(cast, url, MODERATING, method="post")
    assert Posting.objects.get().state == "in_review"


def test_only_members_check_a_draft(cast: Cast) -> None:
    posting = make_draft(cast.organization)
    check_access(cast, reverse("screening:check", args=[posting.public_id]), MEMBERS)


def test_only_members_send_in(cast: Cast) -> None:
    posting = make_draft(cast.organization, responsibilities=BAD)
    url = reverse("screening:submit", args=[posting.public_id])
    check_access(cast, url, {"employer": 302, "colleague": 302}, method="post")


def test_only_members_revise(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    url = reverse("screening:revise", args=[posting.public_id])
    check_access(cast, url, MEMBERS, method="post")


def test_only_employers_are_read_along(cast: Cast) -> None:
    expected = MEMBERS | {"other_employer": 200}
    check_access(cast, reverse("screening:lint"), expected, method="post")


@pytest.mark.parametrize(
    ("name", "args"), [("screening:rules", []), ("screening:rule", ["disc-age"])]
)
def test_the_rules_are_public(cast: Cast, name: str, args: list[str]) -> None:
    check_access(cast, reverse(name, args=args), dict.fromkeys(ROLES, 200))


def test_only_members_reword(cast: Cast) -> None:
    posting = make_draft(cast.organization)
    url = reverse("screening:reword", args=[posting.public_id])
    expected = {"employer": 302, "colleague": 302}
    check_access(cast, url, expected, method="post")
