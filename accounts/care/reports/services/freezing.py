"""Figures are made once for a quarter and never again: two versions tell of the difference."""

from __future__ import annotations

from datetime import datetime

from accounts.care.reports.enums import Audience, Unit
from accounts.care.reports.models import FrozenTable
from accounts.care.reports.rules.quarters import Quarter, quarter_of
from accounts.care.reports.rules.suppression import (
    K_INTERNAL,
    K_PUBLIC,
    Shown,
    as_shares,
    may_stand_together,
    publish,
)
from accounts.care.reports.services.counting import (
    Table,
    lead_tables,
    operator_tables,
)
from accounts.care.vault.wall import behind_the_wall


class TooEarly(Exception):  # noqa: N818 - reads as the event it is
    """People may still say that they do not want to be counted."""


@behind_the_wall()
def freeze(*, quarter: Quarter, now: datetime) -> list[FrozenTable]:
    """The tables of a quarter, written down; nothing where they are there already.

    Raises TooEarly.
    """
    if not quarter.may_be_frozen(now=now):
        raise TooEarly
    if FrozenTable.objects.filter(quarter=quarter.first_day).exists():
        return []
    made = made_for(quarter, now=now)
    # Of two who do this at once one writes.
    FrozenTable.objects.bulk_create(made, ignore_conflicts=True)
    return made


@behind_the_wall()
def made_for(quarter: Quarter, *, now: datetime) -> list[FrozenTable]:
    """What would be written: only what may be shown."""
    shares = hide(operator_tables(quarter, now=now), k=K_PUBLIC)
    counts = hide(lead_tables(quarter, now=now), k=K_INTERNAL)
    found = [
        (Audience.OPERATOR, Unit.SHARE, table, as_shares(shown))
        for table, shown in shares
    ]
    found += [(Audience.LEAD, Unit.COUNT, table, shown) for table, shown in counts]
    return [
        FrozenTable(
            quarter=quarter.first_day,
            audience=audience,
            code=table.code,
            unit=unit,
            rows=table.rows,
            columns=table.columns,
            cells=cells,
            frozen_at=now,
        )
        for audience, unit, table, cells in found
    ]


def hide(tables: list[Table], *, k: int) -> list[tuple[Table, Shown]]:
    """Each table by itself, then all of them beside each other."""
    may = may_stand_together([table.total_people for table in tables], k=k)
    return [
        (
            table,
            publish(table.counts, k=k, people=table.people)
            if is_safe
            else [
                [None] * (len(table.columns) + 1) for _r in range(len(table.rows) + 1)
            ],
        )
        for table, is_safe in zip(tables, may, strict=True)
    ]


def due_quarter(*, now: datetime) -> Quarter | None:
    """The last one that is over, once its week has passed."""
    last = quarter_of(now).before
    return last if last.may_be_frozen(now=now) else None
