from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from jobs.applications.models import Application
from tests.access import check_access
from tests.cast import Cast
from tests.jobs.applications.make_contact import with_check

MEMBERS = {"employer": 302, "colleague": 302}
EMPTY = {"employer": 422, "colleague": 422}
SEEKER = {"seeker": 302}
# Every address that changes something, who is let in, and what they send.
POSTS: list[tuple[str, Mapping[str, int], Mapping[str, str]]] = [
    ("applications:show_number", MEMBERS, {}),
    ("applications:note_outcome", EMPTY, {"attempt": ""}),
    ("applications:write", EMPTY, {"text": ""}),
    ("applications:ask_check", MEMBERS, {"kind": "credit_report"}),
    ("applications:reply", {"seeker": 422}, {"text": ""}),
    ("applications:stop", SEEKER, {"channel": "phone"}),
    ("applications:calls", SEEKER, {"calls": "write"}),
    ("applications:answer_check", SEEKER, {"kind": "credit_report", "answer": "no"}),
]


@pytest.fixture
def offered(cast: Cast, noon: datetime) -> Application:
    return with_check(cast, state="offered")


@pytest.mark.parametrize(("name", "expected", "data"), POSTS)
def test_who_may_reach_whom(
    cast: Cast,
    offered: Application,
    name: str,
    expected: Mapping[str, int],
    data: Mapping[str, str],
) -> None:
    url = reverse(name, args=[offered.public_id])
    check_access(cast, url, expected, method="post", data=data)


@pytest.mark.parametrize("name", [row[0] for row in POSTS])
def test_nothing_happens_by_a_link(
    cast: Cast, client: Any, offered: Application, name: str
) -> None:
    for person in (cast.seeker.user, cast.employer):
        client.force_login(person)
        url = reverse(name, args=[offered.public_id])
        assert client.get(url).status_code == 405


def test_who_reads_how_applicants_are_reached(cast: Cast) -> None:
    url = reverse("applications:record", args=[cast.organization.public_id])
    allowed = {"employer", "colleague", "moderator", "operator"}
    check_access(cast, url, dict.fromkeys(allowed, 200))
