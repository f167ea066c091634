"""Counts for a quarter, before anything is hidden: they leave this package in no form."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.care.cases.models import Case
from accounts.care.reports.registry import BANDS, change_sources, use_source
from accounts.care.reports.rules.quarters import Quarter, month_of, working_days
from accounts.care.reports.words import CHANGE
from accounts.care.safety.enums import Level
from accounts.care.safety.models import SafetyFlag
from accounts.care.scheduling.enums import AppointmentState
from accounts.care.scheduling.models import Appointment
from accounts.care.vault.access import subjects_counted

SOON, IN_TIME = 3, 10
WAITED = ("soon", "in_time", "long", "not_yet")
BECAME = (
    AppointmentState.ATTENDED,
    AppointmentState.NO_SHOW,
    AppointmentState.CANCELLED_BY_SEEKER,
    AppointmentState.CANCELLED_BY_COUNSELOR,
)
# Row, column, whose.
Fact = tuple[str, str, UUID]


@dataclass(frozen=True, slots=True)
class Table:
    """Counts, and how many different people are behind each of them."""

    code: str
    rows: list[str]
    columns: list[str]
    counts: list[list[int]]
    people: list[list[int]]
    total_people: int


def operator_tables(quarter: Quarter, *, now: datetime) -> list[Table]:
    """Of nobody but those who at this moment agree to be counted."""
    counted = subjects_counted(now=now)
    talked = _talks(quarter, counted)
    tables = []
    if (source := use_source()) is not None:
        checked = set(source(quarter)) & counted
        tables.append(_use(counted, checked, set(talked)))
    bands = (("one", 1, 1), ("few", 2, 3), ("more", 4, 10**6))
    facts = [
        ("people", next(c for c, low, high in bands if low <= n <= high), who)
        for who, n in talked.items()
    ]
    tables.append(table_of("talks", ["people"], [c for c, *_r in bands], facts))
    return [*tables, *_changes(quarter, counted)]


def lead_tables(quarter: Quarter, *, now: datetime) -> list[Table]:
    """How the service works. Change is counted of those who agreed to it, no others."""
    return [
        _waiting(quarter),
        _attendance(quarter),
        _levels(quarter),
        *_changes(quarter, subjects_counted(now=now)),
    ]


def table_of(
    code: str, rows: Iterable[str], columns: Iterable[str], facts: Iterable[Fact]
) -> Table:
    rows, columns = list(rows), list(columns)
    found: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for row, column, who in facts:
        found[row, column].append(who)
    everybody = {who for people in found.values() for who in people}
    return Table(
        code=code,
        rows=rows,
        columns=columns,
        counts=[[len(found[r, c]) for c in columns] for r in rows],
        people=[[len(set(found[r, c])) for c in columns] for r in rows],
        total_people=len(everybody),
    )


def _use(counted: set[UUID], checked: set[UUID], talked: set[UUID]) -> Table:
    facts = [
        (
            "checkins" if who in checked else "no_checkins",
            "with_talks" if who in talked else "no_talks",
            who,
        )
        for who in counted
    ]
    return table_of(
        "use", ["checkins", "no_checkins"], ["with_talks", "no_talks"], facts
    )


def _talks(quarter: Quarter, counted: set[UUID]) -> Mapping[UUID, int]:
    rows = Appointment.objects.filter(
        state=AppointmentState.ATTENDED,
        starts_at__gte=quarter.starts_at,
        starts_at__lt=quarter.ends_at,
        subject__isnull=False,
    ).values_list("subject_id", flat=True)
    return Counter(who for who in rows if who in counted)


def _changes(quarter: Quarter, counted: set[UUID]) -> list[Table]:
    return [
        table_of(
            f"{CHANGE}{code}",
            ["people"],
            BANDS,
            [
                ("people", band, who)
                for who, band in source(quarter).items()
                if who in counted and band in BANDS
            ],
        )
        for code, source in change_sources().items()
    ]


def _waiting(quarter: Quarter) -> Table:
    """Cases that began in the quarter; until their person's first talk after that."""
    cases = Case.objects.filter(
        opened_at__gte=quarter.starts_at, opened_at__lt=quarter.ends_at
    ).values_list("subject_id", "opened_at")
    talks: dict[UUID, list[datetime]] = defaultdict(list)
    held = Appointment.objects.filter(
        state=AppointmentState.ATTENDED,
        subject_id__in=[who for who, _at in cases],
        starts_at__lt=quarter.ends_at,
    )
    for who, at in held.values_list("subject_id", "starts_at"):
        if who is not None:
            talks[who].append(at)
    facts = [
        (month_of(at), _waited(at, [one for one in talks[who] if one >= at]), who)
        for who, at in cases
    ]
    return table_of("waiting", quarter.months, WAITED, facts)


def _waited(opened_at: datetime, talks: list[datetime]) -> str:
    if not talks:
        return "not_yet"
    days = working_days(opened_at, min(talks))
    return "soon" if days <= SOON else "in_time" if days <= IN_TIME else "long"


def _attendance(quarter: Quarter) -> Table:
    rows = Appointment.objects.filter(
        state__in=BECAME,
        subject__isnull=False,
        starts_at__gte=quarter.starts_at,
        starts_at__lt=quarter.ends_at,
    ).values_list("subject_id", "starts_at", "state")
    facts = [(month_of(at), state, who) for who, at, state in rows]
    return table_of("attendance", quarter.months, map(str, BECAME), facts)


def _levels(quarter: Quarter) -> Table:
    """First try against the time by which somebody had to look (reference E4)."""
    rows = SafetyFlag.objects.filter(
        due_at__gte=quarter.starts_at, due_at__lt=quarter.ends_at
    ).values_list("subject_id", "level", "due_at", "first_tried_at")
    facts = [
        (level, "kept" if tried is not None and tried <= due else "missed", who)
        for who, level, due, tried in rows
    ]
    return table_of("levels", map(str, Level), ["kept", "missed"], facts)
