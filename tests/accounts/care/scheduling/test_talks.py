"""What somebody sees and does: from a topic to a booked time, and back out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from accounts.care.scheduling import registry
from accounts.care.scheduling.enums import Mode, Topic
from accounts.care.scheduling.models import Appointment
from accounts.care.scheduling.services import booking
from accounts.care.scheduling.talk_access import phone_of, topic_of
from accounts.care.scheduling.talk_topics import wrap
from accounts.care.vault.access import subject_of
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import OutboxMessage
from tests.accounts.care.scheduling.talk_make import (
    book_first,
    free,
    group_of,
    hold_first,
    open_up,
    wait_as,
)
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import sign_in
from tests.words import says

pytestmark = pytest.mark.django_db


@pytest.fixture
def counselor(cast: Cast) -> CounselorProfile:
    return open_up(cast.counselor)


@pytest.fixture
def seeker(cast: Cast, client: StrictClient) -> StrictClient:
    sign_in(client, cast.seeker.user)
    return client


def link_named(response: Any, label: str) -> str:
    """The address behind a link with these words."""
    page = response.content.decode()
    found = re.search(rf'<a[^>]*href="([^"]+)"[^>]*>(?:<svg.*?</svg>)?{label}', page)
    assert found, label
    return found[1].replace("&amp;", "&")


def first_form(response: Any, action: str) -> dict[str, str]:
    """The hidden fields of the first form that is sent there."""
    page = response.content.decode()
    form = page.split(f'action="{action}"', 1)[1].split("</form>", 1)[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def test_from_a_topic_to_a_booked_time(
    seeker: Any, cast: Cast, counselor: CounselorProfile
) -> None:
    page = seeker.get(reverse("talks:start"))
    page = seeker.get(link_named(page, str(Topic.SLEEP.label)))
    page = seeker.get(link_named(page, str(Mode.TEXT.label)))
    earliest = free(counselor).starts_at
    fields = first_form(page, reverse("talks:hold"))
    assert fields["starts_at"] == earliest.isoformat()
    page = seeker.post(reverse("talks:hold"), fields)
    held = Appointment.objects.get()
    assert page.url == reverse("talks:confirm", args=[held.pk])
    assert held.state == "held"
    assert held.held_until is not None
    assert (
        timedelta(minutes=9) < held.held_until - timezone.now() <= timedelta(minutes=10)
    )
    page = seeker.post(page.url)
    assert page.url == reverse("talks:talk", args=[held.pk])
    held.refresh_from_db()
    assert (held.state, held.starts_at, held.counselor) == (
        "booked",
        earliest,
        counselor,
    )
    assert topic_of(held) == "sleep"
    assert [step.state for step in held.steps.all()] == ["held", "booked"]
    assert counselor.name in seeker.get(page.url).content.decode()


def test_whoever_does_not_know_about_it_is_not_passed_off_as_if(
    seeker: Any, counselor: CounselorProfile
) -> None:
    """Times of a careers counselor stood under “sleeping badly” without a word."""
    others = "Nobody for this topic in this way"
    times = reverse("talks:times")
    sleep = {"topic": wrap("sleep"), "mode": "text"}
    assert says(seeker.get(times, sleep), others)
    assert not says(seeker.get(times, sleep | {"topic": wrap("job")}), others)
    assert not says(seeker.get(times, sleep | {"topic": ""}), others)
    named = sleep | {"counselor": str(counselor.public_id)}
    assert not says(seeker.get(times, named), others)
    CounselorProfile.objects.update(scope="psychological")
    assert not says(seeker.get(times, sleep), others)


def test_no_address_and_no_row_tells_the_topic(
    seeker: Any, cast: Cast, counselor: CounselorProfile
) -> None:
    page = seeker.get(reverse("talks:start")).content.decode()
    addresses = re.findall(r'href="(/care/talks/times/[^"]+)"', page)
    assert len(addresses) == 8
    assert not any(topic in "".join(addresses) for topic in ("sleep", "grief", "debt"))
    assert len({len(address) for address in addresses}) == 1
    hold_first(cast.seeker, counselor, topic="grief")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t::text FROM care.accounts_care_scheduling_appointment t"
        )
        told = cursor.fetchone()[0]
    assert "grief" not in told


def test_a_talk_by_phone_asks_for_a_number_and_seals_it(
    seeker: Any, cast: Cast, counselor: CounselorProfile
) -> None:
    held = hold_first(cast.seeker, counselor, mode="phone")
    url = reverse("talks:confirm", args=[held.pk])
    assert seeker.post(url).status_code == 422
    wrong = seeker.post(url, {"phone": "call me"})
    assert wrong.status_code == 422
    assert "call me" in wrong.content.decode()
    # A digit or three missing: the talk would come and nobody could be called.
    assert seeker.post(url, {"phone": "1380000"}).status_code == 422
    assert seeker.post(url, {"phone": "138 0000 1234"}).status_code == 302
    held.refresh_from_db()
    assert "1234" not in held.phone
    assert phone_of(held) == "+8613800001234"


def test_somebody_was_quicker(
    seeker: Any, cast: Cast, counselor: CounselorProfile
) -> None:
    wanted = free(counselor)
    nexts = [free(counselor, place).starts_at for place in (1, 2, 3)]
    book_first(cast.other_seeker, counselor)
    page = seeker.post(
        reverse("talks:hold"),
        {
            "mode": "text",
            "counselor": str(counselor.public_id),
            "starts_at": wanted.starts_at.isoformat(),
            "topic": "",
        },
    )
    assert page.status_code == 409
    shown = re.findall(r'name="starts_at" value="([^"]+)"', page.content.decode())
    assert shown == [one.isoformat() for one in nexts]
    assert gettext("Somebody was quicker") in page.content.decode()


def test_after_ten_minutes_the_time_is_free_again(
    seeker: Any, cast: Cast, counselor: CounselorProfile
) -> None:
    held = hold_first(cast.seeker, counselor)
    late = timezone.now() - timedelta(seconds=1)
    Appointment.objects.update(held_until=late)
    url = reverse("talks:confirm", args=[held.pk])
    assert seeker.get(url).status_code == 409
    assert seeker.post(url).status_code == 409
    assert Appointment.objects.get(pk=held.pk).state != "booked"
    # Whoever comes now need not wait for the clock that clears up.
    taken = hold_first(cast.other_seeker, counselor, starts_at=held.starts_at)
    assert taken.starts_at == held.starts_at


def test_only_ones_own_talks_are_shown(
    seeker: Any, cast: Cast, counselor: CounselorProfile
) -> None:
    mine, others = (
        book_first(cast.seeker, counselor),
        book_first(cast.other_seeker, counselor),
    )
    page = seeker.get(reverse("talks:mine")).content.decode()
    assert str(mine.pk) in page
    assert str(others.pk) not in page


def test_moving_shows_both_times_and_keeps_the_old_one_until_then(
    seeker: Any, cast: Cast, counselor: CounselorProfile
) -> None:
    old = book_first(cast.seeker, counselor, topic="job")
    to = free(counselor, 2)
    url = reverse("talks:move", args=[old.pk])
    told = {
        "counselor": str(counselor.public_id),
        "starts_at": to.starts_at.isoformat(),
    }
    assert seeker.get(url).status_code == 200
    assert to.starts_at.isoformat() in seeker.get(url, told).content.decode()
    assert Appointment.objects.get().state == "booked"
    page = seeker.post(url, told)
    old.refresh_from_db()
    new = Appointment.objects.get(replaces=old)
    assert page.url == reverse("talks:talk", args=[new.pk])
    assert (old.state, new.state, new.starts_at) == (
        "rescheduled",
        "booked",
        to.starts_at,
    )
    assert (new.sequence, topic_of(new)) == (1, "job")
    # Whoever opens the old address lands at the new one.
    assert seeker.get(reverse("talks:talk", args=[old.pk])).url == page.url


def test_a_move_that_fails_loses_nothing(
    seeker: Any, cast: Cast, counselor: CounselorProfile
) -> None:
    old = book_first(cast.seeker, counselor)
    taken = book_first(cast.other_seeker, counselor)
    page = seeker.post(
        reverse("talks:move", args=[old.pk]),
        {
            "counselor": str(counselor.public_id),
            "starts_at": taken.starts_at.isoformat(),
        },
    )
    assert page.status_code == 409
    assert len(set(re.findall(r"starts_at=([^\"]+)", page.content.decode()))) == 3
    old.refresh_from_db()
    assert (old.state, old.ended_at) == ("booked", None)
    assert not Appointment.objects.filter(replaces=old).exists()


def test_cancelling_asks_for_no_reason_and_frees_the_time(
    seeker: Any, cast: Cast, counselor: CounselorProfile
) -> None:
    row = book_first(cast.seeker, counselor)
    url = reverse("talks:cancel", args=[row.pk])
    assert "<textarea" not in seeker.get(url).content.decode()
    assert seeker.post(url).status_code == 302
    row.refresh_from_db()
    assert row.state == "cancelled_by_seeker"
    assert free(counselor).starts_at == row.starts_at
    # A second tap finds nothing.
    assert seeker.post(url).status_code == 404


def test_one_talk_with_each_and_two_in_all(
    seeker: Any, cast: Cast, counselor: CounselorProfile
) -> None:
    book_first(cast.seeker, counselor)
    page = seeker.post(
        reverse("talks:hold"),
        {
            "mode": "text",
            "counselor": str(counselor.public_id),
            "starts_at": free(counselor).starts_at.isoformat(),
        },
    )
    assert page.status_code == 409
    assert Appointment.objects.count() == 1
    assert reverse("talks:mine") in page.content.decode()


def test_people_who_must_not_meet_do_not_find_each_other(
    seeker: Any,
    cast: Cast,
    counselor: CounselorProfile,
    barred: list[Any],
) -> None:
    open_up(cast.other_counselor)
    barred.append((cast.seeker.user, counselor))
    shown = seeker.get(reverse("talks:times"), {"mode": "text"}).content.decode()
    assert cast.other_counselor.name in shown
    assert counselor.name not in shown
    page = seeker.post(
        reverse("talks:hold"),
        {
            "mode": "text",
            "counselor": str(counselor.public_id),
            "starts_at": free(counselor).starts_at.isoformat(),
        },
    )
    assert page.status_code == 409
    assert not Appointment.objects.exists()


@pytest.fixture
def barred() -> Iterator[list[Any]]:
    pairs: list[Any] = []
    bars = list(registry._bars)
    registry.add_bar(lambda user, counselor: (user, counselor) in pairs)
    yield pairs
    registry._bars[:] = bars


def test_the_counselor_calls_off_and_the_message_says_nothing(
    client: Client, cast: Cast, counselor: CounselorProfile
) -> None:
    row = book_first(cast.seeker, counselor, topic="guilt")
    sign_in(client, counselor.user)
    url = reverse("talks:call_off", args=[row.pk])
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    row.refresh_from_db()
    assert row.state == "cancelled_by_counselor"
    message = OutboxMessage.objects.get(user=cast.seeker.user)
    said = f"{message.subject} {message.body} {message.dedupe_key}"
    assert message.subject == "你有一条新消息"
    for word in (counselor.name, "辅导", "约", "care", str(row.pk)):
        assert word not in said


def test_followers_hear_of_it_in_the_same_transaction(
    cast: Cast, counselor: CounselorProfile, heard: list[tuple[str, str]]
) -> None:
    row = book_first(cast.seeker, counselor)
    new = booking.reschedule(
        user=cast.seeker.user,
        appointment_id=row.pk,
        starts_at=free(counselor, 3).starts_at,
    )
    booking.cancel(appointment=new)
    assert heard == [
        (str(row.pk), "booked"),
        (str(new.pk), "moved"),
        (str(new.pk), "cancelled"),
    ]


@pytest.fixture
def heard() -> Iterator[list[tuple[str, str]]]:
    told: list[tuple[str, str]] = []
    followers = list(registry._followers)
    registry._followers[:] = [lambda row, event: told.append((str(row.pk), event))]
    yield told
    registry._followers[:] = followers


def test_the_first_page_shows_what_waits(
    seeker: Any, cast: Cast, counselor: CounselorProfile
) -> None:
    held = hold_first(cast.seeker, counselor)
    wait_as(cast.seeker)
    group_of(counselor, 4)
    page = seeker.get(reverse("talks:start")).content.decode()
    assert reverse("talks:confirm", args=[held.pk]) in page
    assert reverse("talks:wait") in page
    seeker.post(reverse("talks:let_go", args=[held.pk]))
    page = seeker.get(reverse("talks:start")).content.decode()
    assert reverse("talks:confirm", args=[held.pk]) not in page


def test_who_never_came_leaves_no_trace_by_looking(
    seeker: Any, cast: Cast, counselor: CounselorProfile
) -> None:
    for name in ("start", "times", "mine", "wait", "groups"):
        assert seeker.get(reverse(f"talks:{name}")).status_code == 200
    assert subject_of(cast.seeker.user) is None
