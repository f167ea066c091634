"""Checks on structured fields; catalogue rules name them in `checks`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache

from jobs.screening.rules.adverts import Advert
from jobs.screening.rules.catalogue import Catalogue
from jobs.screening.rules.document import Document, Span
from jobs.screening.rules.findings import Role
from jobs.screening.rules.uscc import is_valid_uscc
from jobs.screening.rules.wages import monthly_ceiling

# Platform policy: a contact window narrower than the law's 22:00-08:00 ban is advice.
_EARLIEST_CALL, _LATEST_CALL = time(8), time(22)
_WEEKLY_HOURS_LIMIT = 44
_VERIFICATION_DAYS = 183
_DUTIES_LENGTH = 50
_SPREAD_OF_RANGE, _SPREAD_OF_BASE = Decimal("2.5"), Decimal(3)
_MINIMUM_AGE = 16
_BASE_IN_TEXT = re.compile(
    r"(?:底薪|基本工资|保底|无责|固定工资|基本薪资|基本月薪)(?:工资|薪资)?[:为]?"
    r"(\d{3,5}|\d(?:\.\d)?[k千])"
)
_BARE_BASE_IN_TEXT = re.compile(
    r"(?:底薪|基本工资|基本薪资|固定工资)[:为]?(\d{3,4})(?:元|[+,。;]|/月)"
)
_NO_PLACE = re.compile(r"全国|各地|不限|均可|就近")
_NOT_FULL_TIME = re.compile(r"兼职|实习|小时工|part.?time|intern|钟点|临时|日结", re.I)
_LENDER_TYPES = frozenset(
    {"bank", "consumer-finance", "microloan", "lender", "guarantor", "insurer"}
)
_LONG_HOURS = re.compile(
    r"大小周|大小休|996|007|上六休一|做六休一|月休[0-4一二两三四]天|全年无休"
    r"|(?<!双)单休|1[0-6]小时|六天工作制"
)
_LAPSED_LICENCE = re.compile(r"吊销|注销|异常|失信|revoked|cancelled|abnormal", re.I)


@dataclass(frozen=True)
class FieldContext:
    advert: Advert
    document: Document
    role: Role
    in_collection: bool
    today: date


Check = Callable[[FieldContext, Catalogue], Iterator[Span]]


def _stated(field: str, value: object) -> Span:
    text = f"{value:%H:%M}" if isinstance(value, time) else str(value)
    return Span(field, 0, len(text), text)


@cache
def _absent(field: str) -> Span:
    return Span(field, 0, 0, "")


def _uscc_checksum(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    code = context.advert.employer.uscc
    if code and not is_valid_uscc(code):
        yield _stated("employer.uscc", code)


def _bare(name: str) -> str:
    return re.sub(r"\s|[((][^))]{0,30}[))]$", "", name)


def _entity_name(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    employer = context.advert.employer
    differs = _bare(employer.name) != _bare(employer.licence_name)
    if employer.licence_name and differs and not employer.has_brand_proof:
        yield _stated("employer.name", employer.name)


def _licence_status(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    status = context.advert.employer.licence_status
    if _LAPSED_LICENCE.search(status):
        yield _stated("employer.licence_status", status)


def _shift_window(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    advert = context.advert
    if not context.in_collection:
        return
    if advert.shift_start is not None and advert.shift_start < _EARLIEST_CALL:
        yield _stated("shift_start", advert.shift_start)
    if advert.shift_end is not None and (
        advert.shift_end > _LATEST_CALL
        or (advert.shift_start is not None and advert.shift_end < advert.shift_start)
    ):
        yield _stated("shift_end", advert.shift_end)


def _weekly_hours(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    hours = context.advert.weekly_hours
    if hours is not None and hours > _WEEKLY_HOURS_LIMIT:
        yield _stated("weekly_hours", hours)


def _declared_hours(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    """Rest days given up in the hours field; 单双休 is left to the weekly hours."""
    match = _LONG_HOURS.search(context.advert.hours)
    if match:
        yield Span("hours", match.start(), match.end(), match[0])


def _pay_spread(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    advert = context.advert
    low, high, base = advert.pay_min, advert.pay_max, advert.base_salary
    if high is None:
        return
    if (low and high > low * _SPREAD_OF_RANGE) or (
        base and high > base * _SPREAD_OF_BASE
    ):
        yield _stated("pay_max", high)


def _base_in_text(text: str) -> Decimal | None:
    match = _BASE_IN_TEXT.search(text)
    if match is None:
        return None
    figure = match[1]
    if figure[-1] in "k千":
        return Decimal(figure[:-1]) * 1000
    return Decimal(figure)


def _below_minimum(context: FieldContext, catalogue: Catalogue) -> Iterator[Span]:
    advert = context.advert
    found = catalogue.minimum_wage(advert.city or advert.location, on=context.today)
    monthly = advert.local_minimum or (found.monthly if found else None)
    hourly = found.hourly if found else None
    if hourly and advert.hourly_pay is not None and advert.hourly_pay < hourly:
        yield _stated("hourly_pay", advert.hourly_pay)
    if monthly is None or _NOT_FULL_TIME.search(
        f"{advert.employment_type}{advert.title}"
    ):
        return
    if advert.base_salary is not None:
        if advert.base_salary < monthly:
            yield _stated("base_salary", advert.base_salary)
        return
    ceiling = monthly_ceiling(advert.salary)
    if ceiling is not None and ceiling < monthly:
        yield _stated("salary", advert.salary)
    for match in _BARE_BASE_IN_TEXT.finditer(context.document.passage.text):
        if Decimal(match[1]) < monthly:
            yield context.document.span(match.start(), match.end(1))
            return


def _probation_cap(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    probation, contract = (
        context.advert.probation_months,
        context.advert.contract_months,
    )
    if probation is None:
        return
    if probation > probation_cap(contract):
        yield _stated("probation_months", probation)


def probation_cap(contract_months: int | None) -> int:
    """Months of probation that LCL 19 allows; None is an open-ended contract."""
    if contract_months is None or contract_months >= 36:
        return 6
    if contract_months >= 12:
        return 2
    return 1 if contract_months >= 3 else 0


def _under_age(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    age = context.advert.min_age
    if age is not None and age < _MINIMUM_AGE:
        yield _stated("min_age", age)


def _no_employer_basics(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    employer = context.advert.employer
    for field in ("name", "uscc", "address", "type"):
        if not getattr(employer, field):
            yield _absent(f"employer.{field}")
            return


def _no_headcount(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    if not context.advert.headcount or context.advert.headcount < 1:
        yield _absent("headcount")


def _no_duties(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    if len(context.advert.description.strip()) < _DUTIES_LENGTH:
        yield _absent("description")


def _no_location(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    location = context.advert.location.strip()
    if not location or _NO_PLACE.search(location):
        yield _stated("location", location) if location else _absent("location")


def _no_base_pay(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    base = context.advert.base_salary
    if base is None:
        if _base_in_text(context.document.passage.text) is None:
            yield _absent("base_salary")
    elif not base:
        # Also where no minimum applies: pay that only varies is no pay.
        yield _stated("base_salary", base)


def _no_validity(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    until = context.advert.valid_through
    if until is None:
        yield _absent("valid_through")
    elif until < context.today:
        yield _stated("valid_through", until)


def _no_employment_type(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    for field in ("employment_type", "hours"):
        if not getattr(context.advert, field):
            yield _absent(field)
            return


def _no_verification(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    verified = context.advert.verified_on
    if verified is None:
        yield _absent("verified_on")
    elif (context.today - verified).days > _VERIFICATION_DAYS:
        yield _stated("verified_on", verified)


def _no_agency_licence(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    employer = context.advert.employer
    if employer.type == "agency" and not employer.hr_licence_no:
        yield _absent("employer.hr_licence_no")


def _no_dispatch_licence(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    employer = context.advert.employer
    if (
        "dispatch" in {employer.type, context.advert.employment_type}
        and not employer.dispatch_licence_no
    ):
        yield _absent("employer.dispatch_licence_no")


def _no_principal(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    advert = context.advert
    if (
        context.in_collection
        and not advert.principal
        and advert.employer.type not in _LENDER_TYPES
    ):
        yield _absent("principal")


def _no_source(context: FieldContext, _: Catalogue) -> Iterator[Span]:
    if context.advert.is_repost and not context.advert.source:
        yield _absent("source")


CHECKS: Mapping[str, Check] = {
    "uscc_checksum": _uscc_checksum,
    "entity_name": _entity_name,
    "licence_status": _licence_status,
    "shift_window": _shift_window,
    "weekly_hours": _weekly_hours,
    "declared_hours": _declared_hours,
    "pay_spread": _pay_spread,
    "below_minimum": _below_minimum,
    "probation_cap": _probation_cap,
    "under_age": _under_age,
    "no_employer_basics": _no_employer_basics,
    "no_headcount": _no_headcount,
    "no_duties": _no_duties,
    "no_location": _no_location,
    "no_base_pay": _no_base_pay,
    "no_validity": _no_validity,
    "no_employment_type": _no_employment_type,
    "no_verification": _no_verification,
    "no_agency_licence": _no_agency_licence,
    "no_dispatch_licence": _no_dispatch_licence,
    "no_principal": _no_principal,
    "no_source": _no_source,
}
