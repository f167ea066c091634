"""T1: somebody taps that they are in danger. The card is shown whatever happens here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.care.safety import access
from accounts.care.safety.enums import Level, Source
from accounts.care.safety.services.flags import raise_flag
from accounts.care.vault.access import may, subject_of
from accounts.care.vault.enums import Scope
from accounts.care.vault.wall import behind_the_wall
from accounts.identity.models import User


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person is told about us; nothing that is not so."""

    is_allowed: bool = False
    has_roster: bool = False
    # Somebody is on duty at this moment and was told.
    is_told: bool = False
    due_at: datetime | None = None


@behind_the_wall()
def call_for_help(*, user: User) -> Answer:
    """Raises RED only where the person allowed a contact and people are on a roster."""
    now = timezone.now()
    subject = subject_of(user)
    has_roster = access.has_roster(now=now)
    if subject is None or not may(subject, Scope.SAFETY_CONTACT):
        return Answer(has_roster=has_roster)
    if not has_roster:
        return Answer(is_allowed=True)
    flag = raise_flag(subject=subject, level=Level.RED, source=Source.SELF)
    return Answer(
        is_allowed=True,
        has_roster=True,
        is_told=bool(access.on_duty(now=now)),
        due_at=flag.due_at,
    )
