"""Counselors with free times, and people who book them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.care.scheduling.access import Slot, open_slots
from accounts.care.scheduling.enums import Theme
from accounts.care.scheduling.models import Appointment, Group, WaitingEntry
from accounts.care.scheduling.services import booking, groups, waiting
from accounts.counselors.models import CounselorProfile
from accounts.seekers.models import SeekerProfile
from tests.accounts.care.scheduling.make import make_hours, make_settings

MODES = ["text", "phone", "video"]


def open_up(counselor: CounselorProfile, **fields: Any) -> CounselorProfile:
    """Every day from nine to eighteen, by text, phone and video; a talk on each hour."""
    values = {"modes": MODES, "video_link": "https://video.example.com/room"}
    make_settings(counselor, **(values | {"notice_hours": 2} | fields))
    for weekday in range(7):
        make_hours(counselor, weekday, 9 * 60, 18 * 60, modes=MODES)
    return counselor


def free(counselor: CounselorProfile, place: int = 0, mode: str = "text") -> Slot:
    """The first free time, or a later one."""
    slots = open_slots(counselors=[counselor], own=[counselor], mode=mode)
    return slots[place]


def hold_first(
    seeker: SeekerProfile, counselor: CounselorProfile, place: int = 0, **fields: Any
) -> Appointment:
    mode = fields.pop("mode", "text")
    starts_at: datetime = fields.pop("starts_at", None) or (
        free(counselor, place, mode).starts_at
    )
    return booking.hold(
        user=seeker.user, counselor=counselor, starts_at=starts_at, mode=mode, **fields
    )


def book_first(
    seeker: SeekerProfile, counselor: CounselorProfile, place: int = 0, **fields: Any
) -> Appointment:
    held = hold_first(seeker, counselor, place, **fields)
    phone = "13800000000" if held.mode == "phone" else ""
    return booking.book(user=seeker.user, hold_id=held.pk, phone=phone)


def wait_as(seeker: SeekerProfile, **fields: Any) -> WaitingEntry:
    return waiting.wait_for_time(user=seeker.user, **({"modes": ["text"]} | fields))


def group_of(counselor: CounselorProfile, place: int = 0, **fields: Any) -> Group:
    values: dict[str, Any] = {
        "theme": Theme.AFTER,
        "mode": "video",
        "seats": 3,
        "starts_at": free(counselor, place, "video").starts_at,
    }
    return groups.open_group(counselor=counselor, **(values | fields))
