"""Several people in one hour: each seat for itself, and never one too many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.care.scheduling.enums import SeatState
from accounts.care.scheduling.models import Appointment, Group, Seat
from accounts.care.scheduling.services import groups
from accounts.care.scheduling.services.times import HoldOver, SlotTaken
from accounts.care.vault.access import looks_at
from accounts.care.vault.services.subjects import ensure_subject
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import OutboxMessage
from accounts.seekers.models import SeekerProfile
from tests.accounts.care.scheduling.talk_make import (
    book_first,
    free,
    group_of,
    hold_first,
    open_up,
)
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import make_seeker, sign_in
from tests.words import says

pytestmark = pytest.mark.django_db


@pytest.fixture
def counselor(cast: Cast) -> CounselorProfile:
    return open_up(cast.counselor)


@pytest.fixture
def people(cast: Cast) -> list[SeekerProfile]:
    more = [
        make_seeker(email=f"p{n}@example.com", pseudonym=f"风{n}") for n in range(3)
    ]
    return [cast.seeker, cast.other_seeker, *more]


def sit(group: Group, person: SeekerProfile, nickname: str = "") -> Seat:
    called = nickname or f"小树{person.pk}"
    return groups.take_seat(user=person.user, group_id=group.pk, nickname=called)


def states(group: Group) -> list[tuple[str, int | None]]:
    rows = Seat.objects.filter(group=group).order_by("since")
    return [(row.state, row.number) for row in rows]


def test_a_group_takes_the_counselors_hour(
    cast: Cast, counselor: CounselorProfile
) -> None:
    group = group_of(counselor)
    when = group.appointment.starts_at
    assert free(counselor).starts_at != when
    with pytest.raises(SlotTaken):
        hold_first(cast.seeker, counselor, starts_at=when)
    talk = book_first(cast.seeker, counselor)
    with pytest.raises(SlotTaken):
        group_of(counselor, starts_at=talk.starts_at)


@pytest.mark.parametrize("other", ["小树", "小樹", " 小 树 ", "小\u200b树"])
def test_nobody_in_a_group_is_called_like_somebody_else(
    client: StrictClient,
    counselor: CounselorProfile,
    people: list[SeekerProfile],
    other: str,
) -> None:
    group, elsewhere = group_of(counselor), group_of(counselor)
    sit(group, people[0], "小树")
    sign_in(client, people[1].user)
    url = reverse("talks:group", args=[group.pk])
    page = client.post(url, {"nickname": other})
    assert page.status_code == 422
    message = (
        "Somebody in this group is called that already. Please choose another name."
    )
    assert says(page, message)
    assert 'id="id_nickname"' in page.content.decode()
    assert not Seat.objects.filter(group=group).exclude(number=1).exists()
    # Elsewhere, and once the other one is gone, it is free.
    sit(elsewhere, people[1], other)
    groups.give_back(user=people[0].user, group_id=group.pk)
    assert client.post(url, {"nickname": other}).status_code == 302


def test_a_full_group_has_a_list_and_asks_the_next_one(
    counselor: CounselorProfile, people: list[SeekerProfile]
) -> None:
    group = group_of(counselor)
    for person in people:
        sit(group, person)
    assert states(group) == [
        ("taken", 1),
        ("taken", 2),
        ("taken", 3),
        ("waiting", None),
        ("waiting", None),
    ]
    groups.give_back(user=people[1].user, group_id=group.pk)
    assert states(group)[1:4] == [("given_back", 2), ("taken", 3), ("offered", 2)]
    assert OutboxMessage.objects.filter(user=people[3].user).count() == 1
    assert groups.accept_seat(user=people[3].user, group_id=group.pk).state == "taken"
    with pytest.raises(HoldOver):
        groups.accept_seat(user=people[4].user, group_id=group.pk)


def test_a_seat_that_is_not_taken_goes_on(
    counselor: CounselorProfile, people: list[SeekerProfile]
) -> None:
    group = group_of(counselor)
    for person in people:
        sit(group, person)
    groups.give_back(user=people[0].user, group_id=group.pk)
    over = timezone.now() - timedelta(seconds=1)
    Seat.objects.filter(state="offered").update(offered_until=over)
    assert groups.expire_seat_offers() == 1
    assert states(group)[3:] == [("expired", 1), ("offered", 1)]


def test_the_database_holds_the_number_of_seats(
    counselor: CounselorProfile, people: list[SeekerProfile]
) -> None:
    group = group_of(counselor)
    for person in people[:3]:
        sit(group, person)
    subject = ensure_subject(user=people[4].user)
    for number in (1, 4):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.create(
                group=group, subject=subject, number=number, state="taken"
            )
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Group.objects.update(seats=12)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(
            group=group,
            subject=ensure_subject(user=people[0].user),
            number=None,
            state="waiting",
        )


def test_calling_off_tells_everybody_and_nothing_more(
    counselor: CounselorProfile, people: list[SeekerProfile]
) -> None:
    group = group_of(counselor)
    for person in people:
        sit(group, person)
    assert groups.call_off_group(group=group) == 5
    assert {row.state for row in Seat.objects.all()} == {"called_off"}
    assert OutboxMessage.objects.count() == 5
    assert not OutboxMessage.objects.exclude(subject="你有一条新消息").exists()
    assert free(counselor).starts_at == group.appointment.starts_at


def test_the_page_of_a_group(
    client: StrictClient, cast: Cast, counselor: CounselorProfile
) -> None:
    group = group_of(counselor)
    sit(group, cast.other_seeker, "别人的昵称")
    sign_in(client, cast.seeker.user)
    url = reverse("talks:group", args=[group.pk])
    page = client.get(url).content.decode()
    assert "别人的昵称" not in page
    assert "https://video.example.com/room" not in page
    assert client.post(url, {"nickname": " "}).status_code == 422
    assert client.post(url, {"nickname": "小船"}).status_code == 302
    page = client.get(url).content.decode()
    assert "小船" in page
    assert "https://video.example.com/room" in page
    twice = client.post(url, {"nickname": "又来"})
    assert twice.status_code == 422
    seat = Seat.objects.get(subject=ensure_subject(user=cast.seeker.user))
    assert "小船" not in seat.nickname
    client.post(reverse("talks:give_back", args=[group.pk]))
    assert reverse("talks:group", args=[group.pk]) in (
        client.get(reverse("talks:groups")).content.decode()
    )


def test_the_counselor_sees_nicknames_and_each_reads_that(
    client: StrictClient, cast: Cast, counselor: CounselorProfile
) -> None:
    group = group_of(counselor)
    sit(group, cast.seeker, "小船")
    sign_in(client, counselor.user)
    page = client.get(reverse("talks:led_group", args=[group.pk])).content.decode()
    assert "小船" in page
    assert says(page, "Has a seat")
    assert str(SeatState.TAKEN.label) not in page
    assert cast.seeker.pseudonym not in page
    looks = looks_at(ensure_subject(user=cast.seeker.user))
    assert [(one.action, one.counselor) for one in looks] == [("group.read", counselor)]


def test_one_seat_is_marked_and_no_other(
    client: StrictClient, counselor: CounselorProfile, people: list[SeekerProfile]
) -> None:
    group = group_of(counselor)
    seats = [sit(group, person) for person in people[:2]]
    sign_in(client, counselor.user)
    url = reverse("talks:mark_seat", args=[group.pk, seats[0].pk])
    client.post(url, {"was": "away"})
    # It has not begun.
    assert states(group) == [("taken", 1), ("taken", 2)]
    hour = timedelta(minutes=50)
    began = timezone.now() - timedelta(minutes=5)
    Appointment.objects.update(
        starts_at=began,
        blocked_from=began,
        ends_at=began + hour,
        blocked_until=began + hour,
    )
    client.post(url, {"was": "away"})
    assert states(group) == [("missed", 1), ("taken", 2)]
    client.post(url, {"was": "there"})
    assert states(group) == [("attended", 1), ("taken", 2)]


def test_opening_one(
    client: StrictClient, cast: Cast, counselor: CounselorProfile
) -> None:
    sign_in(client, counselor.user)
    url = reverse("talks:open_group")
    when = free(counselor, 2, "video").starts_at
    told = {
        "theme": "sleep",
        "mode": "video",
        "seats": "8",
        "starts_at": when.isoformat(),
    }
    for wrong in ({"seats": "2"}, {"seats": "13"}, {"mode": "text"}, {"theme": "x"}):
        assert client.post(url, told | wrong).status_code == 422
    assert not Group.objects.exists()
    assert client.post(url, told).status_code == 302
    assert Group.objects.get().appointment.starts_at == when
    # The same hour a second time.
    assert client.post(url, told).status_code == 422
    sign_in(client, cast.seeker.user)
    assert "重新睡个好觉" in client.get(reverse("talks:groups")).content.decode()
