from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import Enum
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict, Field

from jobs.api.texts import CATALOGUES


def _number(value: Any) -> Any:
    """JSON knows numbers: neither true nor "5" is one."""
    if isinstance(value, bool | str):
        raise ValueError("a number, without quotes")
    return value


def _matching(pattern: str, words: str) -> Callable[[Any], Any]:
    """Text of this shape; the library would read more than the document says."""

    def check(value: Any) -> Any:
        if value is not None and not (
            isinstance(value, str) and re.fullmatch(pattern, value)
        ):
            raise ValueError(words)
        return value

    return check


def _in_utc(moment: datetime) -> datetime:
    """Any zone may be written, such as +22:33; the database knows only real ones."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a moment of the years 1 to 9999") from error


_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_MOMENT = rf"{_DAY}[Tt ][0-9:.]+([Zz]|[+-][0-9]{{2}}:[0-9]{{2}})"
Whole = Annotated[int, BeforeValidator(_number)]
Number = Annotated[float, BeforeValidator(_number)]
Flag = Annotated[bool, Field(strict=True)]
Day = Annotated[date, BeforeValidator(_matching(_DAY, "a day: 2026-11-30"))]
Moment = Annotated[
    AwareDatetime,
    BeforeValidator(_matching(_MOMENT, "a moment with its zone: …T08:00:00+08:00")),
    AfterValidator(_in_utc),
]
Id = Annotated[UUID, BeforeValidator(_matching(_UUID, "a UUID"))]
Digits = Annotated[int, BeforeValidator(_matching(r"-?[0-9]{1,9}", "a whole number"))]


class Strict(Schema):
    """What comes in: a field that we do not know is a mistake worth telling."""

    model_config = ConfigDict(extra="forbid")


class IndexOut(Schema):
    name: str
    version: str
    documentation: str
    openapi: str
    links: dict[str, str]


class OrganisationOut(Schema):
    id: str = Field(json_schema_extra={"format": "uuid"})
    name: str
    legal_name: str
    credit_code: str
    kind: str
    city_code: str
    district: str
    address: str
    industry: str
    about: str
    is_checked: bool


class VerificationOut(Schema):
    state: str
    is_checked: bool
    submitted_at: datetime | None
    checked_at: datetime | None
    expires_at: datetime | None
    note: str
    has_promised_to_answer: bool


CatalogueName = Enum(  # type: ignore[misc]
    "CatalogueName", {name.replace("-", "_").upper(): name for name in CATALOGUES}
)


class CatalogueEntry(Schema):
    code: str
    name: str
    group: str | None


class CatalogueOut(Schema):
    name: str
    data: list[CatalogueEntry]


class CataloguesOut(Schema):
    data: list[str]


class FieldError(Schema):
    """`in` says where it stands: body, query, path or header."""

    place: str = Field(alias="in")
    pointer: str
    detail: str


class ProblemOut(Schema):
    """An error after RFC 9457; more members depend on `type`."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None
