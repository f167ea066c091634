"""Paging that never shows a row twice and costs the same on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

Row = TypeVar("Row", bound=Model)
_MICROSECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class KeysetPage(Generic[Row]):
    """`newer` and `older` are query strings, empty where there is nothing that way."""

    rows: Sequence[Row]
    newer: str = ""
    older: str = ""


def newest_first(
    rows: QuerySet[Row], request: HttpRequest, *, by: str, size: int
) -> KeysetPage[Row]:
    """The page that `?after=` or `?before=` names; a broken one means the first page.

    `by` is a column of moments, made unique by the primary key.
    """
    ordered = rows.order_by(f"-{by}", "-pk")
    after = _read(request.GET.get("after", ""))
    before = _read(request.GET.get("before", ""))
    if before is not None:
        return _backwards(rows, request, by, size, before)
    if after is not None:
        moment, pk = after
        ordered = ordered.filter(
            Q(**{f"{by}__lt": moment}) | Q(**{by: moment}, pk__lt=pk)
        )
    found = list(ordered[: size + 1])
    shown = found[:size]
    return KeysetPage(
        shown,
        newer=_link(request, "before", shown[0], by) if after and shown else "",
        older=_link(request, "after", shown[-1], by) if len(found) > size else "",
    )


def _backwards(
    rows: QuerySet[Row],
    request: HttpRequest,
    by: str,
    size: int,
    before: tuple[datetime, int],
) -> KeysetPage[Row]:
    moment, pk = before
    nearest = rows.filter(Q(**{f"{by}__gt": moment}) | Q(**{by: moment}, pk__gt=pk))
    found = list(nearest.order_by(by, "pk")[: size + 1])
    shown = found[:size][::-1]
    return KeysetPage(
        shown,
        newer=_link(request, "before", shown[0], by) if len(found) > size else "",
        older=_link(request, "after", shown[-1], by) if shown else "",
    )


def _link(request: HttpRequest, key: str, row: Model, by: str) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    moment: datetime = getattr(row, by)
    micros = round(moment.timestamp() * _MICROSECOND)
    query[key] = f"{micros}-{row.pk}"
    return f"?{query.urlencode()}"


def _read(text: str) -> tuple[datetime, int] | None:
    micros, _, pk = text.partition("-")
    if not (micros.isascii() and micros.isdigit() and pk.isascii() and pk.isdigit()):
        return None
    if len(micros) > 17 or len(pk) > 18:
        return None
    seconds, rest = divmod(int(micros), _MICROSECOND)
    try:
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), int(pk)
    except (OverflowError, ValueError):
        return None
