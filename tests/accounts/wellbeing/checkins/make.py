"""People who keep check-ins, and check-ins as they would have been sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.care.cases.models import Case
from accounts.care.cases.services.cases import ensure_case
from accounts.care.safety import access as safety
from accounts.care.vault.models import Subject
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.models import CheckIn, Sitting
from accounts.wellbeing.checkins.services import around, drafts, results

CORE = ("cbi-personal", "phq-2", "gad-2")


@pytest.fixture
def roster(monkeypatch: pytest.MonkeyPatch) -> None:
    """Named people are on duty."""
    monkeypatch.setattr(safety, "has_roster", lambda *, now: True)


def keeping(user: User) -> Subject:
    around.allow_keeping(user=user)
    return ensure_subject(user=user)


def with_counselor(subject: Subject, counselor: CounselorProfile) -> Case:
    return ensure_case(subject=subject, counselor=counselor)


@behind_the_wall()
def take(
    subject: Subject,
    forms: tuple[str, ...] = CORE,
    *,
    places: Mapping[str, int | None] | None = None,
    default: int = 1,
    at: datetime | None = None,
) -> Sitting:
    """Answer every question alike, but for those in `places` (None: skipped)."""
    drafts.begin_check_in(subject=subject, forms=forms)
    sitting = _finish(subject, places or {}, default)
    if at is not None:
        move(sitting, at)
    return sitting


@behind_the_wall()
def take_further(
    sitting: Sitting,
    *,
    places: Mapping[str, int | None] | None = None,
    default: int = 1,
) -> Sitting:
    drafts.begin_further(sitting=sitting)
    return _finish(sitting.subject, places or {}, default)


def _finish(
    subject: Subject, places: Mapping[str, int | None], default: int
) -> Sitting:
    draft = access.draft_of(subject, now=timezone.now())
    assert draft is not None
    asking = access.asking_of(draft)
    while not asking.is_over:
        place = places.get(asking.current[1], default)
        if place is None:
            asking = drafts.skip(subject=subject, at=asking.at)
        else:
            asking = drafts.answer(subject=subject, at=asking.at, place=place)
    return results.submit(subject=subject)


@behind_the_wall()
def move(sitting: Sitting, at: datetime) -> None:
    """As if it had been taken at another time."""
    for row in CheckIn.objects.filter(sitting=sitting):
        span = row.free_from - row.taken_at
        row.taken_at, row.free_from = at, at + span
        row.save(update_fields=["taken_at", "free_from"])
    Sitting.objects.filter(pk=sitting.pk).update(taken_at=at)
    sitting.taken_at = at


def reply(client: Client, **told: Any) -> Any:
    """Send the question page; by default an answer to the current question."""
    if "at" not in told:
        with behind_the_wall():
            from accounts.wellbeing.checkins.models import Draft

            draft = Draft.objects.select_related("subject").get()
            told["at"] = access.asking_of(draft).at
    return client.post(reverse("checkins:question"), {"go": "next"} | told)


def current() -> tuple[str, str]:
    """Form and question of the only draft there is."""
    from accounts.wellbeing.checkins.models import Draft

    with behind_the_wall():
        draft = Draft.objects.select_related("subject").get()
        return access.asking_of(draft).current
