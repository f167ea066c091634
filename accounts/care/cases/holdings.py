from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.care.cases.models import (
    Case,
    CaseStep,
    CounselorTie,
    Handover,
    Referral,
    Task,
)
from accounts.care.cases.services.cases import topic_of
from accounts.care.cases.services.forgetting import count_old_cases, delete_cases
from accounts.care.cases.services.handovers import summary_of
from accounts.care.cases.services.work import note_of, text_of
from accounts.care.vault.access import user_of
from accounts.care.vault.models import Subject
from accounts.care.vault.registry import Part
from accounts.counselors.models import CounselorProfile
from accounts.lib.health import RetentionJob


def copy(subject: Subject) -> Any:
    rows = Case.objects.filter(subject=subject).select_related("subject", "counselor")
    cases = [_case(row) for row in rows.order_by("opened_at", "pk")]
    ties = _ties(subject)
    found = ({"cases": cases} if cases else {}) | ({"ties": ties} if ties else {})
    return found or None


def _case(case: Case) -> dict[str, Any]:
    steps = CaseStep.objects.filter(case=case).select_related("counselor")
    return {
        "state": case.state,
        "topic": topic_of(case),
        "counselor": case.counselor.name if case.counselor else "",
        "opened_at": case.opened_at.isoformat(),
        "closed_at": case.closed_at.isoformat() if case.closed_at else None,
        "closed_reason": case.closed_reason,
        "steps": [
            {
                "event": step.event,
                "state": step.state,
                "by": step.actor,
                "counselor": step.counselor.name if step.counselor else "",
                "at": step.at.isoformat(),
            }
            for step in steps
        ],
        "tasks": [
            {"kind": task.kind, "text": text_of(task), "due": task.due.isoformat()}
            for task in Task.objects.filter(case=case).select_related("subject")
        ],
        "referrals": [
            {"to": row.service, "state": row.state, "note": note_of(row)}
            for row in Referral.objects.filter(case=case).select_related("subject")
        ],
        "handovers": [
            {"state": row.state, "summary": summary_of(row)}
            for row in Handover.objects.filter(case=case).select_related("subject")
        ],
    }


def _ties(subject: Subject) -> list[dict[str, Any]]:
    """Where the person is a counselor: what they declared."""
    return [
        {
            "organization": str(tie.organization_id),
            "left_on": tie.left_on.isoformat() if tie.left_on else None,
        }
        for tie in CounselorTie.objects.filter(counselor__in=_profile_of(subject))
    ]


def _profile_of(subject: Subject) -> list[CounselorProfile]:
    return list(CounselorProfile.objects.filter(user=user_of(subject)))


def erase(subject: Subject) -> None:
    CounselorTie.objects.filter(counselor__in=_profile_of(subject)).delete()
    delete_cases(Case.objects.filter(subject=subject))


PART = Part(
    code="cases",
    title=_("Your case with a counselor"),
    copy=copy,
    erase=erase,
    how_long=_("Three years after it ended, or until you delete it."),
    models=tuple(
        f"accounts_care_cases.{name}"
        for name in (
            "Case",
            "CaseStep",
            "Task",
            "Referral",
            "Handover",
            "CounselorTie",
        )
    ),
)
FORGETTING = RetentionJob(
    "accounts.care.forget_cases",
    _("Old cases with counselors"),
    _("Erases the case with its tasks, referrals and handovers."),
    _("three years after it ended"),
    count_old_cases,
)
