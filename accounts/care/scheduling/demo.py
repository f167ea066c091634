"""When the demo's checked counselors can be booked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.care.scheduling.access import settings_of
from accounts.care.scheduling.enums import Mode
from accounts.care.scheduling.models import AvailabilityRule
from accounts.care.scheduling.services import hours
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile

LINK = "https://meet.example.com/"
PLACE = "上海市示例路8号二楼（虚构）"
Line = tuple[tuple[int, ...], int, int, str]
# By the names in jobs/public/demo/people.toml: days, hours, and how they talk then.
WEEKS: dict[str, tuple[Line, ...]] = {
    "郑以恒": (
        ((1, 3), 570, 720, Mode.VIDEO),
        ((0, 2, 4), 1140, 1260, Mode.TEXT),
    ),
    "蒋闻": (((0, 2, 4), 840, 1020, Mode.PHONE),),
    "颜知秋": (
        ((0, 1), 1110, 1260, Mode.VIDEO),
        ((5,), 600, 720, Mode.IN_PERSON),
    ),
    "谭亦安": (
        ((3, 4), 1200, 1320, Mode.TEXT),
        ((6,), 900, 1080, Mode.VIDEO),
    ),
}


@behind_the_wall()
def fill(now: datetime) -> None:
    checked = CounselorProfile.objects.verified(now=now).filter(name__in=WEEKS)
    for counselor in checked:
        if not settings_of(counselor)._state.adding:
            continue
        _settle(counselor, WEEKS[counselor.name])


def _settle(counselor: CounselorProfile, lines: tuple[Line, ...]) -> None:
    modes = sorted({mode for _days, _from, _until, mode in lines})
    fields: dict[str, Any] = {"modes": modes}
    if Mode.VIDEO in modes:
        fields["video_link"] = f"{LINK}{str(counselor.public_id)[:8]}"
    if Mode.IN_PERSON in modes:
        fields["place"] = PLACE
    hours.save_settings(counselor=counselor, **fields)
    AvailabilityRule.objects.filter(counselor=counselor).delete()
    for weekdays, starts, ends, mode in lines:
        hours.add_hours(
            counselor=counselor,
            weekdays=weekdays,
            starts=starts,
            ends=ends,
            modes=[mode],
        )
