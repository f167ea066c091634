from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.care.cases.enums import (
    ENDED,
    HANDOVER_OPEN,
    UNASSIGNED,
    HandoverState,
)
from accounts.care.cases.models import (
    Case,
    CaseStep,
    CounselorTie,
    Handover,
    Referral,
    Task,
)
from accounts.care.cases.rules.load import load_of
from accounts.care.cases.rules.ties import is_live
from accounts.care.safety.access import open_flags_of
from accounts.care.safety.enums import FlagState, Level
from accounts.care.safety.models import SafetyFlag
from accounts.care.vault import keys
from accounts.care.vault.access import PERSON, may, user_of
from accounts.care.vault.enums import Scope
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile
from accounts.counselors.registry import has_tie
from accounts.identity.models import User
from accounts.lib.dates import today
from accounts.seekers.models import SeekerProfile

# ---- Cases


def case_for(counselor: CounselorProfile, case_id: UUID) -> Case:
    """A case of this counselor's own, or 404."""
    return get_object_or_404(all_cases_of(counselor), pk=case_id)


def all_cases_of(counselor: CounselorProfile) -> QuerySet[Case]:
    rows = Case.objects.select_related("subject", "counselor")
    return rows.filter(counselor=counselor)


def open_cases_of(counselor: CounselorProfile) -> QuerySet[Case]:
    return all_cases_of(counselor).exclude(state__in=ENDED)


def open_case_of(subject: Subject) -> Case | None:
    rows = Case.objects.select_related("subject", "counselor").filter(subject=subject)
    return rows.exclude(state__in=ENDED).first()


def unassigned_cases() -> QuerySet[Case]:
    """What nobody has taken yet."""
    rows = Case.objects.filter(counselor__isnull=True, state__in=UNASSIGNED)
    return rows.select_related("subject").order_by("waiting_since", "opened_at", "pk")


def unassigned_case(case_id: UUID) -> Case:
    return get_object_or_404(unassigned_cases(), pk=case_id)


def steps_of(case: Case) -> QuerySet[CaseStep]:
    return CaseStep.objects.filter(case=case).select_related("by", "counselor")


def task_for(counselor: CounselorProfile, task_id: UUID) -> Task:
    rows = Task.objects.select_related("case", "subject")
    return get_object_or_404(rows, pk=task_id, case__in=open_cases_of(counselor))


def referral_for(counselor: CounselorProfile, referral_id: UUID) -> Referral:
    rows = Referral.objects.select_related("case", "subject")
    return get_object_or_404(
        rows, pk=referral_id, case__in=open_cases_of(counselor)
    )


# ---- The person's own


def referrals_of(subject: Subject) -> QuerySet[Referral]:
    rows = Referral.objects.filter(subject=subject).select_related("suggested_by")
    return rows.order_by("-suggested_at", "pk")


def referral_of(subject: Subject | None, referral_id: UUID) -> Referral:
    rows = Referral.objects.select_related("case", "subject")
    return get_object_or_404(rows, pk=referral_id, subject=subject)


def handover_of(subject: Subject | None, handover_id: UUID) -> Handover:
    """An open one, that the person is asked about."""
    rows = Handover.objects.select_related("subject", "from_counselor", "to_counselor")
    return get_object_or_404(
        rows, pk=handover_id, subject=subject, state__in=HANDOVER_OPEN
    )


def open_handover_of(case: Case) -> Handover | None:
    rows = Handover.objects.filter(case=case, state__in=HANDOVER_OPEN)
    return rows.select_related("from_counselor", "to_counselor").first()


# ---- Handing on


def handovers_to(counselor: CounselorProfile) -> QuerySet[Handover]:
    """Those the person said yes to and this counselor has not answered."""
    rows = Handover.objects.filter(
        to_counselor=counselor, state=HandoverState.AGREED
    )
    return rows.select_related("subject", "case", "from_counselor").order_by("asked_at")


