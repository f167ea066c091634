"""Ten weeks of 阿舟, who slowly gets some strength back; all of it is made up."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import translation

from accounts.care.cases.access import open_case_of
from accounts.care.vault import access as vault, keys
from accounts.care.vault.enums import Scope
from accounts.care.vault.models import Subject
from accounts.care.vault.services import grants
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.content import all_forms
from accounts.wellbeing.checkins.enums import CheckInState
from accounts.wellbeing.checkins.models import CheckIn, Mood, Sitting
from accounts.wellbeing.checkins.rules.rhythm import free_from
from accounts.wellbeing.checkins.rules.triggers import family_of
from accounts.wellbeing.instruments.rules import score

EMAIL, COUNSELOR = "azhou@demo.example.com", "zhengyiheng@demo.example.com"
P, B, G = "cbi-personal", "phq-2", "gad-2"
# Days ago, and the places of the answers form by form.
STORY: tuple[tuple[int, dict[str, tuple[int, ...]]], ...] = (
    (72, {P: (0, 1, 1, 2, 0, 2), B: (1, 1), G: (1, 1)}),
    (57, {B: (1, 1), G: (1, 1)}),
    (43, {P: (1, 1, 1, 3, 1, 3), B: (1, 1), G: (1, 0)}),
    (29, {B: (1, 0), G: (1, 0)}),
    (15, {P: (1, 2, 2, 3, 2, 3), B: (1, 0), G: (0, 1)}),
    (1, {B: (0, 1), G: (0, 0)}),
)
MOODS = (
    (9, 2, ("refused",)),
    (6, 3, ("sleep",)),
    (3, 4, ("step", "people")),
    (1, 4, ()),
)


@behind_the_wall()
def fill(now: datetime) -> None:
    user = User.objects.filter(email=EMAIL).first()
    if user is None:
        return
    subject = ensure_subject(user=user)
    if access.last_taken(subject) is not None:
        return
    with translation.override("zh-hans"):
        if not vault.may(subject, Scope.CHECKIN_STORE):
            grants.give(subject=subject, scope=Scope.CHECKIN_STORE)
        _share(subject)
        for days, told in STORY:
            _sit(subject, now - timedelta(days=days, hours=2), told)
    for days, mood, tags in MOODS:
        sealed = keys.seal(subject, access.TOLD, {"mood": mood, "tags": list(tags)})
        Mood.objects.create(
            subject=subject, at=now - timedelta(days=days, hours=1), told=sealed
        )


def _share(subject: Subject) -> None:
    """With the counselor of the case, or with 郑以恒 where no case was made."""
    case = open_case_of(subject)
    counselor = case.counselor if case else None
    counselor = (
        counselor or CounselorProfile.objects.filter(user__email=COUNSELOR).first()
    )
    if counselor and not access.shares_summary(subject, counselor):
        grants.give(subject=subject, scope=Scope.SHARE_SUMMARY, counselor=counselor)


def _sit(subject: Subject, at: datetime, told: dict[str, tuple[int, ...]]) -> None:
    sitting = Sitting.objects.create(pk=uuid4(), subject=subject, taken_at=at)
    for name, places in told.items():
        form = all_forms("zh-hans")[name]
        given = {
            one.id: place for one, place in zip(form.questions, places, strict=True)
        }
        sealed = {"places": given, "seed": 0, "order": list(given)}
        points = {"points": score(form.scale, given)}
        CheckIn.objects.create(
            subject=subject,
            sitting=sitting,
            form=name,
            family=family_of(name),
            version=form.version,
            locale="zh-hans",
            answers=keys.seal(subject, access.ANSWERS, sealed),
            score=keys.seal(subject, access.SCORE, points),
            taken_at=at,
            free_from=free_from(at, form.every_days),
            state=CheckInState.SHOWN,
        )
