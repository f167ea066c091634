"""What an employer's figures show in the demo: views, places of work, a group."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from accounts.employers.enums import GroupState
from accounts.employers.models import Branch, GroupLink, Organization
from accounts.lib.dates import local_day
from accounts.lib.places import find_city
from jobs.insights.enums import Seen, Source
from jobs.insights.models import PostingDay
from jobs.insights.rules.weeks import WEEKS, finished_weeks
from jobs.insights.services.hiring import count_hiring
from jobs.postings.models import Posting

SHOWS = "haitangwan"
PLACES = (
    ("海棠大厦", "上海 浦东新区", "枕海路188号海棠大厦9层"),
    ("苏州服务中心", "苏州 工业园区", "星湖街66号3号楼2层"),
)
# (who asks, who is asked, whether they said yes)
GROUPS = (("haitangwan", "shiliuzi", True), ("huangge", "haitangwan", False))
# By source, how many of a hundred looks come from there.
SOURCES = {
    Source.SEARCH: 46,
    Source.FOR_ME: 31,
    Source.ALERTS: 13,
    Source.INVITATION: 2,
    Source.DIRECT: 8,
}
# Of a hundred that were shown it: how many opened it, and put it aside.
OPENED, SAVED = 17, 3
# More people look in the middle of the week.
BY_DAY = (5, 7, 8, 7, 6, 3, 3)


def load_insights(organizations: dict[str, Organization], *, now: datetime) -> None:
    _places(organizations[SHOWS])
    _groups(organizations, now)
    rows = Posting.objects.filter(
        organization=organizations[SHOWS], published_at__isnull=False
    )
    for place, posting in enumerate(rows.order_by("pk")):
        _views(posting, place, local_day(now))
    count_hiring(now=now)


def _places(organization: Organization) -> None:
    for name, city, address in PLACES:
        found = find_city(city.split()[0])
        branch = Branch.objects.create(
            organization=organization,
            name=name,
            city_code=found.code if found else "",
            district=city.split()[1],
            address=address,
        )
        Posting.objects.filter(
            organization=organization,
            city_code=branch.city_code,
            district=branch.district,
        ).update(branch=branch, branch_name=branch.name)


def _groups(organizations: dict[str, Organization], now: datetime) -> None:
    for asking, asked, is_confirmed in GROUPS:
        GroupLink.objects.create(
            proposer=organizations[asking],
            partner=organizations[asked],
            state=GroupState.CONFIRMED if is_confirmed else GroupState.PROPOSED,
            proposed_at=now - timedelta(days=40 if is_confirmed else 1),
            confirmed_at=now - timedelta(days=38) if is_confirmed else None,
        )


def _views(posting: Posting, place: int, today: date) -> None:
    """Twelve weeks and the one that runs, a little less for each later posting."""
    begin = finished_weeks(today)[0]
    rows = []
    for number in range((WEEKS + 1) * 7):
        day = begin + timedelta(days=number)
        if day > today:
            break
        growth = 4 + number // 14
        shown = BY_DAY[day.weekday()] * growth * 3 // (place + 2)
        rows += _day(posting, day, shown)
    PostingDay.objects.bulk_create(rows)


def _day(posting: Posting, day: date, shown: int) -> list[PostingDay]:
    lists = (Source.SEARCH, Source.FOR_ME, Source.ALERTS)
    found = {(Seen.SHOWN, s): shown * SOURCES[s] // 90 for s in lists}
    opened = shown * OPENED // 100 + 1
    found |= {(Seen.OPENED, s): opened * share // 60 for s, share in SOURCES.items()}
    found[Seen.SAVED, Source.DIRECT] = shown * SAVED // 100
    return [
        PostingDay(posting=posting, day=day, kind=kind, source=source, count=count)
        for (kind, source), count in found.items()
        if count
    ]
