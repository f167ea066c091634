from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.care.safety import registry
from accounts.care.safety.enums import SERIOUS, FlagState
from accounts.care.safety.models import (
    BreakGlass,
    ContactTry,
    DutyShift,
    FlagStep,
    SafetyFlag,
    SafetyPlan,
)
from accounts.care.safety.rules import workflow
from accounts.care.safety.rules.clocks import (
    AT_MOST,
    Span,
    can_keep_promise,
    within,
)
from accounts.care.scheduling.enums import AppointmentState
from accounts.care.scheduling.models import Appointment
from accounts.care.vault.access import has_role, may
from accounts.care.vault.enums import Reader, Role, Scope
from accounts.care.vault.models import Subject, TeamRole
from accounts.counselors.models import CounselorProfile
from accounts.employers.enums import VerificationState
from accounts.lib.dates import SHANGHAI


def open_flags_of(subject: Subject) -> QuerySet[SafetyFlag]:
    rows = SafetyFlag.objects.filter(subject=subject).exclude(state=FlagState.CLOSED)
    return rows.order_by("due_at", "pk")


# ---- Who is on duty


def shifts(*, after: datetime, before: datetime) -> QuerySet[DutyShift]:
    """Of counselors whose credential is checked; a check that ran out staffs nothing."""
    return (
        DutyShift.objects.filter(
            ends_at__gt=after,
            starts_at__lt=before,
            counselor__verification=VerificationState.VERIFIED,
            counselor__verification_expires_at__gt=timezone.now(),
            counselor__user__is_active=True,
        )
        .select_related("counselor", "counselor__user")
        .order_by("starts_at", "counselor__name", "pk")
    )


def spans(*, after: datetime, before: datetime) -> list[Span]:
    rows = shifts(after=after, before=before)
    return list(rows.values_list("starts_at", "ends_at"))


def on_duty(*, now: datetime) -> list[CounselorProfile]:
    """Who looks after flags at this moment."""
    rows = shifts(after=now, before=now + timedelta(microseconds=1))
    return [shift.counselor for shift in rows]


def is_on_duty(counselor: CounselorProfile, *, now: datetime) -> bool:
    return counselor in on_duty(now=now)


def has_roster(*, now: datetime) -> bool:
    """Whether named people are on duty: only then PHQ-9 is asked and contact offered."""
    return can_keep_promise(spans(after=now, before=now + AT_MOST), now=now)


def supervisors() -> list[CounselorProfile]:
    """Those who lead, with a checked credential."""
    rows = TeamRole.objects.filter(
        role=Role.SUPERVISOR,
        ended_at__isnull=True,
        counselor__verification=VerificationState.VERIFIED,
        counselor__verification_expires_at__gt=timezone.now(),
        counselor__user__is_active=True,
    ).select_related("counselor", "counselor__user")
    return [row.counselor for row in rows.order_by("counselor__name", "pk")]


def own_shift(counselor: CounselorProfile, *, now: datetime) -> list[DutyShift]:
    rows = shifts(after=now, before=now + timedelta(days=28))
    return list(rows.filter(counselor=counselor))


# ---- Who sees which flag (wellbeing reference E6)


def flags_for(counselor: CounselorProfile, *, now: datetime) -> QuerySet[SafetyFlag]:
    """All open ones while on duty or leading; else those taken over, and own people's."""
    rows = (
        SafetyFlag.objects.exclude(state=FlagState.CLOSED)
        .select_related("subject", "owner", "close_asked_by")
        .order_by("due_at", "pk")
    )
    if has_role(counselor, Role.SUPERVISOR) or is_on_duty(counselor, now=now):
        return rows
    return rows.filter(
        Q(owner=counselor) | Q(subject__in=registry.people_of(counselor))
    )


def flag_for(
    counselor: CounselorProfile, flag_id: UUID, *, now: datetime
) -> SafetyFlag:
    return get_object_or_404(flags_for(counselor, now=now), pk=flag_id)


def own_flag(subject: Subject | None, flag_id: UUID) -> SafetyFlag:
    """One of the person's own that is still open, or 404."""
    rows = SafetyFlag.objects.exclude(state=FlagState.CLOSED)
    return get_object_or_404(rows, pk=flag_id, subject=subject)


def roles_in(
    flag: SafetyFlag, counselor: CounselorProfile, *, now: datetime
) -> set[str]:
    """As what this counselor acts here: names of the workflow's actors."""
    found = set()
    if is_on_duty(counselor, now=now):
        found.add(workflow.ON_DUTY)
    if has_role(counselor, Role.SUPERVISOR):
        found.add(workflow.SUPERVISOR)
    if registry.assigned_to(flag.subject) == counselor:
        found.add(workflow.ASSIGNED)
    is_owner = flag.owner_id == counselor.pk
    if is_owner:
        found.add(workflow.OWNER)
    if flag.level not in SERIOUS:
        # Nobody's life hangs on it: whoever looked after it may close it alone.
        is_second = is_owner
    else:
        is_second = bool(found) and flag.close_asked_by_id not in (None, counselor.pk)
    return found | ({workflow.SECOND} if is_second else set())


def reader_as(
    flag: SafetyFlag, counselor: CounselorProfile, *, now: datetime
) -> Reader:
    """As what a look stands in the person's log."""
    if registry.assigned_to(flag.subject) == counselor:
        return Reader.COUNSELOR
    return Reader.ON_CALL if is_on_duty(counselor, now=now) else Reader.SUPERVISOR


