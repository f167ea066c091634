from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

# Deep nesting is no list of words but an attack on whoever walks through it.
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Employer:
    """What the advert and the verification record say about who hires."""

    name: str = ""
    uscc: str = ""
    type: str = ""
    licence_name: str = ""
    licence_status: str = ""
    address: str = ""
    hr_licence_no: str = ""
    dispatch_licence_no: str = ""
    has_brand_proof: bool = False


@dataclass(frozen=True, slots=True)
class Advert:
    """One job advert as the engine reads it; None means not stated.

    Money is in yuan per month, `shift_start` and `shift_end` bound outbound calls.
    """

    id: str = ""
    title: str = ""
    description: str = ""
    tags: str = ""
    city: str = ""
    salary: str = ""
    education: str = ""
    experience: str = ""
    employer: Employer = field(default_factory=Employer)
    location: str = ""
    headcount: int | None = None
    base_salary: Decimal | None = None
    pay_min: Decimal | None = None
    pay_max: Decimal | None = None
    hourly_pay: Decimal | None = None
    local_minimum: Decimal | None = None
    employment_type: str = ""
    hours: str = ""
    weekly_hours: Decimal | None = None
    shift_start: time | None = None
    shift_end: time | None = None
    contract_months: int | None = None
    probation_months: int | None = None
    min_age: int | None = None
    principal: str = ""
    valid_through: date | None = None
    verified_on: date | None = None
    is_repost: bool = False
    source: str = ""

    def length(self) -> int:
        """How many characters everything together has that may be of any length."""
        employer = self.employer
        return sum(
            map(
                len,
                (
                    self.title,
                    self.description,
                    self.tags,
                    self.education,
                    self.experience,
                    self.city,
                    self.salary,
                    self.location,
                    self.employment_type,
                    self.hours,
                    self.principal,
                    self.source,
                    employer.name,
                    employer.uscc,
                    employer.type,
                    employer.licence_name,
                    employer.licence_status,
                    employer.address,
                ),
            )
        )

    def text_fields(self) -> tuple[tuple[str, str], ...]:
        """The fields that are screened as text, by the name findings carry."""
        return (
            ("title", self.title),
            ("description", self.description),
            ("tags", self.tags),
            ("education", self.education),
            ("experience", self.experience),
        )


def _text(value: Any, *, depth: int = 0) -> str:
    if isinstance(value, str):
        return value
    if value is None or depth > _DEEPEST:
        return ""
    if isinstance(value, (list, tuple)):
        return ",".join(_text(item, depth=depth + 1) for item in value)
    return str(value)


def _number(value: Any) -> Decimal | None:
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except (InvalidOperation, ValueError):
        return None
    # Beyond these a calculation could overflow, or fill the memory with digits.
    return number if number.is_finite() and -9 < number.adjusted() < 12 else None


def _whole(value: Any) -> int | None:
    number = _number(value)
    if number is None or number != int(number):
        return None
    return int(number)


def _day(value: Any) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(_text(value)[:10])
    except ValueError:
        return None


def _clock(value: Any) -> time | None:
    if value is None or value == "":
        return None
    if isinstance(value, time):
        return value
    text = _text(value).strip()
    if text in {"24:00", "24:00:00"}:
        return time.max
    try:
        # Shifts are local time; an offset would make it no time to compare with.
        return time.fromisoformat(text.zfill(5)).replace(tzinfo=None)
    except ValueError:
        return None


def _employer(data: Mapping[str, Any]) -> Employer:
    given = data.get("employer")
    if not isinstance(given, Mapping):
        name = _text(given) or _text(data.get("company"))
        return Employer(name=name)
    return Employer(
        name=_text(given.get("name")) or _text(data.get("company")),
        uscc=_text(given.get("uscc")),
        type=_text(given.get("type")),
        licence_name=_text(given.get("licence_name")),
        licence_status=_text(given.get("licence_status")),
        address=_text(given.get("address")),
        hr_licence_no=_text(given.get("hr_licence_no")),
        dispatch_licence_no=_text(given.get("dispatch_licence_no")),
        has_brand_proof=bool(given.get("has_brand_proof")),
    )


def _verified_on(data: Mapping[str, Any]) -> date | None:
    verification = data.get("verification")
    if isinstance(verification, Mapping):
        return _day(verification.get("verified_on") or verification.get("date"))
    return _day(verification or data.get("verified_on"))


def _principal(data: Mapping[str, Any]) -> str:
    principal = data.get("principal")
    if isinstance(principal, Mapping):
        return _text(principal.get("name"))
    return _text(principal)


def advert_from_mapping(data: Mapping[str, Any]) -> Advert:
    """Build an advert from an import row or a posting's fields.

    Unknown keys are ignored and values of a wrong type count as not stated.
    """
    return Advert(
        id=_text(data.get("id") or data.get("ad_id")),
        title=_text(data.get("title")),
        description=_text(data.get("description")),
        tags=_text(data.get("tags")),
        city=_text(data.get("city")),
        salary=_text(data.get("salary")),
        education=_text(data.get("education")),
        experience=_text(data.get("experience")),
        employer=_employer(data),
        location=_text(data.get("location")) or _text(data.get("city")),
        headcount=_whole(data.get("headcount")),
        base_salary=_number(data.get("base_salary")),
        pay_min=_number(data.get("pay_min")),
        pay_max=_number(data.get("pay_max")),
        hourly_pay=_number(data.get("hourly_pay")),
        local_minimum=_number(data.get("local_minimum")),
        employment_type=_text(data.get("employment_type")),
        hours=_text(data.get("hours")),
        weekly_hours=_number(data.get("weekly_hours")),
        shift_start=_clock(data.get("shift_start")),
        shift_end=_clock(data.get("shift_end")),
        contract_months=_whole(data.get("contract_months")),
        probation_months=_whole(data.get("probation_months")),
        min_age=_whole(data.get("min_age")),
        principal=_principal(data),
        valid_through=_day(data.get("valid_through")),
        verified_on=_verified_on(data),
        is_repost=bool(data.get("is_repost")),
        source=_text(data.get("source")),
    )
