"""Follow how many people applied, so that postings few know of get a fair look."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from jobs.matching.models import PostingFeatures
from jobs.matching.registry import applications_of
from jobs.matching.rules.fairness import interest_step
from jobs.matching.services.features import next_versions

BATCH = 1000


@transaction.atomic
def note_interest(*, posting_ids: Collection[int]) -> int:
    """Count anew for these postings and write the steps that changed; their number.

    Call it in the transaction that wrote or ended an application. Safe to run twice;
    most calls change nothing, because only four steps are told apart.
    """
    rows = PostingFeatures.objects.filter(pk__in=posting_ids).order_by("pk")
    applied = applications_of(posting_ids)
    changed = [
        row for row in rows.select_for_update() if _follow(row.facts, applied, row.pk)
    ]
    versions = next_versions({row.shard for row in changed})
    for row in changed:
        row.version = versions[row.shard]
    PostingFeatures.objects.bulk_update(changed, ["facts", "version"])
    return len(changed)


def _follow(facts: dict[str, Any], applied: dict[int, int], key: int) -> bool:
    step = interest_step(applied[key])
    was, facts["interest"] = facts.get("interest"), step
    return was != step


def refresh_interest() -> int:
    """All open postings, batch by batch, each in a transaction of its own."""
    changed, last = 0, 0
    while True:
        after = PostingFeatures.objects.filter(pk__gt=last).order_by("pk")
        keys = list(after.values_list("pk", flat=True)[:BATCH])
        if not keys:
            return changed
        changed += note_interest(posting_ids=keys)
        last = keys[-1]
