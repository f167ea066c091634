from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.care.vault.models import Subject
from accounts.care.vault.registry import Part
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.content import all_forms, title_of
from accounts.wellbeing.checkins.models import CheckIn, Draft, Notice
from accounts.wellbeing.checkins.services.results import erase


def copy(subject: Subject) -> Any:
    """Questions in the words in which they were asked, with what was answered."""
    rhythm = access.rhythm_of(subject)
    draft = Draft.objects.filter(subject=subject).select_related("subject").first()
    told = {
        "half_answered": _begun(draft) if draft else None,
        "check_ins": [_copy_of(row) for row in access.check_ins_of(subject)],
        "moods": [
            {"at": row.at.isoformat(), **told}
            for row, told in access.moods_of(subject, limit=100_000)
        ],
        "waiting_words": [
            row.due_at.isoformat()
            for row in Notice.objects.filter(subject=subject).order_by("due_at")
        ],
        "rhythm": None
        if rhythm._state.adding
        else {
            "paused_until": _day(rhythm.paused_until),
            "stopped_at": _day(rhythm.stopped_at),
            "reminds": rhythm.reminds,
            "new_job_began_on": _day(rhythm.job_began_on),
            "new_job_asked_after_days": rhythm.job_asked or None,
            "new_job_reminded_after_days": rhythm.job_reminded or None,
        },
    }
    return told if any(told.values()) else None


def _copy_of(row: CheckIn) -> dict[str, Any]:
    form = all_forms(row.locale).get(row.form)
    questions = {one.id: one for one in form.questions} if form else {}
    return {
        "taken_at": row.taken_at.isoformat(),
        "form": row.form,
        "title": str(title_of(row.form)),
        "version": row.version,
        "language": row.locale,
        "points": access.score_of(row),
        "answers": [
            {"question": questions[item].text, "answer": questions[item].answers[place]}
            for item, place in access.answers_of(row).items()
            if item in questions
        ],
        "help": access.help_of(row.sitting),
    }


def _begun(draft: Draft) -> dict[str, Any]:
    asking = access.asking_of(draft)
    return {"begun_at": draft.begun_at.isoformat(), "answers": dict(asking.answers)}


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


MODELS = ("Draft", "Sitting", "CheckIn", "Mood", "Rhythm", "Notice")
PART = Part(
    code="checkins",
    title=_("Your check-ins"),
    copy=copy,
    erase=erase,
    how_long=_(
        "Answers 12 months, results 24 months, the first day of a new job five months, or until you delete them."
    ),
    models=tuple(f"accounts_wellbeing_checkins.{name}" for name in MODELS),
)
