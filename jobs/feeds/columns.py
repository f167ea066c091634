"""The columns of a file: what each is called in three languages, and what it may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.lib.occupations import occupations
from accounts.lib.text import clean_line, fold_characters
from accounts.seekers.enums import Education
from jobs.postings.enums import (
    Benefit,
    Channel,
    EmploymentType,
    Rest,
    Screening,
    ScreeningStage,
    Shift,
)
from jobs.postings.labels import FIELD_LABELS
from jobs.postings.rules.advert import ALIASES

ID = "id"
CITY = "city"
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Column:
    """`sample` is written in Chinese, as postings are; a code of `choices` is shown by
    its label in the reader's language. `field` is the form's, if it is called otherwise."""

    name: str
    label: Any
    sample: str
    help: Any = ""
    choices: Mapping[str, Any] | None = None
    field: str = ""
    is_needed: bool = False

    @property
    def example(self) -> str:
        """The sample as somebody would type it."""
        if self.choices is None:
            return self.sample
        codes = self.sample.split(",")
        return ", ".join(str(self.choices[code]) for code in codes if code)

    @property
    def options(self) -> list[str]:
        return [str(label) for label in (self.choices or {}).values()]


def _column(name: str, sample: str, **kwargs: Any) -> Column:
    label = kwargs.pop("label", None) or FIELD_LABELS[name]
    return Column(name, label, sample, **kwargs)


def _choices(kind: Any) -> dict[str, Any]:
    return dict(kind.choices)


_YES_NO = {YES: _("Yes"), NO: _("No")}
# Social insurance has a column of its own, as it has in the form.
_BENEFITS = {c: label for c, label in Benefit.choices if c != "social_insurance"}
_OCCUPATIONS = {row.code: row.label for row in occupations()}
_CLOCK = _("For example 9:00.")
_PER_MONTH = _("Yuan a month, a figure alone.")
COLUMNS: tuple[Column, ...] = (
    Column(
        ID,
        _("Number"),
        "KF-001",
        _("Your own number for this posting. It stays the same in every file."),
        is_needed=True,
    ),
    _column("title", "热线客服", is_needed=True, help=_("At most 60 characters.")),
    _column("occupation", "inbound_hotline", choices=_OCCUPATIONS),
    _column("headcount", "3"),
    _column(
        "responsibilities",
        "接听客户来电，解答账单、挂失和分期的问题，记录来电内容，把投诉转给专人处理。"
        "只接听，不外呼，没有销售任务。",
        help=_("At least 50 characters."),
    ),
    _column("qualifications", "普通话清楚，会用电脑打字，有耐心。"),
    _column("education", "none", choices=_choices(Education)),
    _column("experience_in_place_of_education", "no", choices=_YES_NO),
    _column("education_reason", ""),
    _column("experience_years", "0"),
    _column("base_salary_min", "4800", label=_("Base pay from"), help=_PER_MONTH),
    _column("base_salary_max", "4800", label=_("Base pay to"), help=_PER_MONTH),
    _column("pay_min", "5000", label=_("Total pay from"), help=_PER_MONTH),
    _column("pay_max", "6500", label=_("Total pay to"), help=_PER_MONTH),
    _column("incentive_text", "每月绩效奖 200 到 1700 元，按质检分发放。"),
    _column("deductions_text", ""),
    _column("pay_day", "10", help=_("Day of the month.")),
    _column("pay_months", "12"),
    _column("shift", "day", choices=_choices(Shift)),
    _column("rest", "double", choices=_choices(Rest)),
    _column("work_hours", "周一至周五 9:00-18:00"),
    _column("weekly_hours", "40"),
    Column(CITY, _("City"), "上海", field="city_code"),
    _column("district", "浦东新区"),
    _column("street", "示例路 1 号"),
    _column("employment_type", "full_time", choices=_choices(EmploymentType)),
    _column("contract_months", "36", help=_("Leave it empty if there is no end date.")),
    _column("probation_months", "2"),
    _column("social_insurance", "yes", choices=_YES_NO),
    _column(
        "benefits",
        "housing_fund,annual_leave",
        choices=_BENEFITS,
        help=_("Several, with commas between them."),
    ),
    _column("channel", "inbound_phone", choices=_choices(Channel)),
    _column("dials_per_day", ""),
    _column("call_window_start", "", help=_CLOCK),
    _column("call_window_end", "", help=_CLOCK),
    _column("third_party_policy", ""),
    _column("recording", "yes", choices=_YES_NO),
    _column("hangup_right", "yes", choices=_YES_NO),
    _column("debt_owner", ""),
    _column("complaint_handling", ""),
    _column("screening_required", "none", choices=_choices(Screening)),
    _column("screening_reason", ""),
    _column("screening_stage", "", choices=_choices(ScreeningStage)),
    _column("valid_through", "", help=_("Such as 2026-12-31; at most 60 days ahead.")),
)
BY_NAME = {column.name: column for column in COLUMNS}
# A range in one cell, under the name that the form gives the question.
ONE_CELL = ("base_salary", "pay")
# What the XML of job sites calls the same thing.
_OTHERS = {
    "referencenumber": "id",
    "reference": "id",
    "requisitionid": "id",
    "guid": "id",
    "jobid": "id",
    "name": "title",
    "jobtitle": "title",
    "company": "company",
    "jobtype": "employment_type",
    "streetaddress": "street",
    "expirationdate": "valid_through",
    "requirements": "qualifications",
    "duties": "responsibilities",
    "link": "url",
}
LONGEST_HEADING, MOST_UNREAD = 30, 12
_NUMBERS = re.compile(r"\d{5}")
_MARKS = re.compile(r"[\s*（(].*$")
_YES_WORDS = frozenset({"yes", "y", "true", "1", "是", "有", "对"})
_NO_WORDS = frozenset({"no", "n", "false", "0", "否", "无", "没有", "不", "沒有"})


def heading_key(text: str) -> str:
    """A heading without what stands in brackets behind it, marks or capitals."""
    text = clean_line(text).replace("　", " ").strip().strip("*").strip()
    return _MARKS.sub("", text).strip().lower() if not text.isascii() else text.lower()


@cache
def headings() -> dict[str, str]:
    """Our own name for everything a column may be called."""
    found: dict[str, str] = {}
    for name, column in BY_NAME.items():
        found[name] = name
        for language, _label in settings.LANGUAGES:
            with translation.override(language):
                found[heading_key(str(column.label))] = name
    for name in ONE_CELL:
        for language, _label in settings.LANGUAGES:
            with translation.override(language):
                found.setdefault(heading_key(str(FIELD_LABELS[name])), name)
    for field, names in ALIASES.items():
        for alias in names:
            found.setdefault(heading_key(alias), field)
    return found | {k: v for k, v in _OTHERS.items() if k not in found}


def known_as(heading: str) -> str:
    """Empty for a column that says nothing here."""
    return headings().get(heading_key(heading), "")


def unread_headings(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Columns of which nothing here knows what they mean, in their order.

    Long ones and such with numbers in them are data and no headings: not repeated.
    """
    names = dict.fromkeys(str(name) for row in rows for name in row)
    return [
        name
        for name in map(clean_line, names)
        if name
        and len(name) <= LONGEST_HEADING
        and not _NUMBERS.search(name)
        and not known_as(name)
    ][:MOST_UNREAD]


@cache
def _codes(name: str) -> dict[str, str]:
    """A column's codes by code and by label, in every language."""
    choices = BY_NAME[name].choices or {}
    found = {code: code for code in choices}
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            found |= {_folded(str(label)): code for code, label in choices.items()}
    return found


def _folded(text: str) -> str:
    return fold_characters(clean_line(text)).lower()


def code_of(name: str, text: str) -> str:
    """The code that a cell means; empty where it names none."""
    if BY_NAME[name].choices is _YES_NO:
        return yes_or_no(text)
    return _codes(name).get(_folded(text), "")


def yes_or_no(text: str) -> str:
    word = _folded(text)
    if word in _YES_WORDS:
        return YES
    return NO if word in _NO_WORDS else ""
