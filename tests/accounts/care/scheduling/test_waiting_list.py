"""Who waits longest is asked first, has time to answer, and then it is the next one's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.care.scheduling.access import open_slots
from accounts.care.scheduling.enums import OfferState, WaitState
from accounts.care.scheduling.models import Appointment, Offer, WaitingEntry
from accounts.care.scheduling.services import booking, waiting
from accounts.care.scheduling.services.times import HoldOver, SlotTaken
from accounts.care.scheduling.talk_access import offer_of, topic_of
from accounts.care.vault.services.subjects import ensure_subject
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import OutboxMessage
from accounts.lib.dates import SHANGHAI
from tests.accounts.care.scheduling.talk_make import (
    book_first,
    hold_first,
    open_up,
    wait_as,
)
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def counselor(cast: Cast) -> CounselorProfile:
    return open_up(cast.counselor)


def soonest(counselor: CounselorProfile) -> datetime:
    """The first free time that leaves an hour to answer, and the counselor's notice."""
    after = timezone.now() + timedelta(hours=3, minutes=1)
    return open_slots(counselors=[counselor], after=after)[0].starts_at


def test_the_longest_waiting_is_asked_first(
    cast: Cast, counselor: CounselorProfile
) -> None:
    late, early = wait_as(cast.seeker), wait_as(cast.other_seeker)
    WaitingEntry.objects.filter(pk=early.pk).update(
        since=timezone.now() - timedelta(days=3)
    )
    first = soonest(counselor)
    assert waiting.offer_free_times() == 2
    assert Offer.objects.get(entry=early).appointment.starts_at == first
    assert Offer.objects.get(entry=late).appointment.starts_at > first


def test_an_offered_time_is_kept_and_nobody_elses(
    cast: Cast, counselor: CounselorProfile
) -> None:
    wait_as(cast.seeker, topic="sleep")
    waiting.offer_free_times()
    offer = Offer.objects.get()
    with pytest.raises(SlotTaken):
        hold_first(cast.other_seeker, counselor, starts_at=offer.appointment.starts_at)
    row = booking.book(user=cast.seeker.user, hold_id=offer.appointment_id)
    offer.refresh_from_db()
    assert (row.state, topic_of(row)) == ("booked", "sleep")
    assert offer.state == OfferState.TAKEN
    assert WaitingEntry.objects.get().state == WaitState.BOOKED


def test_an_offer_ends_after_two_days_or_at_the_notice(
    cast: Cast, counselor: CounselorProfile
) -> None:
    wait_as(cast.seeker)
    waiting.offer_free_times()
    offer = Offer.objects.get()
    limit = offer.appointment.starts_at - timedelta(hours=2)
    assert offer.expires_at == min(offer.offered_at + timedelta(hours=48), limit)
    assert offer.appointment.held_until == offer.expires_at


def test_what_is_not_answered_goes_to_the_next_one(
    cast: Cast, counselor: CounselorProfile
) -> None:
    first = wait_as(cast.seeker)
    waiting.offer_free_times()
    offer = Offer.objects.get()
    wait_as(cast.other_seeker)
    over = timezone.now() - timedelta(seconds=1)
    Appointment.objects.filter(pk=offer.appointment_id).update(held_until=over)
    call_command("offer_free_times")
    offer.refresh_from_db()
    assert offer.state == OfferState.EXPIRED
    with pytest.raises(HoldOver):
        booking.book(user=cast.seeker.user, hold_id=offer.appointment_id)
    # The first one keeps the place, and is asked for another time, not the same again.
    again = Offer.objects.get(entry=first, state=OfferState.OPEN)
    theirs = Offer.objects.get(
        entry__subject=ensure_subject(user=cast.other_seeker.user)
    )
    assert again.appointment.starts_at != offer.appointment.starts_at
    assert theirs.appointment.starts_at == offer.appointment.starts_at


def test_only_what_was_wished_for_is_offered(
    cast: Cast, counselor: CounselorProfile
) -> None:
    day = (timezone.now() + timedelta(days=3)).astimezone(SHANGHAI)
    wait_as(cast.seeker, modes=["phone"], weekdays=[day.weekday()], parts=["afternoon"])
    waiting.offer_free_times()
    row = Offer.objects.get().appointment
    local = row.starts_at.astimezone(SHANGHAI)
    assert (local.weekday(), row.mode) == (day.weekday(), "phone")
    assert 12 <= local.hour < 18