def steps_of(flag: SafetyFlag) -> QuerySet[FlagStep]:
    rows = FlagStep.objects.filter(flag=flag).select_related("subject", "counselor")
    return rows.order_by("number")


def tries_of(flag: SafetyFlag) -> list[tuple[datetime, str]]:
    rows = ContactTry.objects.filter(flag=flag).order_by("number")
    return list(rows.values_list("at", "outcome"))


def last_call(flag: SafetyFlag) -> datetime:
    """When the person, or somebody for them, last asked for help with this one."""
    rows = FlagStep.objects.filter(flag=flag, event__in=("raised", "again"))
    found = rows.order_by("number").values_list("at", flat=True).last()
    return found or flag.opened_at


def said_safe(flag: SafetyFlag) -> bool:
    """Whether they said so after they last asked for help."""
    rows = FlagStep.objects.filter(flag=flag, event="say_safe")
    return rows.filter(at__gte=last_call(flag)).exists()


def tries_since_call(flag: SafetyFlag) -> list[tuple[datetime, str]]:
    """Those that count for how soon and how often: a new call wants new tries."""
    since = last_call(flag)
    return [one for one in tries_of(flag) if one[0] >= since]


def outcomes_of(flag: SafetyFlag) -> list[str]:
    """What each try was and came to, in order."""
    rows = ContactTry.objects.filter(flag=flag).order_by("number")
    return [f"{row.get_way_display()} · {row.get_outcome_display()}" for row in rows]


def flags_of(subject: Subject) -> QuerySet[SafetyFlag]:
    """All of one person, newest first: for themself."""
    rows = SafetyFlag.objects.filter(subject=subject).select_related("owner")
    return rows.order_by("-opened_at", "pk")


# ---- Looks that consent does not give


def glass_of(
    subject: Subject, counselor: CounselorProfile, *, now: datetime
) -> BreakGlass | None:
    rows = BreakGlass.objects.filter(
        subject=subject, actor=counselor, opened_at__lte=now, ends_at__gt=now
    )
    return rows.order_by("-opened_at").first()


def break_glass_open(subject: Subject, counselor: CounselorProfile) -> bool:
    """Whether this counselor gave a reason for a forced look within the last hour."""
    return glass_of(subject, counselor, now=timezone.now()) is not None


def looks_to_judge(counselor: CounselorProfile) -> QuerySet[BreakGlass]:
    """What waits for a second lead counselor; never one's own."""
    rows = BreakGlass.objects.filter(reviewed_at__isnull=True).exclude(actor=counselor)
    return rows.select_related("subject", "flag", "actor").order_by("review_due_at")


def look_to_judge(counselor: CounselorProfile, look_id: UUID) -> BreakGlass:
    return get_object_or_404(looks_to_judge(counselor), pk=look_id)


# ---- The plan


def plans_of(subject: Subject) -> QuerySet[SafetyPlan]:
    rows = SafetyPlan.objects.filter(subject=subject)
    return rows.select_related("subject", "counselor").order_by("-number")


def in_a_talk(subject: Subject, counselor: CounselorProfile) -> bool:
    """From ten minutes before its time to a quarter of an hour after."""
    now = timezone.now()
    return Appointment.objects.filter(
        subject=subject,
        counselor=counselor,
        state__in=(AppointmentState.BOOKED, AppointmentState.IN_PROGRESS),
        starts_at__lte=now + timedelta(minutes=10),
        ends_at__gte=now - timedelta(minutes=15),
    ).exists()


def shares_plan_with(subject: Subject, counselor: CounselorProfile) -> bool:
    """They keep a plan here, share with this counselor, and both talk right now."""
    return (
        may(subject, Scope.PLAN_STORE)
        and may(subject, Scope.SHARE_SUMMARY, counselor)
        and in_a_talk(subject, counselor)
    )


def shared_plan_for(counselor: CounselorProfile, subject_id: UUID) -> Subject:
    """Somebody whose plan this counselor may write with them now, or 404."""
    subject = get_object_or_404(Subject, pk=subject_id)
    if not shares_plan_with(subject, counselor):
        raise Http404
    return subject


def own_person(counselor: CounselorProfile, subject_id: UUID) -> Subject:
    """Somebody whose case is this counselor's, or 404."""
    if subject_id not in registry.people_of(counselor):
        raise Http404
    return get_object_or_404(Subject, pk=subject_id)


def hours_ahead(*, now: datetime) -> list[tuple[date, list[Span]]]:
    """When somebody is on duty today and the six days after: what is printed for people.

    Whole days, so that the last one does not end at the hour of looking.
    """
    midnight = datetime.combine(now.astimezone(SHANGHAI), time(0), tzinfo=SHANGHAI)
    before = midnight + timedelta(days=7)
    found: dict[date, list[Span]] = {}
    for start, end in within(spans(after=now, before=before), now, before):
        local = (start.astimezone(SHANGHAI), end.astimezone(SHANGHAI))
        found.setdefault(local[0].date(), []).append(local)
    return list(found.items())


def week_of(monday: datetime) -> list[DutyShift]:
    rows = DutyShift.objects.filter(
        starts_at__gte=monday, starts_at__lt=monday + timedelta(days=7)
    ).select_related("counselor")
    return list(rows.order_by("starts_at", "counselor__name", "pk"))


def shift_by_id(shift_id: UUID) -> DutyShift:
    return get_object_or_404(DutyShift, pk=shift_id)
