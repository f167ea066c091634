from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.urls import reverse

from jobs.applications.models import Application
from tests.access import check_access
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.make import make_posting

SEEKERS = {"seeker": 200, "other_seeker": 200}
COLLEAGUES = {"employer": 200, "colleague": 200}


def at(name: str, application: Application, *more: str) -> str:
    return reverse(name, args=[application.public_id, *more])


@pytest.fixture
def offered(cast: Cast) -> Application:
    posting = make_posting(cast.organization)
    return make_application(cast.seeker, posting, state="offered")


def test_who_sees_their_own_list(cast: Cast) -> None:
    check_access(cast, reverse("applications:mine"), SEEKERS)


def test_who_may_apply(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    check_access(cast, reverse("applications:apply", args=[posting.public_id]), SEEKERS)


@pytest.mark.parametrize("state", ["draft", "in_review", "rejected"])
def test_nobody_applies_to_what_was_never_shown(cast: Cast, state: str) -> None:
    posting = make_posting(cast.organization, state=state)
    check_access(cast, reverse("applications:apply", args=[posting.public_id]), {})


def test_who_reads_an_application(cast: Cast, offered: Application) -> None:
    check_access(cast, at("applications:detail", offered), {"seeker": 200})


def test_who_may_ask_to_withdraw(cast: Cast, offered: Application) -> None:
    check_access(cast, at("applications:withdraw", offered), {"seeker": 200})


def test_who_may_accept(cast: Cast, offered: Application) -> None:
    url = at("applications:accept", offered)
    check_access(cast, url, {"seeker": 302}, method="post", data={"version": "1"})


def test_who_sees_the_inbox(cast: Cast) -> None:
    inbox = COLLEAGUES | {"other_employer": 200}
    check_access(cast, reverse("applications:inbox"), inbox)


def test_who_reads_what_was_received(cast: Cast, offered: Application) -> None:
    check_access(cast, at("applications:received", offered), COLLEAGUES)


ANSWERS: dict[str, Mapping[str, str]] = {
    "shortlist": {},
    "offer": {"offer-pay": ""},
    "postpone": {"postpone-reason": ""},
    "decline": {"decline-reason": ""},
    "retract": {"retract-reason": ""},
}


@pytest.mark.parametrize("event", ANSWERS)
def test_who_may_take_a_step(cast: Cast, offered: Application, event: str) -> None:
    """Empty answers: whoever is let in is shown what is missing."""
    url = reverse("applications:step", args=[offered.public_id, event])
    expected = {"employer": 422, "colleague": 422}
    check_access(cast, url, expected, method="post", data=ANSWERS[event])


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("applications:accept", ()),
        ("applications:step", ("decline",)),
    ],
)
def test_steps_are_never_taken_by_a_link(
    cast: Cast, client: Any, offered: Application, name: str, more: tuple[str, ...]
) -> None:
    client.force_login(cast.seeker.user)
    assert client.get(at(name, offered, *more)).status_code == 405


def test_who_has_a_list(cast: Cast) -> None:
    url = reverse("applications:saved")
    check_access(cast, url, SEEKERS)


@pytest.mark.parametrize("name", ["applications:save", "applications:unsave"])
def test_who_may_save(cast: Cast, name: str) -> None:
    posting = make_posting(cast.organization)
    url = reverse(name, args=[posting.public_id])
    check_access(cast, url, dict.fromkeys(SEEKERS, 302), method="post")
    check_access(cast, url, {}, default=405)
