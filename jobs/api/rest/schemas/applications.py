from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from jobs.api.rest.schemas.common import Strict, Whole
from jobs.applications.enums import ApplicationState, DeclineReason


class PostingRef(Schema):
    id: str = Field(json_schema_extra={"format": "uuid"})
    title: str


class ApplicationRow(Schema):
    """As on the list: no more of the person than a name, while it is shared."""

    id: str = Field(json_schema_extra={"format": "uuid"})
    version: int
    state: ApplicationState
    posting: PostingRef
    is_shared: bool
    name: str | None
    submitted_at: datetime
    updated_at: datetime
    # Until when the promise to answer runs; null once it is answered.
    answer_due: datetime | None


class ApplicationsOut(Schema):
    data: list[ApplicationRow]
    next_cursor: str | None


class ResumeOut(Schema):
    variant: str
    language: str
    lines: list[str]


class SentOut(Schema):
    """What the person agreed to send for this one application. Codes are in the
    catalogue. The phone number is shown on the page only, when somebody calls."""

    name: str
    city_code: str
    district: str
    education: str
    years: float | None
    past_roles: list[str]
    past_tasks: list[str]
    skills: list[str]
    start: str
    message: str
    resume: ResumeOut | None


class ApplicationOut(ApplicationRow):
    # What this interface can do from here: shortlist, decline, or nothing.
    steps: list[str]
    viewed_at: datetime | None
    interview_at: datetime | None
    decline_reason: DeclineReason | None
    processed_at: datetime | None
    sent: SentOut | None


class Shortlisting(Strict):
    version: Annotated[Whole, Field(ge=1, le=2_147_483_647)]


class Declining(Strict):
    """The person reads the message word for word; with “other” it is needed."""

    version: Annotated[Whole, Field(ge=1, le=2_147_483_647)]
    reason: DeclineReason
    message: Annotated[str, StringConstraints(max_length=500)] = ""
    skill: Annotated[str, StringConstraints(max_length=40)] = ""


class MoveOut(Schema):
    """Where it stands now; nothing of the person, so it may be kept."""

    id: str = Field(json_schema_extra={"format": "uuid"})
    version: int
    state: ApplicationState
    updated_at: datetime
