from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

from ninja import Schema
from pydantic import ConfigDict, Field

from jobs.api.texts import CATALOGUES


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


def zoned(moment: datetime) -> str:
    return moment.isoformat()


Extra = dict[str, Any]
