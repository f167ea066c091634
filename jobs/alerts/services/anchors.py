from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence

from django.db import transaction

from jobs.alerts.access import word_shares
from jobs.alerts.forms import wanted_at
from jobs.alerts.models import SavedSearch, SearchAnchor
from jobs.alerts.rules.anchors import Needle, needle_of
from jobs.alerts.rules.queries import (
    QUERY_VERSION,
    asks_for_something,
    fingerprint,
    from_json,
    to_json,
)

BATCH = 500


def needle_for(search: SavedSearch, shares: Callable[[str], float]) -> Needle:
    return needle_of(from_json(search.query, search.query_version), shares)


def read_anew(search: SavedSearch) -> bool:
    """Keep what the results page finds at the address today; True if that is new.

    The search learns words: what it took for plain text last year is a wish today.
    """
    if not search.address:
        return False
    query = wanted_at(search.address)
    kept = search.query_version, json.dumps(search.query, sort_keys=True)
    now = QUERY_VERSION, json.dumps(to_json(query), sort_keys=True)
    if now == kept or not asks_for_something(query):
        return False
    search.query, search.query_version = to_json(query), QUERY_VERSION
    mark = fingerprint(query)
    # Two searches may have become one; each goes on under its own mark.
    same = SavedSearch.objects.filter(user=search.user_id, fingerprint=mark)
    if not same.exists():
        search.fingerprint = mark
    search.save(update_fields=["query", "query_version", "fingerprint"])
    return True


@transaction.atomic
def write_anchors(searches: Iterable[SavedSearch]) -> None:
    """Write the keys of these searches anew; a paused search gets none."""
    found = list(searches)
    shares = word_shares()
    SearchAnchor.objects.filter(search__in=found).delete()
    SearchAnchor.objects.bulk_create(
        row
        for search in found
        if not search.is_paused
        for row in anchor_rows(search, needle_for(search, shares))
    )


def anchor_rows(search: SavedSearch, needle: Needle) -> list[SearchAnchor]:
    return [
        SearchAnchor(
            search=search,
            anchor=anchor,
            rest=needle.rest or None,
            pay=needle.pay,
            schooling=needle.schooling,
            days=needle.days,
        )
        for anchor in needle.anchors
    ]


def refresh_anchors(
    *, everything: bool = False, progress: Callable[[int], object] = lambda _done: None
) -> int:
    """Read searches anew and choose keys by today's frequencies; returns how many moved.

    In small transactions: it may be stopped and started again. `everything` writes all
    keys, for when entries are written in another way than before.
    """
    moved, last = 0, 0
    while batch := _next(last):
        last = batch[-1]
        moved += _refresh(batch, everything=everything)
        progress(len(batch))
    return moved


def _next(last: int) -> list[int]:
    rows = SavedSearch.objects.watching().filter(pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _refresh(keys: Sequence[int], *, everything: bool) -> int:
    """Locked: a pause or a change made meanwhile waits instead of being undone."""
    locked = list(
        SavedSearch.objects.watching()
        .filter(pk__in=keys)
        .select_for_update(of=("self",), no_key=True)
        .prefetch_related("anchors")
        .order_by("pk")
    )
    shares = word_shares()
    moved = [
        search
        for search in locked
        if read_anew(search)
        or everything
        or set(needle_for(search, shares).anchors)
        != {row.anchor for row in search.anchors.all()}
    ]
    write_anchors(moved)
    return len(moved)
