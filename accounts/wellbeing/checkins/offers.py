"""What may be asked now, and from when on the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from accounts.care.vault.models import Subject
from accounts.lib.dates import local_day
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.content import (
    CORE,
    MORE,
    NEW_JOB,
    asked_forms,
    title_of,
)
from accounts.wellbeing.checkins.models import Rhythm
from accounts.wellbeing.checkins.rules.new_job import open_round
from accounts.wellbeing.checkins.rules.rhythm import due_forms
from accounts.wellbeing.checkins.rules.triggers import family_of
from accounts.wellbeing.instruments.content import Form


@dataclass(frozen=True, slots=True)
class Offer:
    code: str
    title: str | Promise
    free_from: datetime | None
    is_due: bool


@dataclass(frozen=True, slots=True)
class JobRound:
    """Questions about a job that began 30 or 90 days ago."""

    number: int
    forms: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Offers:
    # Forms of the check-in that are due, and how many questions they have.
    due: tuple[str, ...]
    count: int
    # When something of it is due again.
    next_due: datetime | None
    more: tuple[Offer, ...]
    job: JobRound | None

    def forms_of(self, code: str) -> tuple[str, ...]:
        if code == "core":
            return self.due
        if code == "job":
            return self.job.forms if self.job else ()
        return (code,) if code in {one.code for one in self.more} else ()


def offers_of(subject: Subject, *, now: datetime) -> Offers:
    asked = asked_forms(now=now)
    free = access.free_of(subject)
    core = [name for name in CORE if name in asked]
    families = {name: family_of(name) for name in (*CORE, *MORE)}
    due = due_forms(core, free, families=families, now=now)
    waits = [free[families[name]] for name in core if name not in due]
    job = job_round_of(access.rhythm_of(subject), now=now)
    # What the new job asks about is not offered a second time below it.
    more = [name for name in MORE if name in asked and not (job and name in job.forms)]
    return Offers(
        due=tuple(due),
        count=sum(len(asked[name].questions) for name in due),
        next_due=min(waits, default=None),
        more=tuple(_offer(name, asked, free, now) for name in more),
        job=job,
    )


def job_round_of(rhythm: Rhythm, *, now: datetime) -> JobRound | None:
    """Waits while one of its forms does; nothing while somebody paused or stopped."""
    if rhythm.job_began_on is None or rhythm.is_quiet(now):
        return None
    number = open_round(
        rhythm.job_began_on, today=local_day(now), asked=rhythm.job_asked
    )
    if number is None:
        return None
    asked = asked_forms(now=now)
    forms = [name for name in NEW_JOB if name in asked]
    families = {name: family_of(name) for name in forms}
    free = access.free_of(rhythm.subject)
    if due_forms(forms, free, families=families, now=now) != forms:
        return None
    count = sum(len(asked[name].questions) for name in forms)
    return JobRound(number, tuple(forms), count)


def _offer(
    name: str, asked: dict[str, Form], free: dict[str, datetime], now: datetime
) -> Offer:
    until = free.get(family_of(name))
    is_due = until is None or until <= now
    return Offer(asked[name].id, title_of(name), None if is_due else until, is_due)
