from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.care.rooms.services import rooms
from accounts.care.scheduling.enums import AppointmentState, Mode
from accounts.care.scheduling.models import Appointment
from accounts.care.vault.enums import Role
from accounts.care.vault.models import TeamRole
from tests.access import check_access
from tests.accounts.care.rooms.make import make_appointment, make_room
from tests.cast import Cast

pytestmark = pytest.mark.django_db
BOTH = {"seeker": 200, "counselor": 200}
PAGES = ("rooms:room", "rooms:lines", "rooms:end")


@pytest.mark.parametrize("name", PAGES)
def test_only_the_two_of_them(cast: Cast, name: str) -> None:
    _room, seat, _other = make_room(cast)
    for role in Role.values:
        TeamRole.objects.create(counselor=cast.other_counselor, role=role)
    check_access(cast, reverse(name, args=[seat.appointment.pk]), BOTH)


def test_only_the_two_of_them_write(cast: Cast) -> None:
    _room, seat, _other = make_room(cast)
    url = reverse("rooms:say", args=[seat.appointment.pk])
    data = {"text": "你好", "key": "7f6ad2f2-4f5e-4b7c-9d58-0d3f6a6a7a01"}
    check_access(cast, url, {"seeker": 302, "counselor": 302}, method="post", data=data)


@pytest.mark.parametrize("name", ["rooms:keep", "rooms:unkeep", "rooms:forget"])
def test_only_the_person_says_how_long_it_stays(cast: Cast, name: str) -> None:
    _room, seat, _other = make_room(cast)
    rooms.end(seat=seat)
    url = reverse(name, args=[seat.appointment.pk])
    check_access(cast, url, {"seeker": 302}, method="post")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    "state",
    [
        AppointmentState.HELD,
        AppointmentState.CANCELLED_BY_SEEKER,
        AppointmentState.CANCELLED_BY_COUNSELOR,
        AppointmentState.RESCHEDULED,
        AppointmentState.EXPIRED,
    ],
)
def test_no_room_for_a_time_that_does_not_take_place(
    cast: Cast, name: str, state: str
) -> None:
    _room, seat, _other = make_room(cast)
    is_held = state == AppointmentState.HELD
    Appointment.objects.update(
        state=state,
        held_until=seat.appointment.ends_at if is_held else None,
        ended_at=None if is_held else seat.appointment.starts_at,
    )
    check_access(cast, reverse(name, args=[seat.appointment.pk]), {})


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("mode", [Mode.PHONE, Mode.VIDEO, Mode.IN_PERSON])
def test_no_room_for_what_is_not_written(cast: Cast, name: str, mode: str) -> None:
    made = make_appointment(cast.seeker, cast.counselor, mode=mode)
    check_access(cast, reverse(name, args=[made.pk]), {})


def test_no_room_of_a_group(cast: Cast) -> None:
    made = make_appointment(cast.seeker, cast.counselor, subject=None)
    check_access(cast, reverse("rooms:room", args=[made.pk]), {})


def test_a_counselor_whose_check_ended_is_out(cast: Cast) -> None:
    _room, seat, _other = make_room(cast)
    type(cast.counselor).objects.update(verification="suspended")
    url = reverse("rooms:room", args=[seat.appointment.pk])
    check_access(cast, url, {"seeker": 200})


@pytest.mark.parametrize(
    ("mode", "status"), [(Mode.PHONE, 200), (Mode.VIDEO, 200), (Mode.TEXT, 302)]
)
def test_only_the_counselor_sees_how_to_meet(
    cast: Cast, mode: str, status: int
) -> None:
    made = make_appointment(cast.seeker, cast.counselor, mode=mode)
    url = reverse("rooms:meet", args=[made.pk])
    check_access(cast, url, {"counselor": status})
    Appointment.objects.update(
        state=AppointmentState.CANCELLED_BY_SEEKER, ended_at=made.starts_at
    )
    check_access(cast, url, {})