def handover_for(counselor: CounselorProfile, handover_id: UUID) -> Handover:
    """Whoever is to take over reads it once the person agreed, and as long as they do."""
    rows = Handover.objects.filter(
        to_counselor=counselor,
        state__in=(HandoverState.AGREED, HandoverState.ACCEPTED),
    ).select_related("subject", "case", "from_counselor", "to_counselor")
    found = get_object_or_404(rows, pk=handover_id)
    if not may(found.subject, Scope.HANDOVER, counselor):
        return get_object_or_404(rows.none(), pk=handover_id)
    return found


def handover_from(counselor: CounselorProfile, handover_id: UUID) -> Handover:
    rows = Handover.objects.filter(from_counselor=counselor, state__in=HANDOVER_OPEN)
    found = rows.select_related("subject", "case")
    return get_object_or_404(found, pk=handover_id)


# ---- Names and flags, for many at once


def names_of(subjects: Iterable[Subject]) -> dict[UUID, str]:
    """Pseudonyms by the id of the person's row; who is gone is left out."""
    people = {
        keys.unseal(subject, PERSON, subject.person): subject.pk
        for subject in subjects
        if subject.ring is not None
    }
    rows = SeekerProfile.objects.filter(user__public_id__in=people).values_list(
        "user__public_id", "pseudonym"
    )
    return {people[str(public_id)]: name for public_id, name in rows}


def levels_of(subject_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    rows = SafetyFlag.objects.filter(subject__in=subject_ids).exclude(
        state=FlagState.CLOSED
    )
    found: dict[UUID, list[str]] = {}
    for subject_id, level in rows.values_list("subject_id", "level"):
        found.setdefault(subject_id, []).append(level)
    return found


def is_red(subject: Subject) -> bool:
    return open_flags_of(subject).filter(level=Level.RED).exists()


# ---- How much each carries


def loads_of(counselor_ids: Collection[int]) -> dict[int, int]:
    """A person with an open RED flag counts as three (rules.load)."""
    red = SafetyFlag.objects.filter(level=Level.RED).exclude(state=FlagState.CLOSED)
    is_red_case = Q(subject__in=red.values("subject"))
    rows = (
        Case.objects.filter(counselor__in=counselor_ids)
        .exclude(state__in=ENDED)
        .values("counselor")
        .annotate(number=Count("pk"), red=Count("pk", filter=is_red_case))
    )
    return {
        row["counselor"]: load_of(cases=row["number"], red=row["red"]) for row in rows
    }


def load_on(counselor: CounselorProfile) -> int:
    return loads_of([counselor.pk]).get(counselor.pk, 0)


# ---- Who must not meet


def ties_of(counselor: CounselorProfile) -> QuerySet[CounselorTie]:
    return CounselorTie.objects.filter(counselor=counselor).order_by("-declared_at")


def tie_for(counselor: CounselorProfile, tie_id: UUID) -> CounselorTie:
    return get_object_or_404(ties_of(counselor), pk=tie_id)


def live_ties_of(counselor: CounselorProfile) -> set[UUID]:
    day = today()
    return {
        tie.organization_id
        for tie in ties_of(counselor)
        if is_live(left_on=tie.left_on, today=day)
    }


def is_barred(user: User, counselor: CounselorProfile) -> bool:
    """A counselor linked to an employer never helps its applicants; nobody learns why."""
    return has_tie(user, live_ties_of(counselor))


def are_barred(subject: Subject, counselor: CounselorProfile) -> bool:
    ties = live_ties_of(counselor)
    if not ties:
        return False
    user = user_of(subject)
    return user is not None and has_tie(user, ties)


def working_counselors(*, now: datetime | None = None) -> QuerySet[CounselorProfile]:
    """Checked right now and still there."""
    rows = CounselorProfile.objects.verified(now=now or timezone.now())
    return rows.filter(user__is_active=True).order_by("name", "pk")
