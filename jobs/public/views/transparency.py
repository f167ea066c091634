from __future__ import annotations

import csv
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from accounts.lib.dates import today
from jobs.screening.explain import ShownRule, shown_rule
from jobs.screening.figures import SHARES, Figures, figures_until, highest
from jobs.screening.rules.transparency import Cell

# A chart is drawn in these units; the sheet makes it as wide as its place.
HEIGHT = 60
STEP = 20
WIDTH = 14
# What is hidden is drawn as a stub, whatever it is.
STUB = 6


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: int
    height: int
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Chart:
    label: str | Promise
    bars: list[Bar]
    total: Cell


@login_not_required
@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    shown = figures_until(today())
    context = {
        "figures": shown,
        "charts": [
            Chart(measure.label, _bars(shown_line.months), shown_line.total)
            for measure, shown_line in shown.lines.items()
        ],
        "heads": [measure.label for measure in shown.lines],
        "rows": _rows(shown),
        "rules": _rules(shown),
        "year": [
            (measure.label, cell, measure in SHARES)
            for measure, cell in shown.year.items()
        ],
    }
    return render(request, "jobs/public/transparency.html", context)


def _bars(cells: tuple[Cell, ...]) -> list[Bar]:
    top = highest(cells) or 1
    bars = []
    for place, cell in enumerate(cells):
        is_hidden = cell.kind != "exact"
        height = STUB if is_hidden else max(1, round(cell.height * HEIGHT / top))
        bars.append(Bar(place * STEP + 3, HEIGHT - height, height, is_hidden))
    return bars


def _rows(shown: Figures) -> list[dict[str, object]]:
    """The newest month first; each cell with the head of its column."""
    columns = [(m.label, line.months) for m, line in shown.lines.items()]
    rows = [
        {
            "month": month,
            "cells": [(label, cells[place]) for label, cells in columns],
            "hours": shown.hours[place],
        }
        for place, month in enumerate(shown.months)
    ]
    return rows[::-1]


def _rules(shown: Figures) -> list[tuple[ShownRule, Cell, int]]:
    """With the length of each bar, in a hundred."""
    top = highest([cell for _, cell in shown.rules]) or 1
    found = ((shown_rule(rule), cell) for rule, cell in shown.rules)
    return [
        (rule, cell, round(cell.height * 100 / top)) for rule, cell in found if rule
    ]


@login_not_required
@require_safe
def as_csv(_request: HttpRequest) -> HttpResponse:
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="open-figures.csv"'},
    )
    writer = csv.writer(response)
    writer.writerow(["month", "measure", "rule", "value"])
    writer.writerows(figures_until(today()).rows())
    return response


@login_not_required
@require_safe
def as_json(_request: HttpRequest) -> HttpResponse:
    keys = ("month", "measure", "rule", "value")
    rows = figures_until(today()).rows()
    return JsonResponse(
        {
            "note": "<10: fewer than 10, 0 included; >=N: N or more; empty: not shown",
            "figures": [dict(zip(keys, row, strict=True)) for row in rows],
        }
    )
