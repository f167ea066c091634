from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from accounts.seekers.enums import Education
from jobs.api.rest.schemas.common import Day, Flag, Number, Strict, Whole
from jobs.postings.enums import (
    Benefit,
    Channel,
    EmploymentType,
    PostingState,
    Rest,
    Screening,
    ScreeningStage,
    Shift,
)
from jobs.screening.enums import Decision, Severity

Money = Annotated[Whole, Field(ge=0, le=1_000_000)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
PlaceCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}([0-9]{2})?$")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]


Short = Annotated[str, StringConstraints(max_length=30)]
Medium = Annotated[str, StringConstraints(max_length=120)]
Long = Annotated[str, StringConstraints(max_length=200)]


class PostingChange(Strict):
    """Any part of what an employer says. Money is whole yuan a month; null clears."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=60)] | None = None
    occupation: Code | None = None
    headcount: Annotated[Whole, Field(ge=1, le=999)] | None = None
    responsibilities: Annotated[str, StringConstraints(max_length=4000)] | None = None
    qualifications: Annotated[str, StringConstraints(max_length=2000)] | None = None
    education: Education | None = None
    experience_in_place_of_education: Flag | None = None
    education_reason: Long | None = None
    experience_years: Annotated[Whole, Field(ge=0, le=20)] | None = None
    screening_required: Screening | None = None
    screening_reason: Long | None = None
    screening_stage: ScreeningStage | None = None
    base_salary_min: Money | None = None
    base_salary_max: Money | None = None
    pay_min: Money | None = None
    pay_max: Money | None = None
    incentive_text: Annotated[str, StringConstraints(max_length=300)] | None = None
    deductions_text: Annotated[str, StringConstraints(max_length=300)] | None = None
    pay_day: Annotated[Whole, Field(ge=1, le=31)] | None = None
    pay_months: Annotated[Whole, Field(ge=12, le=18)] | None = None
    shift: Shift | None = None
    rest: Rest | None = None
    work_hours: Long | None = None
    weekly_hours: Annotated[Number, Field(ge=1, le=80)] | None = None
    city_code: PlaceCode | None = None
    district: Short | None = None
    street: Medium | None = None
    employment_type: EmploymentType | None = None
    contract_months: Annotated[Whole, Field(ge=1, le=120)] | None = None
    probation_months: Annotated[Whole, Field(ge=0, le=6)] | None = None
    social_insurance: Flag | None = None
    benefits: list[Benefit] | None = None
    channel: Channel | None = None
    dials_per_day: Annotated[Whole, Field(ge=0, le=999)] | None = None
    call_window_start: Clock | None = None
    call_window_end: Clock | None = None
    third_party_policy: Long | None = None
    recording: Flag | None = None
    hangup_right: Flag | None = None
    debt_owner: Medium | None = None
    complaint_handling: Long | None = None
    # The last day to apply, in Shanghai.
    last_day: Day | None = None


class PostingNew(PostingChange):
    """A draft needs a title; everything else can come later."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=60)]


class Renewal(Strict):
    """The new last day to apply, at most 60 days ahead; 30 days without one."""

    last_day: Day | None = None


class ScreeningSummary(Schema):
    decision: Decision | None
    role: str
    catalogue_version: str


class PostingOut(Schema):
    id: str = Field(json_schema_extra={"format": "uuid"})
    version: int
    state: PostingState
    # What the employer may do from here.
    steps: list[str]
    page: str = Field(json_schema_extra={"format": "uri"})
    title: str
    occupation: str
    headcount: int | None
    responsibilities: str
    qualifications: str
    education: str
    experience_in_place_of_education: bool
    education_reason: str
    experience_years: int
    screening_required: str
    screening_reason: str
    screening_stage: str
    base_salary_min: int | None
    base_salary_max: int | None
    pay_min: int | None
    pay_max: int | None
    incentive_text: str
    deductions_text: str
    pay_day: int | None
    pay_months: int
    shift: str
    rest: str
    work_hours: str
    weekly_hours: float | None
    city_code: str
    district: str
    street: str
    employment_type: str
    contract_months: int | None
    probation_months: int | None
    social_insurance: bool | None
    benefits: list[str]
    channel: str
    dials_per_day: int | None
    call_window_start: str | None
    call_window_end: str | None
    third_party_policy: str
    recording: bool | None
    hangup_right: bool | None
    debt_owner: str
    complaint_handling: str
    last_day: date | None
    valid_through: datetime | None
    screening: ScreeningSummary
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None
    published_at: datetime | None
    ended_at: datetime | None


class PostingsOut(Schema):
    data: list[PostingOut]
    next_cursor: str | None


class CitationOut(Schema):
    law: str
    article: str
    is_confirmed: bool


class FindingOut(Schema):
    """`start` and `end` count characters of the field; null where a fact is meant."""

    rule: str
    severity: Severity
    title: str
    remedy: str
    field: str
    excerpt: str
    start: int | None
    end: int | None
    citations: list[CitationOut]


class ScreeningOut(Schema):
    """What the rules say; `missing` are fields that have to be filled in."""

    decision: Decision
    is_blocked: bool
    role: str
    catalogue_version: str
    findings: list[FindingOut]
    missing: list[str]


class SubmissionOut(Schema):
    posting: PostingOut
    screening: ScreeningOut
