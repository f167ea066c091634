"""What may be asked now, and from when on the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from accounts.care.vault.models import Subject
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.content import CORE, MORE, asked_forms, title_of
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
class Offers:
    # Forms of the check-in that are due, and how many questions they have.
    due: tuple[str, ...]
    count: int
    # When something of it is due again.
    next_due: datetime | None
    more: tuple[Offer, ...]

    def forms_of(self, code: str) -> tuple[str, ...]:
        if code == "core":
            return self.due
        return (code,) if code in {one.code for one in self.more} else ()


def offers_of(subject: Subject, *, now: datetime) -> Offers:
    asked = asked_forms(now=now)
    free = access.free_of(subject)
    core = [name for name in CORE if name in asked]
    families = {name: family_of(name) for name in (*CORE, *MORE)}
    due = due_forms(core, free, families=families, now=now)
    waits = [free[families[name]] for name in core if name not in due]
    return Offers(
        due=tuple(due),
        count=sum(len(asked[name].questions) for name in due),
        next_due=min(waits, default=None),
        more=tuple(_offer(name, asked, free, now) for name in MORE if name in asked),
    )


def _offer(
    name: str, asked: dict[str, Form], free: dict[str, datetime], now: datetime
) -> Offer:
    until = free.get(family_of(name))
    is_due = until is None or until <= now
    return Offer(asked[name].id, title_of(name), None if is_due else until, is_due)
