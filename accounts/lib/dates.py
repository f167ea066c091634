from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _, pgettext

SHANGHAI = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """The calendar day for people: Shanghai's."""
    return timezone.now().astimezone(SHANGHAI).date()


def local_day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()


def day_end(day: date) -> datetime:
    """The moment at which that day is over in Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=SHANGHAI)


def day_text(day: date) -> str:
    """Yesterday, today, tomorrow, or the date as people read it: 11月23日."""
    now = today()
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    distance = (day - now).days
    if distance in near:
        return near[distance]
    if day.year == now.year:
        return format_date(day, pgettext("date format", "j F"))
    return format_date(day, pgettext("date format", "j F Y"))


def moment_text(moment: datetime) -> str:
    """Day and time of day: 今天 14:30, 11月26日 14:30."""
    local = moment.astimezone(SHANGHAI)
    return f"{day_text(local.date())} {local:%H:%M}"


def appointment_text(moment: datetime) -> str:
    """As moment_text, with the day of the week: 11月26日（星期四）14:30."""
    local = moment.astimezone(SHANGHAI)
    return _("%(day)s (%(weekday)s) %(time)s") % {
        "day": day_text(local.date()),
        "weekday": format_date(local, "l"),
        "time": f"{local:%H:%M}",
    }
