from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from jobs.api.models import ApiKey, RateWindow
from jobs.api.services.rates import count_request
from jobs.applications.models import Application
from jobs.postings.models import Posting
from tests.jobs.api.make import WHOLE, Api, new_key, problem_of
from tests.jobs.applications.make import make_application
from tests.jobs.applications.together import together
from tests.make import make_member, make_organization, make_posting, make_seeker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def token() -> str:
    organization = make_organization()
    return new_key(make_member(organization, role="admin")).token


def outcome(response: Any) -> str:
    if response.status_code < 300:
        return str(response.status_code)
    return problem_of(response)


def test_the_same_request_at_once_is_done_once(token: str) -> None:
    calls = [
        partial(Api(token).post, "/postings", WHOLE, Idempotency_Key="same")
        for _ in range(6)
    ]
    found = [outcome(one) for one in together(calls)]
    assert set(found) <= {"201", "request-in-progress"}
    assert "201" in found
    assert Posting.objects.count() == 1


def test_every_request_is_counted(token: str) -> None:
    key = ApiKey.objects.get()
    now = timezone.now()
    standings = together([partial(count_request, key, "read", now=now)] * 8)
    assert sorted(one.used for one in standings) == list(range(1, 9))
    assert RateWindow.objects.get(key=key).used == 8


def test_two_programs_move_one_application(token: str) -> None:
    posting = make_posting(ApiKey.objects.get().organization)
    sent = make_application(make_seeker(), posting)
    path = f"/applications/{sent.public_id}"
    no = {"version": 1, "reason": "position_filled"}
    answers = together(
        [
            partial(Api(token).post, f"{path}/shortlist", {"version": 1}),
            partial(Api(token).post, f"{path}/decline", no),
        ]
    )
    assert sorted(one.status_code for one in answers) == [200, 409]
    assert Application.objects.get().version == 2


def test_two_changes_of_one_version(token: str) -> None:
    made = Api(token).post("/postings", WHOLE)
    path = f"/postings/{made.json()['id']}"
    changes = [
        partial(Api(token).patch, path, {"headcount": n}, If_Match=made["ETag"])
        for n in (7, 8)
    ]
    found = sorted(outcome(one) for one in together(changes))
    assert found == ["200", "precondition-failed"]
    assert Posting.objects.get().version == 2
