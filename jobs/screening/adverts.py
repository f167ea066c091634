"""Between a posting and the engine's advert: words in, findings back to their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from accounts.employers.enums import OrganizationKind, VerificationState
from accounts.employers.models import Organization
from accounts.lib.dates import local_day
from accounts.lib.places import city_by_code
from jobs.postings.models import Posting
from jobs.screening.rules import findings
from jobs.screening.rules.adverts import Advert, Employer

# Read as one text, in this order: whatever the employer may write freely.
DESCRIPTION_FIELDS = (
    "responsibilities",
    "qualifications",
    "incentive_text",
    "deductions_text",
    "education_reason",
    "third_party_policy",
    "complaint_handling",
    "screening_reason",
)
TEXT_FIELDS = ("title", *DESCRIPTION_FIELDS, "work_hours")
# The engine's name for a fact: the posting's field that states it.
_FACTS = {
    "hours": "work_hours",
    "salary": "salary_text",
    "base_salary": "base_salary_min",
    "hourly_pay": "base_salary_min",
    "shift_start": "call_window_start",
    "shift_end": "call_window_end",
    "location": "city_code",
    "principal": "debt_owner",
    "description": "responsibilities",
}
_EXCERPT = 300
_NUMBER = re.compile(r"^\s*[（(]?\d{1,2}[）)、.．]\s*")


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding at a place of the posting; no offsets where a fact is meant."""

    rule: str
    severity: str
    field: str
    excerpt: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class PlacedRewording:
    """Put `replacement` in place of the `words` at field[start:end]; empty: cut them."""

    rule: str
    field: str
    start: int
    end: int
    words: str
    replacement: str
    # The finding that it mends.
    finding_start: int

    @property
    def shown_words(self) -> str:
        """The words without the marks and numbers that go with them."""
        return _NUMBER.sub("", self.words).strip(" \u3000\n，,、；;。.")


def advert_from_posting(posting: Posting) -> Advert:
    city = city_by_code(posting.city_code)
    city_name = city.zh_hans if city else ""
    place = "".join(filter(None, (city_name, posting.district, posting.street)))
    organization = posting.organization
    return Advert(
        id=str(posting.public_id),
        title=posting.title,
        description="\n".join(text for _, text in _description(posting)),
        city=city_name,
        salary=posting.salary_text,
        employer=_employer(posting),
        location=place,
        headcount=posting.headcount,
        base_salary=_decimal(posting.base_salary_min),
        pay_min=_decimal(posting.pay_min),
        pay_max=_decimal(posting.pay_max),
        employment_type=posting.employment_type,
        hours=posting.work_hours,
        weekly_hours=posting.weekly_hours,
        shift_start=posting.call_window_start,
        shift_end=posting.call_window_end,
        contract_months=posting.contract_months,
        probation_months=posting.probation_months,
        principal=posting.debt_owner,
        valid_through=local_day(posting.valid_through)
        if posting.valid_through
        else None,
        verified_on=local_day(organization.verified_at)
        if organization is not None
        and organization.verified_at is not None
        and organization.verification == VerificationState.VERIFIED
        else None,
        is_repost=organization is None,
        source=posting.source_name,
    )


def _description(posting: Posting) -> Iterator[tuple[str, str]]:
    for name in DESCRIPTION_FIELDS:
        text = getattr(posting, name)
        if text:
            yield name, text
    # Typed on another page, and read by seekers on this one.
    if posting.branch_name:
        yield "branch_name", posting.branch_name


def _decimal(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


def _employer(posting: Posting) -> Employer:
    organization = posting.organization
    if organization is None:
        return Employer(name=posting.organization_name)
    return Employer(
        name=organization.legal_name,
        uscc=organization.uscc,
        type=_type(organization),
        licence_name=organization.legal_name,
        address=organization.address,
        hr_licence_no=organization.hr_licence_no,
        dispatch_licence_no=organization.dispatch_licence_no,
    )


def _type(organization: Organization) -> str:
    kind = OrganizationKind(organization.kind)
    return "outsourcer" if kind == OrganizationKind.EMPLOYER else kind.value


def place_findings(
    posting: Posting, found: tuple[findings.Finding, ...]
) -> tuple[PlacedFinding, ...]:
    segments = list(_description(posting))
    return tuple(_placed(finding, segments) for finding in found)


def _placed(
    finding: findings.Finding, segments: list[tuple[str, str]]
) -> PlacedFinding:
    excerpt = finding.excerpt[:_EXCERPT]
    field = _FACTS.get(finding.field, finding.field)
    if finding.start >= finding.end or finding.field not in {
        "title",
        "description",
        "hours",
    }:
        return PlacedFinding(finding.rule, finding.severity, field, excerpt)
    start, end = finding.start, finding.end
    if finding.field == "description":
        field, start, end = _in_segment(start, end, segments)
    return PlacedFinding(finding.rule, finding.severity, field, excerpt, start, end)


def _in_segment(
    start: int, end: int, segments: list[tuple[str, str]]
) -> tuple[str, int, int]:
    """Which field a stretch of the joined description stands in, and where."""
    base = 0
    for name, text in segments[:-1]:
        if start <= base + len(text):
            return name, start - base, min(end - base, len(text))
        base += len(text) + 1
    name, text = segments[-1]
    return name, start - base, min(end - base, len(text))
