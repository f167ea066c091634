"""Lists in pages that begin where the last one ended, the oldest change first.

Whoever reads to the end and comes back with the last `updated_at` misses nothing: what
changes meanwhile moves to the end and is met again there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from cryptography.fernet import InvalidToken
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from ninja import Query

from accounts.lib.crypto import decrypt, encrypt
from jobs.api.rest.problems import Problem
from jobs.api.rest.schemas.common import Digits

PAGE = 50
MOST = 100
_LONGEST = 400
Row = TypeVar("Row", bound=Model)
# Of every list: how many rows.
Limit = Annotated[Digits, Query(PAGE, ge=1, le=MOST)]


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    rows: Sequence[Row]
    next_cursor: str | None


def page_of(rows: QuerySet[Row], *, about: str, cursor: str, limit: int) -> Page[Row]:
    """`about` names the list and its owner: a cursor works nowhere else."""
    ordered = rows.order_by("updated_at", "pk")
    if cursor:
        moment, pk = _read(cursor, about)
        later = Q(updated_at__gt=moment) | Q(updated_at=moment, pk__gt=pk)
        ordered = ordered.filter(later)
    found = list(ordered[: limit + 1])
    shown = found[:limit]
    has_more = len(found) > limit
    return Page(shown, _write(shown[-1], about) if has_more else None)


def link_next(request: HttpRequest, response: HttpResponse, cursor: str | None) -> None:
    """The address of the next page, with the same filters (RFC 8288)."""
    if cursor is None:
        return
    query = [(k, str(v)) for k, v in request.GET.items() if k != "cursor"]
    address = f"{request.path}?{urlencode([*query, ('cursor', cursor)])}"
    response["Link"] = f'<{request.build_absolute_uri(address)}>; rel="next"'


def _write(row: Model, about: str) -> str:
    """Encrypted, so that it tells no row numbers, and made by nobody else."""
    moment: datetime = row.updated_at  # type: ignore[attr-defined]
    return encrypt(json.dumps([about, moment.isoformat(), row.pk]))


def _read(cursor: str, about: str) -> tuple[datetime, int]:
    if len(cursor) > _LONGEST or not cursor.isascii():
        raise Problem("invalid-cursor")
    try:
        found, moment, pk = json.loads(decrypt(cursor))
    except (InvalidToken, ValueError) as error:
        raise Problem("invalid-cursor") from error
    if found != about:
        raise Problem("invalid-cursor")
    return datetime.fromisoformat(moment).astimezone(UTC), int(pk)
