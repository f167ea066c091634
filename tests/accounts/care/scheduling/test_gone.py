"""A counselor who may not talk any more leaves nobody with a talk to which nobody comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.care.cases.access import must_be_covered, working_counselors
from accounts.care.scheduling import tasks
from accounts.care.scheduling.enums import OfferState, WaitState
from accounts.care.scheduling.models import Appointment, Offer, WaitingEntry
from accounts.care.scheduling.services import booking, groups, waiting
from accounts.care.scheduling.services.gone import call_off_without_counselor
from accounts.care.scheduling.services.times import HoldOver
from accounts.care.scheduling.talk_access import offer_of, topic_of
from accounts.care.vault.services.subjects import ensure_subject
from accounts.consent.registry import erase_person
from accounts.consent.services.deletions import request_deletion
from accounts.counselors.models import CounselorProfile
from accounts.counselors.services import verification
from accounts.identity.models import OutboxMessage
from tests.accounts.care.scheduling.talk_make import (
    book_first,
    group_of,
    hold_first,
    open_up,
    wait_as,
)
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import sign_in

pytestmark = pytest.mark.django_db
CALLED_OFF = "cancelled_by_counselor"


@pytest.fixture
def counselor(cast: Cast) -> CounselorProfile:
    return open_up(cast.counselor)


def suspend(cast: Cast) -> None:
    verification.suspend_counselor(
        profile=cast.counselor, actor=cast.moderator, reason="先看清楚"
    )


def run_out(cast: Cast) -> None:
    now = timezone.now()
    CounselorProfile.objects.filter(pk=cast.counselor.pk).update(
        verification_expires_at=now - timedelta(seconds=1)
    )
    assert verification.expire_checks(now=now) == 1


def take_back(cast: Cast) -> None:
    row = cast.counselor
    row.submitted_at = timezone.now() + timedelta(seconds=1)
    row.save()
    verification.send_back_counselor(
        profile=row, actor=cast.moderator, reason="证件看不清"
    )


def leave(cast: Cast) -> None:
    request_deletion(user=cast.counselor.user)


def erase(cast: Cast) -> None:
    erase_person(cast.counselor.user)


def told(cast: Cast) -> int:
    rows = OutboxMessage.objects.filter(user=cast.seeker.user)
    assert set(rows.values_list("template", flat=True)) <= {"notices/news"}
    return rows.count()


@pytest.mark.parametrize("end", [suspend, run_out, take_back, leave, erase])
def test_each_end_of_the_role_asks_for_it(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
    end: Callable[[Cast], None],
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(tasks.call_off_talks, "delay", lambda: asked.append(True))
    with django_capture_on_commit_callbacks(execute=True):
        end(cast)
    assert asked


@pytest.mark.parametrize("end", [suspend, take_back, leave, erase])
def test_talks_to_come_are_called_off(
    cast: Cast, counselor: CounselorProfile, end: Callable[[Cast], None]
) -> None:
    row = book_first(cast.seeker, counselor, 40, topic="sleep")
    end(cast)
    assert call_off_without_counselor() == 1
    row.refresh_from_db()
    last = row.steps.last()
    assert last is not None
    assert (row.state, last.actor) == (CALLED_OFF, "system")
    assert told(cast) == 1
    assert call_off_without_counselor() == 0
    assert told(cast) == 1


def test_an_account_that_was_switched_off_is_found(
    cast: Cast, counselor: CounselorProfile
) -> None:
    """By hand, without any service: the schedule finds it."""
    row = book_first(cast.seeker, counselor)
    counselor.user.is_active = False
    counselor.user.save()
    call_command("call_off_talks")
    row.refresh_from_db()
    assert row.state == CALLED_OFF


def test_the_person_comes_first_with_somebody_else(
    cast: Cast, counselor: CounselorProfile
) -> None:
    book_first(cast.seeker, counselor, topic="sleep")
    early = wait_as(cast.other_seeker)
    WaitingEntry.objects.filter(pk=early.pk).update(
        since=timezone.now() - timedelta(days=30)
    )
    suspend(cast)
    call_off_without_counselor()
    open_up(cast.other_counselor)
    assert waiting.offer_free_times() == 2
    mine = offer_of(cast.seeker.user)
    theirs = offer_of(cast.other_seeker.user)
    assert mine is not None
    assert theirs is not None
    assert mine.appointment.counselor == cast.other_counselor
    assert mine.appointment.starts_at < theirs.appointment.starts_at
    assert topic_of(mine.appointment) == "sleep"
    booking.book(user=cast.seeker.user, hold_id=mine.appointment_id)
    # It was no ordinary wait, and is not counted among them.
    entry = WaitingEntry.objects.get(pk=mine.entry_id)
    assert (entry.state, entry.goes_first) == (WaitState.BOOKED, True)


def test_who_is_on_the_list_already_moves_to_the_front(
    cast: Cast, counselor: CounselorProfile
) -> None:
    book_first(cast.seeker, counselor)
    entry = wait_as(cast.seeker, modes=["video"], counselor=counselor)
    WaitingEntry.objects.filter(pk=entry.pk).update(state="paused", unanswered=3)
    suspend(cast)
    call_off_without_counselor()
    entry.refresh_from_db()
    assert (entry.state, entry.unanswered) == (WaitState.WAITING, 0)
    assert (entry.goes_first, entry.counselor, entry.modes) == (True, None, ["video"])


def test_a_check_that_ran_out_may_come_back_in_time(
    cast: Cast, counselor: CounselorProfile
) -> None:
    soon = book_first(cast.seeker, counselor)
    later = book_first(cast.other_seeker, counselor, 50)
    assert later.starts_at > timezone.now() + timedelta(days=4)
    run_out(cast)
    assert call_off_without_counselor() == 1
    soon.refresh_from_db()
    later.refresh_from_db()
    assert (soon.state, later.state) == (CALLED_OFF, "booked")
    # Nothing happened by then.
    assert call_off_without_counselor(now=later.starts_at - timedelta(days=2)) == 1


def test_groups_are_called_off_too(cast: Cast, counselor: CounselorProfile) -> None:
    group = group_of(counselor)
    groups.take_seat(user=cast.seeker.user, group_id=group.pk, nickname="小海")
    suspend(cast)
    assert call_off_without_counselor() == 1
    group.appointment.refresh_from_db()
    assert group.appointment.state == CALLED_OFF
    assert told(cast) == 1


def test_what_is_kept_for_somebody_is_taken_back_and_not_counted(
    cast: Cast, counselor: CounselorProfile
) -> None:
    entry = wait_as(cast.seeker)
    waiting.offer_free_times()
    offer = Offer.objects.get()
    suspend(cast)
    with pytest.raises(HoldOver):
        booking.book(user=cast.seeker.user, hold_id=offer.appointment_id)
    assert call_off_without_counselor() == 0
    offer.refresh_from_db()
    entry.refresh_from_db()
    assert (offer.state, entry.unanswered) == (OfferState.WITHDRAWN, 0)
    assert entry.state == WaitState.WAITING


def test_nobody_books_a_held_time_of_somebody_gone(
    cast: Cast, counselor: CounselorProfile
) -> None:
    held = hold_first(cast.seeker, counselor)
    suspend(cast)
    with pytest.raises(HoldOver):
        booking.book(user=cast.seeker.user, hold_id=held.pk)


def test_others_and_what_is_past_stay(cast: Cast, counselor: CounselorProfile) -> None:
    open_up(cast.other_counselor)
    row = book_first(cast.seeker, cast.other_counselor)
    past = book_first(cast.other_seeker, counselor)
    Appointment.objects.filter(pk=past.pk).update(
        state="attended", ended_at="2026-01-01T00:00Z"
    )
    suspend(cast)
    assert call_off_without_counselor() == 0
    row.refresh_from_db()
    assert row.state == "booked"


def test_the_page_says_so_kindly(
    client: StrictClient, cast: Cast, counselor: CounselorProfile
) -> None:
    book_first(cast.seeker, counselor)
    suspend(cast)
    call_off_without_counselor()
    sign_in(client, cast.seeker.user)
    page = client.get(reverse("talks:mine")).content.decode()
    assert "你排在最前面" in page
    assert "排在最前面" in client.get(reverse("care")).content.decode()
    # Whoever does not want to wait leaves as ever.
    client.post(reverse("talks:leave"))
    assert "你排在最前面" not in client.get(reverse("talks:mine")).content.decode()
    subject = ensure_subject(user=cast.seeker.user)
    assert WaitingEntry.objects.get(subject=subject).state == WaitState.LEFT


def test_who_is_leaving_is_covered_and_covers_nobody(
    cast: Cast, counselor: CounselorProfile
) -> None:
    assert counselor in working_counselors()
    leave(cast)
    counselor.refresh_from_db()
    assert must_be_covered(counselor)
    assert counselor not in working_counselors()
