from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Problem = Literal["", "deductions", "base", "low", "high"]


@dataclass(frozen=True, slots=True)
class ExampleMonth:
    """What somebody got in one month, in whole yuan: base plus variable less deductions."""

    base: int
    variable: int
    deductions: int = 0

    @property
    def total(self) -> int:
        return self.base + self.variable - self.deductions

    @property
    def variable_share(self) -> int:
        """How much of what was earned varies, in per cent; 0 where nothing was earned."""
        earned = self.base + self.variable
        return round(100 * self.variable / earned) if earned else 0


def example_problem(
    month: ExampleMonth,
    *,
    base_from: int | None,
    pay: tuple[int | None, int | None],
) -> Problem:
    """Why this month cannot belong to the pay that is promised; empty if it can."""
    low, high = pay
    if month.total < 0:
        return "deductions"
    if base_from is not None and month.base < base_from:
        return "base"
    if low is not None and month.total < low:
        return "low"
    if high is not None and month.total > high:
        return "high"
    return ""
