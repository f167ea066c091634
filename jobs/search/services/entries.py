from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.lib.bulk import copy_rows
from accounts.lib.places import city_by_code, find_district
from jobs.postings.enums import Benefit, PostingState, SalesShare
from jobs.postings.models import Posting
from jobs.postings.registry import reading
from jobs.search.models import PostingIndex, SampleIndex
from jobs.search.rules.lexemes import (
    Entry,
    asked_level,
    title_vector_of,
    vector_of,
)
from jobs.search.rules.ranking import Merits, in_sample, quality_of, rank_of
from jobs.search.rules.segmentation import TOKENIZER_VERSION
from jobs.search.services.frequencies import drop_entries, fold_words, note_added

BATCH = 500
_SELLS = frozenset({SalesShare.SOME, SalesShare.MAIN})


@transaction.atomic
def index_postings(postings: Sequence[Posting]) -> None:
    """Follow postings in the writer's transaction: what is open can be found at once.

    Needs the organisation joined, otherwise it costs a query a posting.
    """
    shown = [p for p in postings if p.state == PostingState.PUBLISHED]
    # The writer holds the postings' locks: nobody can write an entry in between.
    drop_entries([p.pk for p in postings])
    entries = [_row_of(posting) for posting in shown]
    copy_rows([PostingIndex(**row) for row in entries])
    copy_rows([SampleIndex(**row) for row in entries if in_sample(row["posting"].pk)])
    note_added([p.pk for p in shown])


def _row_of(posting: Posting) -> dict[str, Any]:
    words, title_words = reading(posting, "search")
    entry = entry_of(posting)
    moment = posting.published_at
    assert moment is not None
    posted = int(moment.timestamp())
    return {
        "posting": posting,
        "words": words,
        "title_words": title_words,
        "tokenizer_version": TOKENIZER_VERSION,
        "rank": rank_of(posted, quality_of(merits_of(posting))),
        "posted": posted,
        "valid_through": posting.valid_through,
        "lowest_pay": posting.pay_min or 0,
        "city_code": entry.city_code,
        "place_code": entry.place_code,
        "education": asked_level(
            entry.education, experience_instead=entry.experience_instead
        ),
        "shift": entry.shift,
        "channel": entry.channel,
        "employment": entry.employment,
        "occupation": entry.occupation,
    }


def words_of(posting: Posting) -> tuple[str, str]:
    """The posting's words and those of its title, as tsvector literals."""
    entry = entry_of(posting)
    return vector_of(entry), title_vector_of(entry.title)


def entry_of(posting: Posting) -> Entry:
    city = city_by_code(posting.city_code)
    district = find_district(city, posting.district) if city else None
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
        place_code=district.code if district else posting.city_code,
        occupation=posting.occupation,
        education=posting.education,
        experience_instead=posting.experience_in_place_of_education,
        experience_years=posting.experience_years,
        lowest_pay=posting.pay_min,
        shift=posting.shift,
        rest=posting.rest,
        weekends_off=Benefit.WEEKENDS_OFF in posting.benefits,
        channel=posting.channel,
        role=posting.role,
        employment=posting.employment_type,
        has_sales=posting.facts.get("sales") in _SELLS,
        lodging=Benefit.LODGING in posting.benefits,
        insurance=posting.social_insurance is True
        or Benefit.SOCIAL_INSURANCE in posting.benefits,
        remote=Benefit.REMOTE_WORK in posting.benefits
        or posting.facts.get("is_remote") is True,
    )


def merits_of(posting: Posting) -> Merits:
    return Merits(
        employer_known=posting.organization_id is not None,
        pay_stated=posting.pay_min is not None,
        base_stated=posting.base_salary_min is not None,
        shift_stated=bool(posting.shift),
        rest_stated=bool(posting.rest),
        channel_stated=bool(posting.channel),
        insurance_stated=posting.social_insurance is not None,
        text_length=len(posting.responsibilities),
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
        fold_words()
    while dead := _dead_entries():
        drop_entries(dead)
        fold_words()
    return done


def _dead_entries() -> list[int]:
    closed = PostingIndex.objects.filter(~Q(posting__state=PostingState.PUBLISHED))
    return list(closed.values_list("pk", flat=True)[:BATCH])


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
