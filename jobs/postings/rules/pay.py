from __future__ import annotations

import re
from dataclasses import dataclass

from jobs.postings.rules.salary import Salary, parse_salary

_BASE = re.compile(
    r"(?P<kind>无责任?底薪|无责任?保底|无责|固定底薪|保底底薪|保底工资|保底薪资|保底|基本底薪|底薪|基本工资|基础工资|"
    r"固定工资|固定薪资|基本薪资|基础薪资|base salary|basic salary)"
    r"\s*(?:为|是|有|:|\(|一|高达|可达)?\s*(?:rmb|¥)?\s*"
    r"(?P<figure>\d[\d.,]*\s*(?:k|千|万|元)?(?:\s*(?:-|至|到)\s*\d[\d.,]*\s*(?:k|千|万|元)?)?)"
)
_GUARANTEED = re.compile(
    r"无责任?(?:底薪|保底|任)|无责|固定(?:底薪|工资|薪资)|保底(?:工资|薪资|底薪)?|guaranteed base"
)
_COMMISSION = re.compile(r"提成|佣金|业绩奖|绩效提|commission|分红")
_NO_COMMISSION = re.compile(r"(?:无|没有|不设|不拿|不靠|非)(?:任何)?(?:提成|佣金)")
_NO_BASE = re.compile(
    r"无底薪|没有底薪|零底薪|(?<![\d.])0底薪|不设底薪|纯提成|纯佣金|commission only"
)
_LOWEST_BASE, _HIGHEST_BASE = 500, 60_000


@dataclass(frozen=True, slots=True)
class PayStructure:
    """The fixed part of pay in RMB a month, and what varies, as far as stated.

    `base_guaranteed`: paid whatever the results (无责底薪). None where nothing is said.
    """

    base_min: int | None = None
    base_max: int | None = None
    base_guaranteed: bool | None = None
    has_commission: bool | None = None
    is_commission_only: bool = False
    incentive_text: str = ""


def parse_pay_structure(text: str, original: str = "") -> PayStructure:
    """Reads folded text; `original`, as long as it, is quoted for the variable part."""
    original = original or text
    base = _base(text)
    commission_only = _NO_BASE.search(text) is not None
    commission = _COMMISSION.search(text)
    return PayStructure(
        base_min=base.min_month if base else None,
        base_max=base.max_month if base else None,
        base_guaranteed=_guaranteed(text, commission_only=commission_only),
        has_commission=_has_commission(text, commission),
        is_commission_only=commission_only,
        incentive_text=_quote(original, commission) if commission else "",
    )


def _base(text: str) -> Salary | None:
    for match in _BASE.finditer(text):
        salary = parse_salary(match["figure"])
        bounds = [b for b in (salary.min_month, salary.max_month) if b is not None]
        if bounds and all(_LOWEST_BASE <= b <= _HIGHEST_BASE for b in bounds):
            return salary
    return None


def _guaranteed(text: str, *, commission_only: bool) -> bool | None:
    if commission_only:
        return False
    return True if _GUARANTEED.search(text) else None


def _has_commission(text: str, commission: re.Match[str] | None) -> bool | None:
    if commission is None:
        return None
    return _NO_COMMISSION.search(text) is None


def _quote(original: str, match: re.Match[str]) -> str:
    """The clause around the word, cut at sentence ends, for the page to show."""
    start = max(original.rfind(mark, 0, match.start()) for mark in "。；;\n！!")
    ends = [original.find(mark, match.end()) for mark in "。；;\n！!"]
    end = min((e for e in ends if e >= 0), default=len(original))
    start = max(start + 1, match.start() - 60)
    return original[start : min(end, match.end() + 100)].strip()
