"""Frozen tables: for who runs the site, and for the lead counselor."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.care.reports import access
from accounts.care.reports.enums import Audience, Unit
from accounts.care.reports.models import FrozenTable
from accounts.care.reports.rules.quarters import FREEZE_AFTER, Quarter
from accounts.care.reports.rules.suppression import K_INTERNAL, K_PUBLIC
from accounts.care.reports.words import label_of, note_of_table, title_of_table
from accounts.care.vault.access import supervisor_only
from accounts.care.vault.http import care_page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest


@dataclass(frozen=True, slots=True)
class ShownCell:
    column: str
    # Empty where nothing is shown.
    text: str


@dataclass(frozen=True, slots=True)
class ShownTable:
    title: str
    note: str
    columns: list[str]
    rows: list[tuple[str, list[ShownCell]]]
    is_empty: bool


@require_safe
@care_page(Kind.OPERATOR)
def figures(request: SignedInRequest) -> HttpResponse:
    context = _context(request, Audience.OPERATOR, K_PUBLIC)
    return render(request, "accounts/care/reports/figures.html", context)


@require_safe
@care_page(Kind.COUNSELOR)
def service(request: SignedInRequest) -> HttpResponse:
    supervisor_only(request.user)
    context = _context(request, Audience.LEAD, K_INTERNAL)
    return render(request, "accounts/care/reports/service.html", context)


@require_safe
@care_page(Kind.COUNSELOR)
def service_csv(request: SignedInRequest, code: str) -> HttpResponse:
    supervisor_only(request.user)
    found = access.frozen_quarters(Audience.LEAD)
    quarter = access.asked_quarter(code, found)
    if quarter is None:
        raise Http404
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["quarter", "table", "row", "column", "value"])
    for table in access.tables_of(Audience.LEAD, quarter):
        writer.writerows([quarter.code, table.code, *one] for one in _cells_of(table))
    headers = {"Content-Disposition": f'attachment; filename="service-{code}.csv"'}
    # With a mark by which spreadsheets know the letters.
    told = "\ufeff" + text.getvalue()
    return HttpResponse(told, "text/csv; charset=utf-8", headers=headers)


def _cells_of(table: FrozenTable) -> Iterable[tuple[str, str, int | str]]:
    """A hidden cell stays empty: it does not say how small it is."""
    for row, cells in zip([*table.rows, "total"], table.cells, strict=True):
        for column, cell in zip([*table.columns, "total"], cells, strict=True):
            yield row, column, "" if cell is None else cell


def _context(request: SignedInRequest, audience: Audience, k: int) -> dict[str, object]:
    found = access.frozen_quarters(audience)
    quarter = access.asked_quarter(request.GET.get("quarter", ""), found)
    running: Quarter = access.next_freeze()
    return {
        "quarter": quarter,
        "others": [one for one in found if one != quarter],
        "tables": [shown(one) for one in access.tables_of(audience, quarter)]
        if quarter
        else [],
        "k": k,
        "next_on": (running.ends_at + FREEZE_AFTER).date(),
    }


def shown(table: FrozenTable) -> ShownTable:
    columns = [*table.columns, "total"]
    # Where there is one row its totals say the same once more.
    rows = [*table.rows, "total"] if len(table.rows) > 1 else ["total"]
    grid = table.cells[-len(rows) :]
    is_share = table.unit == Unit.SHARE
    return ShownTable(
        title=title_of_table(table.code),
        note=note_of_table(table.code),
        columns=[label_of(one) for one in columns],
        rows=[
            (
                label_of(row),
                [
                    ShownCell(label_of(column), _text(cell, is_share, row, column))
                    for column, cell in zip(columns, cells, strict=True)
                ],
            )
            for row, cells in zip(rows, grid, strict=True)
        ],
        is_empty=all(cell is None for cells in table.cells for cell in cells),
    )


def _text(cell: int | None, is_share: bool, row: str, column: str) -> str:  # noqa: FBT001
    if cell is None:
        return ""
    if not is_share:
        return str(cell)
    if row == column == "total":
        return _("about {n}").format(n=cell)
    return f"{cell} %"