def test_nothing_free_offers_nothing(cast: Cast) -> None:
    wait_as(cast.seeker)
    assert waiting.offer_free_times() == 0
    assert not OutboxMessage.objects.exists()


def test_one_place_on_the_list(cast: Cast, counselor: CounselorProfile) -> None:
    one = wait_as(cast.seeker)
    two = wait_as(cast.seeker, modes=["video"])
    assert (one.pk, one.since) == (two.pk, two.since)
    with pytest.raises(IntegrityError), transaction.atomic():
        WaitingEntry.objects.create(subject=one.subject, modes=["text"])


def test_leaving_lets_the_time_go(cast: Cast, counselor: CounselorProfile) -> None:
    wait_as(cast.seeker)
    waiting.offer_free_times()
    offer = Offer.objects.get()
    assert waiting.leave_list(user=cast.seeker.user)
    assert not waiting.leave_list(user=cast.seeker.user)
    assert soonest(counselor) == offer.appointment.starts_at
    assert WaitingEntry.objects.get().state == WaitState.LEFT


def test_saying_no_keeps_the_place(cast: Cast, counselor: CounselorProfile) -> None:
    wait_as(cast.seeker)
    waiting.offer_free_times()
    offer = Offer.objects.get()
    assert waiting.decline_offer(user=cast.seeker.user, offer_id=offer.pk)
    assert waiting.offer_free_times() == 1
    new = offer_of(cast.seeker.user)
    assert new is not None
    assert new.appointment.starts_at > offer.appointment.starts_at


def test_whoever_books_by_themselves_waits_no_longer(
    cast: Cast, counselor: CounselorProfile
) -> None:
    wait_as(cast.seeker)
    waiting.offer_free_times()
    offer = Offer.objects.get()
    book_first(cast.seeker, counselor)
    offer.refresh_from_db()
    assert offer.state == OfferState.WITHDRAWN
    assert Appointment.objects.get(pk=offer.appointment_id).state == "expired"
    assert WaitingEntry.objects.get().state == WaitState.BOOKED


def test_an_honest_wait(client: StrictClient, cast: Cast) -> None:
    sign_in(client, cast.seeker.user)
    url = reverse("talks:wait")
    assert "现在还说不准" in client.get(url).content.decode()
    subject = ensure_subject(user=cast.other_seeker.user)
    now = timezone.now()
    for days in (1, 2, 4, 9, 20):
        WaitingEntry.objects.create(
            subject=subject,
            modes=["text"],
            state=WaitState.BOOKED,
            since=now - timedelta(days=days),
            ended_at=now - timedelta(minutes=1),
        )
    assert "4 天内" in client.get(url).content.decode()


def test_the_page_of_the_list(
    client: Any, cast: Cast, counselor: CounselorProfile
) -> None:
    sign_in(client, cast.seeker.user)
    url = reverse("talks:wait")
    empty = client.post(url, {"weekdays": ["2"]})
    assert empty.status_code == 422
    # What was chosen is still chosen.
    assert 'value="2" ' in empty.content.decode().split("checked")[0][-80:] + " "
    client.post(url, {"modes": ["text"], "parts": ["evening"]})
    entry = WaitingEntry.objects.get()
    assert (entry.modes, entry.parts) == (["text"], ["evening"])
    # No evening is free: nine to eighteen.
    assert waiting.offer_free_times() == 0
    client.post(url, {"modes": ["text"]})
    assert waiting.offer_free_times() == 1
    offer = Offer.objects.get()
    assert reverse("talks:offer", args=[offer.pk]) in (
        client.get(reverse("talks:start")).content.decode()
    )
    page = client.post(reverse("talks:offer", args=[offer.pk]))
    assert page.url == reverse("talks:talk", args=[offer.appointment_id])
    # Once taken, the link in a message leads to the talk.
    assert client.get(reverse("talks:offer", args=[offer.pk])).url == page.url
