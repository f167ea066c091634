"""What the database itself refuses about interviews."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from jobs.applications.models import (
    Application,
    Interview,
    InterviewOffer,
    InterviewSlot,
    InterviewStep,
)
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.jobs.applications.make_interviews import at, offer, settle, slot_of
from tests.make import make_posting

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def application(cast: Cast) -> Application:
    return make_application(
        cast.seeker, make_posting(cast.organization), state="viewed"
    )


def refuse(name: str, rows: Any, **values: Any) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rows.update(**values)


def test_a_second_open_round_is_refused(application: Application) -> None:
    offer(application)
    with (
        pytest.raises(IntegrityError, match="interview_one_open"),
        transaction.atomic(),
    ):
        Interview.objects.create(application=application, due_at=at())


BAD: list[tuple[str, dict[str, Any]]] = [
    ("this time has no seat 2", {"seat": 2}),
    ("this time has no seat 0", {"seat": 0}),
    ("interview_settled_has_a_time", {"seat": None}),
    ("interview_settled_has_a_time", {"booked_at": None}),
    ("interview_no_time_before_it_is_picked", {"state": "proposed"}),
    ("interview_ended_has_date", {"state": "held"}),
    ("interview_state_known", {"state": "lost", "ended_at": timezone.now()}),
    ("interview_moved_twice_at_most", {"moves_by_employer": 3}),
]


@pytest.mark.parametrize(("name", "values"), BAD)
def test_a_settled_round_holds_together(
    application: Application, name: str, values: dict[str, Any]
) -> None:
    interview = settle(application)
    refuse(name, Interview.objects.filter(pk=interview.pk), **values)


def test_asking_says_what_for(application: Application) -> None:
    interview = offer(application)
    rows = Interview.objects.filter(pk=interview.pk)
    refuse("interview_asks_for_something", rows, state="asked")


def test_one_seat_is_one_persons(cast: Cast, application: Application) -> None:
    first = settle(application)
    other = make_application(cast.other_seeker, application.posting, state="viewed")
    second = offer(other, starts=[at("16:00")])
    InterviewOffer.objects.create(interview=second, slot=first.slot)  # type: ignore[misc]
    refuse(
        "interview_seat_once",
        Interview.objects.filter(pk=second.pk),
        state="booked",
        slot=first.slot,
        seat=1,
        booked_at=timezone.now(),
    )


def test_only_what_was_offered_can_be_settled(
    cast: Cast, application: Application
) -> None:
    mine = settle(application)
    other = make_application(cast.other_seeker, application.posting, state="viewed")
    foreign = slot_of(offer(other, starts=[at("16:00")]))
    refuse(
        "this time was not offered",
        Interview.objects.filter(pk=mine.pk),
        slot=foreign,
    )


@pytest.mark.parametrize("model", [InterviewSlot, InterviewStep])
def test_times_and_steps_stay_as_they_were(
    application: Application, model: type[Any]
) -> None:
    settle(application)
    table = model._meta.db_table
    for change in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
        with (
            pytest.raises(DatabaseError, match="only ever added"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)
