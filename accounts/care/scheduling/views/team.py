"""The team's calendars, for whoever keeps them: times, modes and numbers, nothing else."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.care.scheduling import calendar_access as access
from accounts.care.scheduling.access import settings_of
from accounts.care.scheduling.views.common import day_asked
from accounts.care.scheduling.zones import day_text, name_of, shown
from accounts.care.vault.access import scheduler_only
from accounts.care.vault.http import care_page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest


@require_safe
@care_page(Kind.COUNSELOR)
def team(request: SignedInRequest) -> HttpResponse:
    zone = ZoneInfo(settings_of(scheduler_only(request.user)).zone)
    today = timezone.now().astimezone(zone).date()
    day = day_asked(request, today)
    people = [
        {
            "name": one.name,
            "is_away": one.is_away,
            "entries": [
                (
                    row,
                    str(row.pk)[:8],
                    shown(row.starts_at, row.ends_at, zone, one.zone),
                )
                for row in one.entries
            ],
        }
        for one in access.team_day(request.user, day, zone)
    ]
    context = {
        "people": people,
        "day": day,
        "is_today": day == today,
        "title": day_text(day, zone),
        "zone_name": name_of(zone),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
    }
    return render(request, "accounts/care/scheduling/team.html", context)
