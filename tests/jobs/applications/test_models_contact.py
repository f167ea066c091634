"""What the database refuses whatever code asks it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from jobs.applications.models import (
    Application,
    CheckRequest,
    ContactAttempt,
    ContactStop,
    Message,
)
from jobs.applications.rules.contact import shanghai_day
from tests.cast import Cast
from tests.jobs.applications.clock import shanghai
from tests.jobs.applications.make_contact import look, received, say, with_check


def attempt(cast: Cast, application: Application, at: datetime, **kw: Any) -> None:
    values = {
        "application": application,
        "organization": cast.organization,
        "seeker": cast.seeker,
        "by": cast.employer,
        "at": at,
        "day": shanghai_day(at),
        "number": 1,
    }
    with transaction.atomic():
        ContactAttempt.objects.create(**(values | kw))


BAD_ATTEMPTS: list[tuple[str, dict[str, Any], str]] = [
    ("23:00", {}, "attempt_by_day"),
    ("07:59", {}, "attempt_by_day"),
    ("12:00", {"number": 4}, "attempt_at_most_three"),
    ("12:00", {"number": 0}, "attempt_at_most_three"),
    ("12:00", {"number": None}, "attempt_is_counted_or_refused"),
    ("12:00", {"refusal": "stopped"}, "attempt_is_counted_or_refused"),
    ("12:00", {"outcome": "answered"}, "attempt_outcome_of_a_call"),
    ("12:00", {"day": shanghai_day(shanghai("12:00", days=1))}, "attempt_on_its_day"),
]


@pytest.mark.parametrize(("clock", "change", "constraint"), BAD_ATTEMPTS)
def test_an_attempt_that_cannot_be(
    cast: Cast, clock: str, change: dict[str, Any], constraint: str
) -> None:
    application = received(cast)
    with pytest.raises(IntegrityError, match=constraint):
        attempt(cast, application, shanghai(clock), **change)


def test_the_same_place_of_the_day_is_taken_once(cast: Cast) -> None:
    application = received(cast)
    attempt(cast, application, shanghai("12:00"))
    with pytest.raises(IntegrityError, match="attempt_number_once_a_day"):
        attempt(cast, application, shanghai("13:00"))


def message(cast: Cast, application: Application, **kw: Any) -> None:
    now = shanghai("12:00")
    values = {
        "application": application,
        "sender": cast.employer,
        "side": "employer",
        "body": "您好",
        "sent_at": now,
        "visible_at": now,
    }
    with transaction.atomic():
        Message.objects.create(**(values | kw))


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"body": ""}, "message_says_something"),
        ({"side": "other"}, "message_side_known"),
        ({"visible_at": shanghai("11:00")}, "message_seen_after_it_was_sent"),
        ({"visible_at": shanghai("23:00")}, "message_arrives_by_day"),
    ],
)
def test_a_message_that_cannot_be(
    cast: Cast, change: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        message(cast, received(cast), **change)


def check(application: Application, cast: Cast, **kw: Any) -> None:
    values = {
        "application": application,
        "kind": "credit_report",
        "asked_at": shanghai("12:00"),
        "asked_by": cast.employer,
        "asked_in_state": application.state,
    }
    with transaction.atomic():
        CheckRequest.objects.create(**(values | kw))


@pytest.mark.parametrize("state", ["viewed", "shortlisted"])
def test_no_check_before_the_interview(cast: Cast, state: str) -> None:
    application = with_check(cast, state=state, screening_stage="interview")
    with pytest.raises(IntegrityError):
        check(application, cast)
    with pytest.raises(IntegrityError, match="did not declare"):
        check(application, cast, asked_in_state="interview")


@pytest.mark.parametrize(
    ("state", "change"),
    [("interview", {}), ("offered", {"kind": "no_conviction"})],
)
def test_no_check_that_the_posting_did_not_declare(
    cast: Cast, state: str, change: dict[str, str]
) -> None:
    application = with_check(cast, state=state)
    with pytest.raises(IntegrityError, match="did not declare"):
        check(application, cast, **change)


def test_what_was_declared_is_never_changed(cast: Cast) -> None:
    received(cast)
    for change in ({"declared_check": "credit_report"}, {"declared_stage": "offered"}):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            Application.objects.update(**change)


@pytest.fixture
def rows(cast: Cast) -> dict[str, type[models.Model]]:
    application = with_check(cast, state="offered")
    look(application, cast.employer, shanghai("12:00"))
    say(application, cast.employer, now=shanghai("12:00"))
    check(application, cast)
    ContactStop.objects.create(
        organization=cast.organization,
        seeker=cast.seeker,
        application=application,
        channel="message",
        said_by="seeker",
        at=shanghai("12:00"),
    )
    found = (ContactAttempt, Message, CheckRequest, ContactStop)
    return {model.__name__: model for model in found}


AT = shanghai("13:00")
FORBIDDEN: list[tuple[str, dict[str, Any]]] = [
    ("ContactAttempt", {"number": 2}),
    ("ContactAttempt", {"at": AT}),
    ("Message", {"body": "别的话"}),
    ("Message", {"visible_at": AT}),
    ("CheckRequest", {"asked_at": AT}),
    ("ContactStop", {"channel": "phone"}),
]
ONCE: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "ContactAttempt",
        {"outcome": "answered", "outcome_at": AT},
        {"outcome": "unanswered"},
    ),
    ("Message", {"read_at": AT}, {"read_at": AT + timedelta(hours=1)}),
    ("CheckRequest", {"answer": "no", "answered_at": AT}, {"answer": "yes"}),
    ("ContactStop", {"lifted_at": AT}, {"lifted_at": None}),
]


@pytest.mark.parametrize(("name", "change"), FORBIDDEN)
def test_history_is_not_changed(
    rows: dict[str, Any], name: str, change: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match="only ever added"):
        rows[name].objects.update(**change)


@pytest.mark.parametrize(("name", "first", "again"), ONCE)
def test_what_comes_later_is_written_once(
    rows: dict[str, Any], name: str, first: dict[str, Any], again: dict[str, Any]
) -> None:
    rows[name].objects.update(**first)
    with pytest.raises(IntegrityError, match="only ever added"):
        rows[name].objects.update(**again)


@pytest.mark.parametrize(
    "name", ["ContactAttempt", "Message", "CheckRequest", "ContactStop"]
)
def test_history_is_not_deleted(rows: dict[str, Any], name: str) -> None:
    with pytest.raises(IntegrityError, match="only ever added"):
        rows[name].objects.all().delete()


def test_a_stop_of_calls_is_for_good(rows: dict[str, Any], cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="stop_of_calls_is_for_good"):
        ContactStop.objects.create(
            organization=cast.organization,
            seeker=cast.seeker,
            application=Application.objects.get(),
            channel="phone",
            said_by="seeker",
            at=AT,
            lifted_at=AT,
        )
