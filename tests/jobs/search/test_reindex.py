"""A change of the cut, and writers beside each other: nobody's search suffers."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from jobs.postings.models import Posting
from jobs.search.access import planning, results
from jobs.search.models import PostingIndex, SampleIndex, WordFrequency
from jobs.search.rules.query import Query
from jobs.search.rules.segmentation import (
    TOKENIZER_VERSION,
    domain_words,
    index_words,
    older_form,
)
from jobs.search.services import count_words, fold_words, index_postings, reindex
from tests.cast import Cast
from tests.jobs.applications.together import together
from tests.make import make_posting

BEFORE = TOKENIZER_VERSION - 1


@pytest.fixture(autouse=True)
def _forget() -> None:
    planning.forget()


@pytest.fixture
def new_word() -> str:
    """A word that this version keeps whole and the one before cut in pieces."""
    known = set(domain_words(BEFORE))
    new = (word for word in domain_words() if word not in known)
    # Version 3 keeps no new word whole, but pairs of characters that are none.
    one: str = next((w for w in new if len(older_form(w, BEFORE)) > 1), "微信")
    return one


def cut_as_before(posting: Posting, word: str) -> None:
    """The entry as the version before wrote it: the word's pieces, not the word."""
    pieces = " ".join(f"'{piece}'" for piece in older_form(word, BEFORE))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE jobs_search_postingindex SET tokenizer_version = %s,"
            " words = ts_delete(words, %s) || %s::tsvector WHERE posting_id = %s",
            [BEFORE, word, pieces, posting.pk],
        )


def locked() -> QuerySet[Posting]:
    """As every writer of a posting reads it."""
    rows = Posting.objects.select_related("organization").order_by("pk")
    return rows.select_for_update(of=("self",))


def found(text: str) -> set[int]:
    return {posting.pk for posting in results(Query(text=text)).page.rows}


def test_older_entries_are_found_at_every_step_of_a_reindex(
    cast: Cast, new_word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [make_posting(cast.organization, title=f"招{new_word}") for _ in range(4)]
    other = make_posting(cast.organization, title="别的")
    for posting in many[:3]:
        cut_as_before(posting, new_word)
    assert new_word in index_words(f"招{new_word}")
    wanted = {posting.pk for posting in many}
    monkeypatch.setattr("jobs.search.services.entries.BATCH", 1)
    steps = []

    def look(_done: int) -> None:
        planning.forget()
        steps.append(found(new_word))
        old = PostingIndex.objects.filter(tokenizer_version=BEFORE).count()
        assert planning.older_versions() == ((BEFORE,) if old else ())

    planning.forget()
    assert planning.older_versions() == (BEFORE,)
    assert found(new_word) == wanted
    assert reindex(everything=False, progress=look) == 3
    assert steps == [wanted] * 3
    assert other.pk not in wanted


def test_an_older_entry_needs_all_pieces(cast: Cast, new_word: str) -> None:
    posting = make_posting(cast.organization, title=f"招{new_word}")
    cut_as_before(posting, new_word)
    piece = older_form(new_word, BEFORE)[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE jobs_search_postingindex SET words = ts_delete(words, %s)", [piece]
        )
    planning.forget()
    assert found(new_word) == set()


@pytest.mark.django_db(transaction=True)
def test_writers_beside_each_other_lose_no_entry_and_no_count(cast: Cast) -> None:
    many = [make_posting(cast.organization, title="在线客服") for _ in range(12)]
    Posting.objects.filter(pk__in=[p.pk for p in many]).update(title="热线客服")
    keys = [posting.pk for posting in many]

    def write(part: list[int]) -> None:
        with transaction.atomic():
            index_postings(list(locked().filter(pk__in=part)))

    # Every posting twice, by different writers; one folds meanwhile.
    parts = [keys[:6], keys[6:], keys[:6][::-1], keys[6:][::-1], keys[3:9]]
    done = together([*(partial(write, part) for part in parts), fold_words])
    assert [row for row in done if isinstance(row, Exception)] == []
    assert PostingIndex.objects.count() == 12
    fold_words()
    kept = dict(WordFrequency.objects.exclude(entries=0).values_list())
    count_words()
    assert kept == dict(WordFrequency.objects.values_list())
    planning.forget()
    assert found("热线客服") == set(keys)
    assert set(SampleIndex.objects.values_list("pk", flat=True)) <= set(keys)


@pytest.mark.django_db(transaction=True)
def test_a_reindex_beside_a_writer_keeps_the_newer_words(cast: Cast) -> None:
    many = [make_posting(cast.organization, title="在线客服") for _ in range(8)]
    PostingIndex.objects.update(tokenizer_version=BEFORE)

    def change() -> None:
        for posting in many:
            with transaction.atomic():
                row = locked().get(pk=posting.pk)
                row.title = "仓库管理员"
                row.save(update_fields=["title"])
                index_postings([row])

    done = together(
        [change, partial(reindex, everything=False, progress=lambda _n: None)]
    )
    assert [row for row in done if isinstance(row, Exception)] == []
    planning.forget()
    assert found("仓库管理员") == {posting.pk for posting in many}
    assert found("在线客服") == set()
    assert not PostingIndex.objects.filter(tokenizer_version=BEFORE).exists()
