from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.lib.bulk import copy_rows
from accounts.lib.places import city_by_code
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.postings.registry import reading
from jobs.search.models import PostingIndex
from jobs.search.rules.lexemes import Entry, vector_of
from jobs.search.rules.segmentation import TOKENIZER_VERSION

BATCH = 500


@transaction.atomic
def index_postings(postings: Sequence[Posting]) -> None:
    """Follow postings in the writer's transaction: what is open can be found at once.

    Needs the organisation joined, otherwise it costs a query a posting.
    """
    shown = [p for p in postings if p.state == PostingState.PUBLISHED]
    # The writer holds the postings' locks: nobody can write an entry in between.
    PostingIndex.objects.filter(posting__in=[p.pk for p in postings]).delete()
    copy_rows(
        [
            PostingIndex(
                posting=posting,
                words=reading(posting, "search"),
                tokenizer_version=TOKENIZER_VERSION,
            )
            for posting in shown
        ]
    )


def words_of(posting: Posting) -> str:
    """The posting's tsvector, as a literal."""
    return vector_of(entry_of(posting))


def entry_of(posting: Posting) -> Entry:
    city = city_by_code(posting.city_code)
    place = f"{city.zh_hans if city else ''} {posting.district} {posting.street}"
    return Entry(
        title=posting.title,
        texts=(
            posting.employer_name,
            place,
            posting.responsibilities,
            posting.qualifications,
            posting.work_hours,
            posting.incentive_text,
        ),
        city_code=posting.city_code,
        occupation=posting.occupation,
        education=posting.education,
        experience_instead=posting.experience_in_place_of_education,
        lowest_pay=posting.pay_min,
        shift=posting.shift,
        rest=posting.rest,
        weekends_off="weekends_off" in posting.benefits,
        channel=posting.channel,
        role=posting.role,
    )


def postings_to_index(*, everything: bool = False) -> QuerySet[Posting]:
    """Published postings without an entry of this tokenizer; or all of them."""
    published = Posting.objects.filter(state=PostingState.PUBLISHED)
    if everything:
        return published
    current = PostingIndex.objects.filter(
        posting=OuterRef("pk"), tokenizer_version=TOKENIZER_VERSION
    )
    return published.exclude(Exists(current))


def reindex(*, everything: bool, progress: Callable[[int], object]) -> int:
    """Write missing or outdated entries in small transactions and drop dead ones.

    May be stopped and started again: what is done is not done twice.
    """
    done, last = 0, 0
    while found := _index_next(last, everything=everything):
        last = found[-1].pk
        done += len(found)
        progress(len(found))
    PostingIndex.objects.filter(~Q(posting__state=PostingState.PUBLISHED)).delete()
    return done


@transaction.atomic
def _index_next(last: int, *, everything: bool) -> list[Posting]:
    """One batch, locked: a change made meanwhile waits instead of being overwritten."""
    found = list(
        postings_to_index(everything=everything)
        .filter(pk__gt=last)
        .select_related("organization")
        .select_for_update(of=("self",))
        .order_by("pk")[:BATCH]
    )
    index_postings(found)
    return found
