"""What the database refuses, what somebody gets of it, and how it goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from accounts.care.scheduling.models import (
    Appointment,
    AppointmentStep,
    Seat,
    WaitingEntry,
)
from accounts.care.scheduling.services import booking, groups
from accounts.care.scheduling.talk_holdings import copy_talks
from accounts.care.vault.access import subject_of
from accounts.care.vault.services.subjects import ensure_subject, shred
from accounts.counselors.models import CounselorProfile
from tests.accounts.care.scheduling.make import make_appointment
from tests.accounts.care.scheduling.talk_make import (
    book_first,
    free,
    group_of,
    hold_first,
    open_up,
    wait_as,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def counselor(cast: Cast) -> CounselorProfile:
    return open_up(cast.counselor)


@pytest.mark.parametrize("minutes", [-59, 0, 30, 59])
def test_never_two_at_once_whatever_the_code_does(
    cast: Cast, counselor: CounselorProfile, minutes: int
) -> None:
    row = book_first(cast.seeker, counselor)
    other = ensure_subject(user=cast.other_seeker.user)
    at = row.starts_at + timedelta(minutes=minutes)
    with (
        pytest.raises(IntegrityError, match="care_appt_never_twice"),
        transaction.atomic(),
    ):
        make_appointment(counselor, other, at)


@pytest.mark.parametrize("minutes", [-60, 60])
def test_side_by_side_is_fine(
    cast: Cast, counselor: CounselorProfile, minutes: int
) -> None:
    row = book_first(cast.seeker, counselor, 3)
    other = ensure_subject(user=cast.other_seeker.user)
    make_appointment(counselor, other, row.starts_at + timedelta(minutes=minutes))
    assert Appointment.objects.count() == 2


def test_one_hold_a_person(cast: Cast, counselor: CounselorProfile) -> None:
    first = hold_first(cast.seeker, counselor)
    second = hold_first(cast.seeker, counselor, 1)
    first.refresh_from_db()
    assert (first.state, second.state) == ("expired", "held")
    with (
        pytest.raises(IntegrityError, match="care_appt_one_hold"),
        transaction.atomic(),
    ):
        make_appointment(
            cast.other_counselor,
            second.subject,
            second.starts_at,
            state="held",
            held_until=second.held_until,
        )


@pytest.mark.parametrize("what", ["update", "delete"])
def test_steps_stay_as_they_are(
    cast: Cast, counselor: CounselorProfile, what: str
) -> None:
    book_first(cast.seeker, counselor)
    rows = AppointmentStep.objects.all()
    with (
        pytest.raises((IntegrityError, InternalError), match="append-only"),
        transaction.atomic(),
    ):
        rows.update(actor="system") if what == "update" else rows.delete()
    assert rows.count() == 2


def test_ones_copy_says_all_of_it(cast: Cast, counselor: CounselorProfile) -> None:
    group = group_of(counselor, 5)
    groups.take_seat(user=cast.seeker.user, group_id=group.pk, nickname="小船")
    book_first(cast.seeker, counselor, mode="phone", topic="debt")
    wait_as(cast.seeker, topic="sleep")
    copy = copy_talks(ensure_subject(user=cast.seeker.user))
    assert copy is not None
    talk = copy["talks"][0]
    assert (talk["topic"], talk["phone"]) == ("debt", "13800000000")
    assert [step["state"] for step in talk["steps"]] == ["held", "booked"]
    assert copy["groups"][0]["nickname"] == "小船"
    assert copy["waiting_list"][0]["topic"] == "sleep"
    assert copy_talks(ensure_subject(user=cast.other_seeker.user)) is None


def test_whoever_goes_leaves_nobody_waiting_in_vain(
    cast: Cast, counselor: CounselorProfile
) -> None:
    moved = book_first(cast.seeker, counselor)
    booking.reschedule(
        user=cast.seeker.user,
        appointment_id=moved.pk,
        starts_at=free(counselor, 1).starts_at,
    )
    group = group_of(counselor, 5)
    groups.take_seat(user=cast.seeker.user, group_id=group.pk, nickname="小船")
    wait_as(cast.seeker)
    theirs = book_first(cast.other_seeker, counselor)
    was_free = free(counselor, 0).starts_at
    assert shred(user=cast.seeker.user)
    assert subject_of(cast.seeker.user) is None
    left = set(Appointment.objects.values_list("pk", flat=True))
    assert left == {theirs.pk, group.appointment_id}
    assert set(AppointmentStep.objects.values_list("appointment", flat=True)) == left
    assert not Seat.objects.exists()
    assert not WaitingEntry.objects.exists()
    assert free(counselor).starts_at <= was_free


def test_a_past_talk_cannot_be_cancelled(
    cast: Cast, counselor: CounselorProfile
) -> None:
    subject = ensure_subject(user=cast.seeker.user)
    row = make_appointment(counselor, subject, timezone.now() - timedelta(hours=2))
    with pytest.raises(booking.HoldOver):
        booking.cancel(appointment=row)
    row.refresh_from_db()
    assert row.state == "booked"
