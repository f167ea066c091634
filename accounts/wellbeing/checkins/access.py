from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.care.vault import access as vault, keys
from accounts.care.vault.enums import Scope
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User
from accounts.wellbeing.checkins.models import (
    CheckIn,
    Draft,
    Mood,
    Notice,
    Rhythm,
    Sitting,
)
from accounts.wellbeing.checkins.rules.asking import Asking, from_json
from accounts.wellbeing.checkins.rules.rhythm import DRAFT_KEPT

CONTENT = "draft.content"
ANSWERS = "check_in.answers"
SCORE = "check_in.score"
HELP = "sitting.help"
TOLD = "mood.told"


def keeps(subject: Subject | None) -> bool:
    """Whether this person lets check-ins be kept, at this moment."""
    return subject is not None and vault.may(subject, Scope.CHECKIN_STORE)


def keeper(user: User) -> Subject:
    """The person's own row while they let check-ins be kept, or 404."""
    subject = vault.subject_of(user)
    if subject is None or not keeps(subject):
        raise Http404
    return subject


def owner(user: User) -> Subject:
    """The person's own row, also after they took the yes back: to read and delete."""
    subject = vault.subject_of(user)
    if subject is None:
        raise Http404
    return subject


# ---- Being answered


def draft_of(subject: Subject, *, now: datetime) -> Draft | None:
    rows = Draft.objects.filter(subject=subject, begun_at__gt=now - DRAFT_KEPT)
    return rows.select_related("subject").first()


def asking_of(draft: Draft) -> Asking:
    return from_json(keys.unseal(draft.subject, CONTENT, draft.content))


# ---- Answered


def sitting_for(user: User, sitting_id: UUID) -> Sitting:
    """One of the person's own, or 404."""
    rows = Sitting.objects.select_related("subject")
    return get_object_or_404(rows, pk=sitting_id, subject=owner(user))


def check_ins_of(subject: Subject) -> list[CheckIn]:
    """Oldest first."""
    rows = CheckIn.objects.filter(subject=subject).select_related("subject", "sitting")
    return list(rows.order_by("taken_at", "form"))


def answers_of(check_in: CheckIn) -> dict[str, int]:
    """Empty once they were deleted."""
    told = keys.unseal(check_in.subject, ANSWERS, check_in.answers)
    return dict(told["places"]) if told else {}


def score_of(check_in: CheckIn) -> int | None:
    told = keys.unseal(check_in.subject, SCORE, check_in.score)
    return None if told is None else told["points"]


def help_of(sitting: Sitting) -> dict[str, Any]:
    """`first`: help came before the result; `choice`; `asked`: for the result itself."""
    told = keys.unseal(sitting.subject, HELP, sitting.help)
    return {"first": False, "choice": "", "asked": False} | (told or {})


def is_held_back(sitting: Sitting) -> bool:
    """Help came first, and the result was not asked for."""
    told = help_of(sitting)
    return bool(told["first"] and not told["asked"])


def free_of(subject: Subject) -> dict[str, datetime]:
    """By family, from when on it may be asked again."""
    rows = CheckIn.objects.filter(subject=subject).order_by("taken_at")
    return dict(rows.values_list("family", "free_from"))


def last_taken(subject: Subject) -> datetime | None:
    rows = Sitting.objects.filter(subject=subject).order_by("-taken_at")
    return rows.values_list("taken_at", flat=True).first()


# ---- Around it


def moods_of(subject: Subject, *, limit: int = 14) -> list[tuple[Mood, dict[str, Any]]]:
    """Newest first, with what was told."""
    rows = Mood.objects.filter(subject=subject).select_related("subject")
    newest = rows.order_by("-at")[:limit]
    return [(row, keys.unseal(row.subject, TOLD, row.told)) for row in newest]


def mood_for(user: User, mood_id: UUID) -> Mood:
    rows = Mood.objects.select_related("subject")
    return get_object_or_404(rows, pk=mood_id, subject=keeper(user))


def rhythm_of(subject: Subject | None) -> Rhythm:
    """An unsaved one where nothing was ever set: no pause, no reminder."""
    found = Rhythm.objects.filter(subject=subject).first() if subject else None
    return found or Rhythm(subject=subject)


def waiting_notice_of(subject: Subject, *, now: datetime) -> Notice | None:
    rows = Notice.objects.filter(
        subject=subject, due_at__lte=now, opened_at__isnull=True
    )
    return rows.order_by("due_at").first()


def notice_for(user: User, notice_id: UUID) -> Notice:
    rows = Notice.objects.filter(due_at__lte=timezone.now())
    return get_object_or_404(rows, pk=notice_id, subject=owner(user))


# ---- What a counselor may see


def shares_summary(subject: Subject, counselor: CounselorProfile) -> bool:
    return vault.may(subject, Scope.SHARE_SUMMARY, counselor)


def shares_items(subject: Subject, counselor: CounselorProfile) -> bool:
    """Single answers come with the results, never without."""
    return shares_summary(subject, counselor) and vault.may(
        subject, Scope.SHARE_ITEMS, counselor
    )
