"""The schedule as the console shows it: every task once, with its rhythm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from celery.schedules import crontab
from django.conf import settings
from django.utils.translation import gettext as _, ngettext

from jobs.operations.recording import UNRECORDED
from jobs.operations.rules import FREQUENT, span_text
from jobs.operations.texts import title_of


@dataclass(frozen=True, slots=True)
class Timed:
    """A task; one that stands on the schedule twice has two rhythms, and what only
    people's own steps set off has none."""

    task: str
    rhythms: tuple[Any, ...]

    @property
    def title(self) -> str:
        return title_of(self.task)

    @property
    def is_on_schedule(self) -> bool:
        return bool(self.rhythms)

    @property
    def rhythm(self) -> str:
        if not self.rhythms:
            return _("when it is needed")
        return _(", ").join(map(rhythm_text, self.rhythms))

    @property
    def every(self) -> timedelta:
        """The shortest time from one run to the next."""
        return min(map(period_of, self.rhythms))

    @property
    def is_frequent(self) -> bool:
        return self.every <= FREQUENT

    def due_after(self, last: datetime) -> datetime:
        return min(next_after(rhythm, last) for rhythm in self.rhythms)


def timed_tasks() -> dict[str, Timed]:
    """By name, in the order of the schedule."""
    found: dict[str, list[Any]] = {}
    for task, rhythm in _entries():
        found.setdefault(task, []).append(rhythm)
    return {task: Timed(task, tuple(rhythms)) for task, rhythms in found.items()}


def _entries() -> Iterator[tuple[str, Any]]:
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        if entry["task"] not in UNRECORDED:
            yield str(entry["task"]), entry["schedule"]


def next_after(rhythm: Any, last: datetime) -> datetime:
    if not isinstance(rhythm, crontab):
        return last + timedelta(seconds=float(rhythm))
    start, delta, _now = rhythm.remaining_delta(last)
    found: datetime = start + delta
    return found


def period_of(rhythm: Any) -> timedelta:
    """For a time of day: the shortest of the gaps in one day."""
    if not isinstance(rhythm, crontab):
        return timedelta(seconds=float(rhythm))
    hours = sorted(rhythm.hour)
    gaps = [late - early for early, late in pairwise(hours)]
    return timedelta(hours=min(gaps, default=24))


def rhythm_text(rhythm: Any) -> str:
    if isinstance(rhythm, crontab):
        minute = min(rhythm.minute)
        return _(", ").join(f"{hour}:{minute:02}" for hour in sorted(rhythm.hour))
    number, unit = span_text(timedelta(seconds=float(rhythm)))
    return _("every %s") % span_words(number, unit)


def span_words(number: int, unit: str) -> str:
    words = {
        "seconds": ngettext("%(n)s second", "%(n)s seconds", number),
        "minutes": ngettext("%(n)s minute", "%(n)s minutes", number),
        "hours": ngettext("%(n)s hour", "%(n)s hours", number),
        "days": ngettext("%(n)s day", "%(n)s days", number),
    }
    return words[unit] % {"n": number}


def in_words(span: timedelta) -> str:
    return span_words(*span_text(span))
