"""Who does not answer three offers in a row is left in peace, and keeps the place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from accounts.care.cases.services import cases
from accounts.care.scheduling.enums import Actor, WaitState
from accounts.care.scheduling.models import Appointment, Offer, WaitingEntry
from accounts.care.scheduling.rules.limits import MOST_UNANSWERED
from accounts.care.scheduling.rules.workflow import WAITING_LIST
from accounts.care.scheduling.services import booking, waiting
from accounts.care.scheduling.talk_access import entry_of, offer_of
from accounts.care.vault.enums import Role
from accounts.care.vault.models import TeamRole
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import OutboxMessage
from accounts.lib.workflow import TransitionRefused
from accounts.seekers.models import SeekerProfile
from tests.accounts.care.scheduling.talk_make import book_first, open_up, wait_as
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import sign_in

pytestmark = pytest.mark.django_db
KEEP = reverse("talks:keep")


@pytest.fixture
def counselor(cast: Cast) -> CounselorProfile:
    return open_up(cast.counselor)


def run_out(times: int = 1) -> None:
    """Offered, and nobody says a word."""
    for _ in range(times):
        waiting.offer_free_times()
        Appointment.objects.filter(state="held").update(
            held_until=timezone.now() - timedelta(seconds=1)
        )
        booking.release_expired_holds()


def paused_as(seeker: SeekerProfile) -> WaitingEntry:
    entry = wait_as(seeker)
    run_out(MOST_UNANSWERED)
    entry.refresh_from_db()
    assert entry.state == WaitState.PAUSED
    return entry


def test_after_the_third_nothing_more_is_offered(
    cast: Cast, counselor: CounselorProfile
) -> None:
    entry = wait_as(cast.seeker)
    run_out(2)
    entry.refresh_from_db()
    assert (entry.state, entry.unanswered) == (WaitState.WAITING, 2)
    run_out()
    entry.refresh_from_db()
    assert entry.state == WaitState.PAUSED
    # Three times that there is a time, and once that it is paused.
    assert OutboxMessage.objects.count() == 4
    assert waiting.offer_free_times() == 0
    booking.release_expired_holds()
    assert (Offer.objects.count(), OutboxMessage.objects.count()) == (3, 4)


def test_the_pause_is_told_like_everything_else(
    cast: Cast, counselor: CounselorProfile
) -> None:
    paused_as(cast.seeker)
    words = set(OutboxMessage.objects.values_list("template", "subject"))
    assert words == {("notices/news", "你有一条新消息")}


def test_not_this_one_is_an_answer(cast: Cast, counselor: CounselorProfile) -> None:
    entry = wait_as(cast.seeker)
    run_out(2)
    waiting.offer_free_times()
    offer = offer_of(cast.seeker.user)
    assert offer is not None
    assert waiting.decline_offer(user=cast.seeker.user, offer_id=offer.pk)
    run_out(2)
    entry.refresh_from_db()
    assert (entry.state, entry.unanswered) == (WaitState.WAITING, 2)


def test_too_late_is_no_answer(cast: Cast, counselor: CounselorProfile) -> None:
    """The third ran out while the page with the button was open."""
    entry = wait_as(cast.seeker)
    run_out(2)
    waiting.offer_free_times()
    offer = Offer.objects.get(state="open")
    over = {"state": "expired", "ended_at": timezone.now()}
    Appointment.objects.filter(pk=offer.appointment_id).update(**over)
    assert not waiting.decline_offer(user=cast.seeker.user, offer_id=offer.pk)
    entry.refresh_from_db()
    assert entry.unanswered == 2


def test_new_wishes_are_an_answer(cast: Cast, counselor: CounselorProfile) -> None:
    entry = paused_as(cast.seeker)
    again = wait_as(cast.seeker, modes=["video"])
    assert (again.pk, again.since) == (entry.pk, entry.since)
    assert (again.state, again.unanswered) == (WaitState.WAITING, 0)


def test_booking_ends_a_paused_place(cast: Cast, counselor: CounselorProfile) -> None:
    entry = paused_as(cast.seeker)
    book_first(cast.seeker, counselor)
    entry.refresh_from_db()
    assert (entry.state, entry.unanswered) == (WaitState.BOOKED, 0)


def test_so_does_leaving(cast: Cast, counselor: CounselorProfile) -> None:
    entry = paused_as(cast.seeker)
    assert waiting.leave_list(user=cast.seeker.user)
    entry.refresh_from_db()
    assert entry.state == WaitState.LEFT


def test_what_goes_with_another_talk_is_not_counted(
    cast: Cast, counselor: CounselorProfile
) -> None:
    """Withdrawn, not unanswered."""
    wait_as(cast.seeker)
    waiting.offer_free_times()
    book_first(cast.seeker, counselor)
    assert WaitingEntry.objects.get().unanswered == 0


def test_one_tap_goes_on(
    client: StrictClient, cast: Cast, counselor: CounselorProfile
) -> None:
    entry = paused_as(cast.seeker)
    sign_in(client, cast.seeker.user)
    for page in ("talks:wait", "talks:mine"):
        told = client.get(reverse(page)).content.decode()
        assert "继续等" in told
        assert KEEP in told
    assert "排队暂停了" in client.get(reverse("care")).content.decode()
    assert client.post(KEEP).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.unanswered) == (WaitState.WAITING, 0)
    assert "继续等" not in client.get(reverse("talks:wait")).content.decode()
    assert waiting.offer_free_times() == 1
    # A second tap changes nothing.
    client.post(KEEP)
    assert Offer.objects.filter(state="open").count() == 1


def test_nobody_taps_for_somebody_else(
    client: StrictClient, cast: Cast, counselor: CounselorProfile
) -> None:
    entry = paused_as(cast.seeker)
    sign_in(client, cast.other_seeker.user)
    client.post(KEEP)
    entry.refresh_from_db()
    assert entry.state == WaitState.PAUSED
    assert entry_of(cast.other_seeker.user) is None
    sign_in(client, cast.counselor.user)
    assert client.post(KEEP).status_code == 404
    assert client.get(KEEP).status_code in (404, 405)


def test_counselors_and_leads_see_that_it_is_paused(
    client: StrictClient, cast: Cast, counselor: CounselorProfile
) -> None:
    entry = paused_as(cast.seeker)
    cases.ensure_case(subject=entry.subject, counselor=None)
    sign_in(client, cast.counselor.user)
    told = client.get(reverse("cases:queue")).content.decode()
    assert "排队已暂停" in told
    assert str(cast.seeker) not in told
    TeamRole.objects.create(counselor=cast.other_counselor, role=Role.SUPERVISOR)
    sign_in(client, cast.other_counselor.user)
    told = client.get(reverse("cases:team")).content.decode()
    assert "其中 1 人已暂停" in told


@pytest.mark.parametrize(
    ("state", "event", "actor", "target"),
    [
        ("waiting", "pause", Actor.SYSTEM, "paused"),
        ("paused", "keep", Actor.SEEKER, "waiting"),
        ("waiting", "book", Actor.SEEKER, "booked"),
        ("paused", "book", Actor.SEEKER, "booked"),
        ("waiting", "leave", Actor.SEEKER, "left"),
        ("paused", "leave", Actor.SEEKER, "left"),
    ],
)
def test_the_steps(state: str, event: str, actor: str, target: str) -> None:
    found = WAITING_LIST.step(state=state, event=event, actor=actor)
    assert found.target == target


@pytest.mark.parametrize(
    ("state", "event", "actor"),
    [
        ("paused", "pause", Actor.SYSTEM),
        ("waiting", "pause", Actor.COUNSELOR),
        ("paused", "keep", Actor.COUNSELOR),
        ("booked", "keep", Actor.SEEKER),
        ("left", "book", Actor.SEEKER),
    ],
)
def test_no_other_steps(state: str, event: str, actor: str) -> None:
    with pytest.raises(TransitionRefused):
        WAITING_LIST.step(state=state, event=event, actor=actor)


@pytest.mark.parametrize(
    ("state", "unanswered"),
    [("waiting", 3), ("waiting", 4), ("paused", 2), ("paused", 0), ("paused", 4)],
)
def test_the_database_refuses_another_pause(
    cast: Cast, state: str, unanswered: int
) -> None:
    entry = wait_as(cast.seeker)
    rows = WaitingEntry.objects.filter(pk=entry.pk)
    with pytest.raises(IntegrityError, match="care_wait_paused_in_time"):
        rows.update(state=state, unanswered=unanswered)


def test_a_paused_place_is_still_the_only_one(
    cast: Cast, counselor: CounselorProfile
) -> None:
    entry = paused_as(cast.seeker)
    with pytest.raises(IntegrityError, match="care_wait_once"):
        WaitingEntry.objects.create(subject=entry.subject, modes=["text"])
