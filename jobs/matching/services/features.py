from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.lib.bulk import copy_rows
from jobs.matching.models import Departure, PostingFeatures, ShardVersion
from jobs.matching.registry import applications_of
from jobs.matching.rules.facts import READING_VERSION, JobFacts
from jobs.matching.rules.fairness import interest_step
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.normalise import facts_of_posting
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.postings.registry import reading

REMOTE = "remote"


@transaction.atomic
def write_features(postings: Sequence[Posting]) -> None:
    """Follow changed postings, in the transaction that changed them."""
    if not postings:
        return
    keys = [posting.pk for posting in postings]
    shown = [posting for posting in postings if _is_shown(posting)]
    applied = applications_of([p.pk for p in shown]) if shown else {}
    # The writer holds the postings' locks: nobody can write a row in between.
    old = dict(PostingFeatures.objects.filter(pk__in=keys).values_list("pk", "shard"))
    rows = {p.pk: _row(p, interest_step(applied[p.pk])) for p in shown}
    shards = {*old.values(), *(row.shard for row in rows.values())}
    versions = next_versions(shards)
    for row in rows.values():
        row.version = versions[row.shard]
    left = [
        Departure(shard=shard, version=versions[shard], public_id=posting.public_id)
        for posting in postings
        if (shard := old.get(posting.pk)) is not None
        and (posting.pk not in rows or rows[posting.pk].shard != shard)
    ]
    PostingFeatures.objects.filter(pk__in=keys).delete()
    copy_rows(list(rows.values()))
    Departure.objects.bulk_create(left, batch_size=1000)


@transaction.atomic
def rebuild_features(*, postings: Iterable[Posting]) -> int:
    """Read these postings again, as after a change of the reading; their number."""
    found = list(postings)
    write_features(found)
    return len(found)


def _is_shown(posting: Posting) -> bool:
    return posting.state == PostingState.PUBLISHED and posting.valid_through is not None


def _row(posting: Posting, interest: int) -> PostingFeatures:
    facts: JobFacts = replace(reading(posting, "matching"), interest=interest)
    assert posting.valid_through is not None
    return PostingFeatures(
        posting_id=posting.pk,
        shard=REMOTE if facts.is_remote else facts.city,
        facts=facts.as_json(),
        valid_through=posting.valid_through,
        reading_version=READING_VERSION,
    )


def posting_values(posting: Posting) -> dict[str, Any]:
    """The posting as plain values, for rules that know no models."""
    fields = Posting._meta.concrete_fields
    values = {field.attname: getattr(posting, field.attname) for field in fields}
    organization = posting.organization
    values["id"] = str(posting.public_id)
    values["employers"] = (
        [organization.display_name, organization.legal_name]
        if organization
        else [posting.organization_name]
    )
    values["uscc"] = organization.uscc if organization else ""
    return values


def facts_for(posting: Posting) -> JobFacts:
    return facts_of_posting(posting_values(posting), default_knowledge())


def next_versions(shards: set[str]) -> dict[str, int]:
    """Raise the versions and hold their rows until this transaction ends.

    So versions become visible in their order, and what a process loads up to one is
    complete. In one order everywhere: two writers never wait for each other.
    """
    moment = timezone.now()
    return {shard: _next_version(shard, moment) for shard in sorted(shards)}


def _next_version(shard: str, moment: datetime) -> int:
    rows = ShardVersion.objects.filter(shard=shard)
    if not rows.update(version=F("version") + 1, changed_at=moment):
        # Starts at the clock, not at one: a database that was emptied and filled
        # again must not repeat numbers that processes still hold.
        first = int(moment.timestamp() * 1_000_000)
        made = ShardVersion(shard=shard, version=first, oldest=first, changed_at=moment)
        ShardVersion.objects.bulk_create([made], ignore_conflicts=True)
        # Another writer may have made it first: then this is the next one.
        rows.update(version=F("version") + 1, changed_at=moment)
    return rows.values_list("version", flat=True).get()
