"""The open figures as they are shown: the page, the CSV and the JSON say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jobs.screening.enums import Measure
from jobs.screening.models.transparency import TransparencyCount
from jobs.screening.rules.transparency import (
    NOTHING,
    Cell,
    Line,
    finished_months,
    line,
    rounded,
    share,
    typical,
)

MONTHLY = (
    Measure.SCREENED,
    Measure.PUBLISHED,
    Measure.SENT_BACK,
    Measure.REFUSED,
    Measure.REMOVED,
)
YEARLY = (
    Measure.REPORTS,
    Measure.REPORTS_DECIDED,
    Measure.APPEALS,
    Measure.SAMPLED,
)
# A part of something counted above, shown as a share of it.
SHARES = {
    Measure.APPEALS_REVERSED: Measure.APPEALS,
    Measure.SAMPLE_PROBLEMS: Measure.SAMPLED,
}


@dataclass(frozen=True, slots=True)
class Figures:
    """Nothing in here is a count below ten, nor can one be worked out from it."""

    months: list[date]
    lines: dict[Measure, Line]
    # Hours from being sent in to a decision, half of them shorter, half longer.
    hours: list[Cell]
    rules: list[tuple[str, Cell]]
    year: dict[Measure, Cell]
    is_counted: bool

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Month (or "12 months"), measure, rule, value: for machines."""
        whole = f"{len(self.months)} months"
        for measure, shown in self.lines.items():
            for month, cell in zip(self.months, shown.months, strict=True):
                yield f"{month:%Y-%m}", measure, "", cell.code
            yield whole, measure, "", shown.total.code
        for month, cell in zip(self.months, self.hours, strict=True):
            yield f"{month:%Y-%m}", "median_hours", "", cell.code
        for rule, cell in self.rules:
            yield whole, Measure.BY_RULE, rule, cell.code
        for measure, cell in self.year.items():
            name = f"{measure}_percent" if measure in SHARES else measure
            yield whole, name, "", cell.code


def figures_until(today: date) -> Figures:
    """Of the last twelve full months; one query."""
    months = finished_months(today)
    found = TransparencyCount.objects.filter(month__in=months)
    counts: dict[str, dict[date, int]] = {}
    by_rule: Counter[str] = Counter()
    for row in found:
        if row.measure == Measure.BY_RULE:
            by_rule[row.rule] += row.value
        else:
            counts.setdefault(row.measure, {})[row.month] = row.value

    def of(measure: Measure) -> list[int]:
        values = counts.get(measure, {})
        return [values.get(month, 0) for month in months]

    return Figures(
        months=months,
        lines={measure: line(of(measure)) for measure in MONTHLY},
        hours=[
            typical(round(minutes / 60), cases)
            for minutes, cases in zip(
                of(Measure.MINUTES), of(Measure.DECIDED), strict=True
            )
        ],
        rules=_shown_rules(by_rule),
        year={m: rounded(sum(of(m))) for m in YEARLY}
        | {
            part: share(sum(of(part)), sum(of(whole))) for part, whole in SHARES.items()
        },
        is_counted=bool(counts),
    )


def _shown_rules(by_rule: Counter[str]) -> list[tuple[str, Cell]]:
    """By what is shown of them, then by name: their order tells nothing more."""
    cells = ((rule, rounded(count)) for rule, count in by_rule.items())
    shown = [(rule, cell) for rule, cell in cells if cell.kind == "at_least"]
    return sorted(shown, key=lambda pair: (-pair[1].value, pair[0]))


def highest(cells: list[Cell] | tuple[Cell, ...]) -> int:
    return max((cell.height for cell in cells if cell != NOTHING), default=0)
