"""What an offer promises: what the law allows, what is sure, where it leaves the advert."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

# So many days at least to think it over.
ANSWER_DAYS = 3
FURTHEST_DAYS = 60
MONTHS_A_YEAR = 12
WEEKS_A_YEAR = 52
# Labour Contract Law, article 20: at least 80 percent in probation.
PROBATION_SHARE = (4, 5)
# Article 19: the contract's months from which on so many months of probation are lawful.
PROBATION_STEPS = ((36, 6), (12, 2), (3, 1))
NO_END = 0
# What of the advert an offer is held against.
ADVERT_FIELDS = (
    "base_salary_min",
    "base_salary_max",
    "pay_min",
    "pay_max",
    "pay_months",
    "probation_months",
    "contract_months",
    "weekly_hours",
    "shift",
    "rest",
    "social_insurance",
    "employment_type",
    "city_code",
    "district",
)
# Days off in four weeks, to tell fewer from more; a roster may be anything.
REST_DAYS = {"double": 8, "alternate": 6, "single": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One offer. Money is RMB a month before tax; `contract_months` 0 has no end."""

    base_pay: int
    variable_pay: int
    variable_text: str
    pay_months: int
    contract_months: int
    probation_months: int
    probation_pay: int | None
    weekly_hours: Decimal
    shift: str
    rest: str
    social_insurance: bool
    employment_type: str
    start: date
    city_code: str
    district: str
    street: str
    other_terms: str
    answer_by: date


def most_probation(contract_months: int) -> int:
    """Labour Contract Law, article 19."""
    if contract_months == NO_END:
        return PROBATION_STEPS[0][1]
    for months, most in PROBATION_STEPS:
        if contract_months >= months:
            return most
    return 0


def least_probation_pay(base_pay: int) -> int:
    """Article 20, rounded up to whole yuan."""
    share, of = PROBATION_SHARE
    return -(-base_pay * share // of)


def probation_problem(
    *, contract_months: int, months: int, pay: int | None, base_pay: int
) -> str:
    """ "too_long", "too_little", or nothing to say."""
    if months > most_probation(contract_months):
        return "too_long"
    if pay is not None and pay < least_probation_pay(base_pay):
        return "too_little"
    return ""


def earliest_answer(made_on: date) -> date:
    return made_on + timedelta(days=ANSWER_DAYS)


def has_lapsed(answer_by: date | None, *, today: date) -> bool:
    """Its last day is over; it stands until the employer takes it back."""
    return answer_by is not None and answer_by < today


def runs_out(answer_by: date | None, *, today: date) -> bool:
    """The day before the last, and the last itself: time for a reminder."""
    if answer_by is None:
        return False
    return answer_by - timedelta(days=1) <= today <= answer_by


def first_year(
    *,
    base_pay: int,
    pay_months: int,
    probation_months: int | None,
    probation_pay: int | None,
) -> int:
    """What is sure in the first twelve months, whatever the results."""
    months = min(probation_months or 0, MONTHS_A_YEAR)
    less = base_pay - (base_pay if probation_pay is None else probation_pay)
    return base_pay * pay_months - months * less


def hourly(base_pay: int, weekly_hours: Decimal | None) -> Decimal | None:
    """Sure pay for one hour of work, in yuan and ten fen."""
    if not weekly_hours:
        return None
    hours = weekly_hours * WEEKS_A_YEAR
    return (Decimal(base_pay * MONTHS_A_YEAR) / hours).quantize(Decimal("0.1"))


def variable_share(base_pay: int, variable_pay: int | None) -> int | None:
    """Of an ordinary month, in percent; None where nobody said what varies."""
    if variable_pay is None:
        return None
    return round(100 * variable_pay / (base_pay + variable_pay))


def advert_values(content: Mapping[str, Any]) -> dict[str, Any]:
    """What the advert said about what an offer says, as plain values."""
    found = {name: content.get(name) for name in ADVERT_FIELDS}
    if found["weekly_hours"] is not None:
        found["weekly_hours"] = float(found["weekly_hours"])
    return found


def differences(terms: Terms, advert: Mapping[str, Any]) -> list[str]:
    """Names of what is not as the advert said; what it left open is no difference."""
    return [name for name, _is_worse in _compared(terms, advert)]


def worse_than(terms: Terms, advert: Mapping[str, Any]) -> list[str]:
    """Of these, what is plainly to the seeker's disadvantage."""
    return [name for name, is_worse in _compared(terms, advert) if is_worse]


def _compared(terms: Terms, advert: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    low, high = advert.get("base_salary_min"), advert.get("base_salary_max")
    yield from _outside("base_pay", terms.base_pay, low, high)
    total = terms.base_pay + terms.variable_pay
    yield from _outside(
        "total_pay", total, advert.get("pay_min"), advert.get("pay_max")
    )
    yield from _other("pay_months", terms.pay_months, advert, more_is_better=True)
    hours = float(terms.weekly_hours)
    yield from _other("weekly_hours", hours, advert, more_is_better=False)
    months = terms.probation_months
    yield from _other("probation_months", months, advert, more_is_better=False)
    for name in ("contract_months", "shift", "employment_type"):
        yield from _other(name, getattr(terms, name), advert)
    if advert.get("rest") and advert["rest"] != terms.rest:
        said, now = REST_DAYS.get(advert["rest"]), REST_DAYS.get(terms.rest)
        yield "rest", said is not None and now is not None and now < said
    if advert.get("social_insurance") not in (None, terms.social_insurance):
        yield "social_insurance", not terms.social_insurance
    if _is_elsewhere(terms, advert):
        yield "place", False


def _outside(
    name: str, value: int, low: int | None, high: int | None
) -> Iterator[tuple[str, bool]]:
    if low is not None and value < low:
        yield name, True
    elif high is not None and value > high:
        yield name, False


def _other(
    name: str,
    value: Any,
    advert: Mapping[str, Any],
    *,
    more_is_better: bool | None = None,
) -> Iterator[tuple[str, bool]]:
    said = advert.get(name)
    if said in (None, "") or said == value:
        return
    yield name, more_is_better is not None and (value > said) != more_is_better


def _is_elsewhere(terms: Terms, advert: Mapping[str, Any]) -> bool:
    city, district = advert.get("city_code"), advert.get("district")
    if city and city != terms.city_code:
        return True
    return bool(district) and district != terms.district


def was_late(answer_by: date | None, *, ended_on: date | None) -> bool:
    """Taken back only after the day by which an answer was asked for."""
    return answer_by is not None and ended_on is not None and ended_on > answer_by
