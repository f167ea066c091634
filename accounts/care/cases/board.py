"""Cases as a counselor sees them in lists: in order, with what each one needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Min
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.care.cases import access
from accounts.care.cases.models import Case, Task
from accounts.care.cases.rules.attention import days_of, is_overdue, is_stalled
from accounts.care.cases.rules.order import Place, gravest
from accounts.care.safety.enums import Level
from accounts.care.scheduling.enums import AppointmentState
from accounts.care.scheduling.models import Appointment
from accounts.counselors.models import CounselorProfile
from accounts.lib.dates import local_day

# What might be done about a case that lies still, by its state.
SUGGESTIONS: dict[str, Promise] = {
    "new": _("Take it on or give it back."),
    "triaged": _("Write to them and offer a time."),
    "waiting": _("Write to them and offer a time."),
    "active": _("Ask how it is going, or let the case rest."),
    "closing": _("Say goodbye and close it, or go on."),
    "handed_over": _("Say hello and offer a first talk."),
}
TO_COME = (AppointmentState.BOOKED, AppointmentState.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Line:
    case: Case
    name: str
    level: str
    overdue: int
    next_at: datetime | None
    is_stalled: bool
    waits_days: int | None
    still_days: int
    is_review_due: bool
    place: Place

    @property
    def needs_something(self) -> bool:
        return bool(
            self.level
            or self.overdue
            or self.is_stalled
            or self.is_review_due
            or self.case.accept_by
        )

    @property
    def level_label(self) -> str:
        return str(Level(self.level).label) if self.level else ""

    @property
    def suggestion(self) -> Promise | str:
        """Where a flag is open, that comes first and says what to do."""
        return "" if self.level else SUGGESTIONS.get(self.case.state, "")


def lines_of(
    counselor: CounselorProfile, cases: Sequence[Case], *, now: datetime
) -> list[Line]:
    """In the order of rules.order; the number of queries does not grow with the cases."""
    subjects = [case.subject for case in cases]
    names = access.names_of(subjects)
    levels = access.levels_of([subject.pk for subject in subjects])
    tasks = _open_tasks(cases)
    times = next_times(counselor, [subject.pk for subject in subjects], now=now)
    found = [
        _line(
            case,
            name=names.get(case.subject_id, ""),
            level=gravest(levels.get(case.subject_id, ())),
            tasks=tasks.get(case.pk, []),
            next_at=times.get(case.subject_id),
            now=now,
        )
        for case in cases
    ]
    return sorted(found, key=lambda line: line.place.order)


def _line(
    case: Case,
    *,
    name: str,
    level: str,
    tasks: list[Task],
    next_at: datetime | None,
    now: datetime,
) -> Line:
    today = local_day(now)
    late = [
        task for task in tasks if is_overdue(due=task.due, is_done=False, today=today)
    ]
    is_open = case.is_open
    since = max(filter(None, (case.last_contact_at, case.assigned_at, case.opened_at)))
    return Line(
        case=case,
        name=name,
        level=level if is_open else "",
        overdue=len(late) if is_open else 0,
        next_at=next_at,
        # A task whose day has passed is no plan any more.
        is_stalled=is_stalled(
            state=case.state,
            last_contact=since,
            has_next_step=next_at is not None or len(tasks) > len(late),
            now=now,
        ),
        waits_days=days_of(case.waiting_since, now=now) if case.waiting_since else None,
        still_days=days_of(since, now=now),
        is_review_due=case.review_due is not None and case.review_due <= today,
        place=Place(
            level=level if is_open else "",
            is_overdue=is_open and bool(late),
            waiting_since=case.waiting_since,
            opened_at=case.opened_at,
            key=str(case.pk),
        ),
    )


def _open_tasks(cases: Iterable[Case]) -> dict[UUID, list[Task]]:
    rows = Task.objects.filter(case__in=cases, done_at__isnull=True)
    found: dict[UUID, list[Task]] = {}
    for task in rows:
        found.setdefault(task.case_id, []).append(task)
    return found


def next_times(
    counselor: CounselorProfile, subject_ids: Iterable[UUID], *, now: datetime
) -> dict[UUID, datetime]:
    """When each of them talks with this counselor next."""
    rows = Appointment.objects.filter(
        counselor=counselor,
        subject__in=list(subject_ids),
        state__in=TO_COME,
        ends_at__gt=now,
    )
    found = rows.values("subject").annotate(at=Min("starts_at"))
    return {row["subject"]: row["at"] for row in found}


def next_appointment(case: Case, *, now: datetime) -> Appointment | None:
    rows = Appointment.objects.filter(
        counselor=case.counselor,
        subject=case.subject,
        state__in=TO_COME,
        ends_at__gt=now,
    )
    return rows.order_by("starts_at").first()


# So long after its end a talk may still go on (rooms/rules/times.py).
MEETS_UNTIL = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Talk:
    """An appointment of today; a case only where it is this counselor's own."""

    appointment: Appointment
    name: str
    case: Case | None
    # There is a place to meet the person, and it is not closed yet.
    may_meet: bool


def talks_of(
    counselor: CounselorProfile, *, start: datetime, end: datetime, now: datetime
) -> list[Talk]:
    shown = (*TO_COME, AppointmentState.ATTENDED, AppointmentState.NO_SHOW)
    rows = Appointment.objects.filter(
        counselor=counselor, state__in=shown, starts_at__gte=start, starts_at__lt=end
    )
    appointments = list(rows.select_related("subject").order_by("starts_at"))
    subjects = [row.subject for row in appointments if row.subject is not None]
    names = access.names_of(subjects)
    cases = {
        case.subject_id: case
        for case in access.open_cases_of(counselor).filter(subject__in=subjects)
    }
    return [
        Talk(
            appointment=row,
            name=names.get(row.subject_id, "") if row.subject_id else "",
            case=cases.get(row.subject_id) if row.subject_id else None,
            may_meet=row.subject_id is not None
            and row.state in TO_COME
            and now < row.ends_at + MEETS_UNTIL,
        )
        for row in appointments
    ]
