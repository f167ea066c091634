from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.lib.bulk import copy_rows
from jobs.matching.models import PostingFeatures, ShardVersion
from jobs.matching.registry import applications_of
from jobs.matching.rules.facts import READING_VERSION, JobFacts
from jobs.matching.rules.fairness import interest_step
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.normalise import facts_of_posting
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.postings.registry import reading

REMOTE = "remote"


def write_features(postings: Sequence[Posting]) -> None:
    """Follow changed postings, in the transaction that changed them."""
    if not postings:
        return
    keys = [posting.pk for posting in postings]
    shards = set(
        PostingFeatures.objects.filter(pk__in=keys).values_list("shard", flat=True)
    )
    shown = [posting for posting in postings if _is_shown(posting)]
    applied = applications_of([p.pk for p in shown]) if shown else {}
    rows = [_row(p, interest_step(applied[p.pk])) for p in shown]
    # The writer holds the postings' locks: nobody can write a row in between.
    PostingFeatures.objects.filter(pk__in=keys).delete()
    copy_rows(rows)
    raise_versions(shards | {row.shard for row in rows})


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


def raise_versions(shards: set[str]) -> None:
    """In one order everywhere, so that two writers never wait for each other."""
    moment = timezone.now()
    for shard in sorted(shards):
        changed = ShardVersion.objects.filter(shard=shard).update(
            version=F("version") + 1, changed_at=moment
        )
        if not changed:
            # Starts at the clock, not at one: a database that was emptied and filled
            # again must not repeat numbers that processes still hold.
            first = int(moment.timestamp() * 1_000_000)
            ShardVersion.objects.bulk_create(
                [ShardVersion(shard=shard, version=first, changed_at=moment)],
                ignore_conflicts=True,
            )
