from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
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
from accounts.care.cases.rules.load import CAP, has_room, load_of
from accounts.care.cases.rules.ties import is_live
from accounts.care.safety.access import open_flags_of
from accounts.care.safety.enums import FlagState, Level
from accounts.care.safety.models import SafetyFlag
from accounts.care.scheduling.access import bookable_counselors
from accounts.care.scheduling.models import CounselorSettings, Leave
from accounts.care.scheduling.registry import is_barred
from accounts.care.scheduling.talk_access import is_at_work
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
    return get_object_or_404(rows, pk=referral_id, case__in=open_cases_of(counselor))


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
    rows = Handover.objects.filter(to_counselor=counselor, state=HandoverState.AGREED)
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


def caps_of(counselor_ids: Collection[int]) -> dict[int, int]:
    """What each may carry at most; who set nothing has the house's number."""
    rows = CounselorSettings.objects.filter(counselor__in=counselor_ids)
    own = dict(rows.values_list("counselor", "max_caseload"))
    return {pk: own.get(pk, CAP) for pk in counselor_ids}


def cap_of(counselor: CounselorProfile) -> int:
    return caps_of([counselor.pk])[counselor.pk]


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


def keeps_apart(user: User, counselor: CounselorProfile) -> bool:
    """A counselor linked to an employer never helps its applicants; nobody learns why."""
    return has_tie(user, live_ties_of(counselor))


# ---- The others


def working_counselors() -> QuerySet[CounselorProfile]:
    """Checked right now and still there."""
    rows = CounselorProfile.objects.at_work(now=timezone.now())
    return rows.order_by("name", "pk")


def could_take_over(case: Case) -> QuerySet[CounselorProfile]:
    """Whoever is there, has room and may meet this person, but not who has them now."""
    rows = working_counselors()
    others = [one for one in rows if one.pk != case.counselor_id]
    return rows.filter(pk__in=[one.pk for one in _fit(case, others)])


def could_be_chosen(case: Case) -> QuerySet[CounselorProfile]:
    """The same among those who are in the public list and take new people."""
    listed = [one for one in bookable_counselors() if one.pk != case.counselor_id]
    rows = working_counselors()
    return rows.filter(pk__in=[one.pk for one in _fit(case, listed)])


def _fit(case: Case, found: list[CounselorProfile]) -> list[CounselorProfile]:
    away = away_on(today())
    found = [one for one in found if one.pk not in away]
    ids = [one.pk for one in found]
    loads, caps, red = loads_of(ids), caps_of(ids), is_red(case.subject)
    user = user_of(case.subject)
    return [
        one
        for one in found
        if has_room(load=loads.get(one.pk, 0), cap=caps[one.pk], is_red=red)
        and not (user is not None and is_barred(user, one))
    ]


# ---- What the lead counselor sees


def counselors_with_cases() -> QuerySet[CounselorProfile]:
    """Whoever has open cases, also when their credential has run out."""
    rows = Case.objects.exclude(state__in=ENDED).filter(counselor__isnull=False)
    working = working_counselors().values("pk")
    return CounselorProfile.objects.filter(
        Q(pk__in=rows.values("counselor")) | Q(pk__in=working)
    ).order_by("name", "pk")


def away_on(day: date) -> set[int]:
    rows = Leave.objects.filter(first_day__lte=day, last_day__gte=day)
    return set(rows.values_list("counselor", flat=True))


def must_be_covered(counselor: CounselorProfile) -> bool:
    """On leave, leaving, or no longer checked: others look after their people."""
    return not is_at_work(counselor) or counselor.pk in away_on(today())


def cases_to_cover(counselor: CounselorProfile) -> list[Case]:
    """All of somebody who is away; otherwise only those that cannot stay with them."""
    cases = list(open_cases_of(counselor).order_by("opened_at", "pk"))
    if must_be_covered(counselor):
        return cases
    ties = live_ties_of(counselor)
    return [case for case in cases if ties and _is_tied(case.subject, ties)]


def _is_tied(subject: Subject, ties: set[UUID]) -> bool:
    user = user_of(subject)
    return user is not None and has_tie(user, ties)


def counselor_of_team(public_id: UUID) -> CounselorProfile:
    return get_object_or_404(counselors_with_cases(), public_id=public_id)
