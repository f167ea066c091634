"""What a counselor sees of check-ins on the page of a case, as far as it was allowed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.care.cases.models import Case
from accounts.care.cases.registry import Panel
from accounts.care.vault.enums import Reader
from accounts.care.vault.models import Subject
from accounts.care.vault.services.log import note_access
from accounts.counselors.models import CounselorProfile
from accounts.lib.dates import day_text, local_day
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.content import all_forms, title_of
from accounts.wellbeing.checkins.presentation import series_of

TEMPLATE = "accounts/wellbeing/checkins/_panel.html"
MOST_SHEETS = 12


def read(case: Case, counselor: CounselorProfile) -> dict[str, Any] | None:
    """Nothing without the person's yes; each look is written into their log."""
    if case.counselor_id != counselor.pk:
        return None
    if not access.shares_summary(case.subject, counselor):
        return {"case": case, "is_shared": False}
    note_access(
        subject=case.subject,
        reader=Reader.COUNSELOR,
        counselor=counselor,
        action="checkin.summary",
        object_id=case.pk,
    )
    return {
        "case": case,
        "is_shared": True,
        "series": series_of(access.check_ins_of(case.subject)),
        "sees_items": access.shares_items(case.subject, counselor),
    }


PANEL = Panel(
    code="checkins", place=30, template=TEMPLATE, read=read, css="css/checkin.css"
)


def sheets_of(subject: Subject) -> list[dict[str, Any]]:
    """Newest first: what was asked, what was answered. Held back ones stay out."""
    rows = [row for row in access.check_ins_of(subject) if row.answers]
    shown = [row for row in rows if not access.is_held_back(row.sitting)]
    sheets = []
    for row in list(reversed(shown))[:MOST_SHEETS]:
        form = all_forms(row.locale)[row.form]
        given = access.answers_of(row)
        lines = [
            (one.text, one.answers[given[one.id]] if one.id in given else "")
            for one in form.questions
        ]
        sheets.append({"at": row.taken_at, "title": title_of(row.form), "lines": lines})
    return sheets


def last_of(subject: Subject) -> str | None:
    """For a colleague on duty, with a flag and a yes to contact: the last scores alone.

    Also where the person has not asked for the result yet.
    """
    found = series_of(access.check_ins_of(subject), is_all=True)
    known = [one for one in found if one.latest.score is not None]
    newest = max((one.latest.at for one in known), default=None)
    if newest is None:
        return None
    lines = [
        _("%(title)s: %(score)s of %(most)s points")
        % {"title": one.title, "score": one.latest.score, "most": one.most}
        for one in known
        if one.latest.at == newest
    ]
    return " · ".join([day_text(local_day(newest)), *lines])
