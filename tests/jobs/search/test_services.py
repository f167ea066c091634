from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from jobs.postings.models import Posting
from jobs.postings.services import (
    apply_transition,
    close_posting,
    expire_postings,
    pause_posting,
    resume_posting,
    update_posting,
)
from jobs.search.access import results
from jobs.search.models import PostingIndex
from jobs.search.rules.query import Query
from jobs.search.services import index_postings
from tests.cast import Cast
from tests.make import make_posting


def found(text: str) -> set[int]:
    return {posting.pk for posting in results(Query(text=text)).page.rows}


def test_a_posting_is_found_as_soon_as_it_is_open(cast: Cast) -> None:
    posting = make_posting(cast.organization, state="in_review")
    assert found("热线客服") == set()
    apply_transition(posting=posting, event="approve", actor=cast.moderator)
    assert found("热线客服") == {posting.pk}
    assert found("上海 接听") == {posting.pk}


@pytest.mark.parametrize("step", [pause_posting, close_posting])
def test_a_posting_that_ends_is_gone_at_once(cast: Cast, step: Any) -> None:
    posting = make_posting(cast.organization)
    index_postings([posting])
    step(posting=posting, actor=cast.employer)
    assert not PostingIndex.objects.exists()


def test_a_posting_opened_again_comes_back(cast: Cast) -> None:
    posting = make_posting(cast.organization, state="paused")
    resume_posting(posting=posting, actor=cast.employer)
    assert found("客服") == {posting.pk}


def test_an_overdue_posting_is_not_found_even_while_indexed(cast: Cast) -> None:
    past = timezone.now() - timedelta(minutes=1)
    posting = make_posting(cast.organization, valid_through=past)
    index_postings([posting])
    assert found("客服") == set()
    expire_postings(now=timezone.now())
    assert not PostingIndex.objects.exists()


def test_a_harmless_change_is_indexed_too(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    index_postings([posting])
    before = PostingIndex.objects.get().words
    change = {"occupation": "online_chat"}
    update_posting(posting=posting, actor=cast.employer, fields=change, version=1)
    after = PostingIndex.objects.get().words
    assert "inbound_hotline" in before
    assert "online_chat" in after
    assert "inbound_hotline" not in after


def test_a_rolled_back_step_leaves_the_index(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_found: Iterable[Posting]) -> None:
        raise RuntimeError

    from jobs.postings import registry

    posting = make_posting(cast.organization)
    index_postings([posting])
    monkeypatch.setattr(registry, "_followers", [index_postings, fail])
    with pytest.raises(RuntimeError):
        close_posting(posting=posting, actor=cast.employer)
    assert found("客服") == {posting.pk}


def test_indexing_many_costs_few_queries(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    many = [make_posting(cast.organization) for _ in range(30)]
    with django_assert_max_num_queries(6):
        index_postings(many)
    assert PostingIndex.objects.count() == 30


def test_reindex_writes_what_is_missing_or_old_and_drops_the_dead(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh, old, dead = (make_posting(cast.organization) for _ in range(3))
    index_postings([old, dead])
    PostingIndex.objects.filter(posting=fresh).delete()
    PostingIndex.objects.filter(posting=old).update(tokenizer_version=0)
    Posting.objects.filter(pk=dead.pk).update(state="closed")
    call_command("reindex", verbosity=0)
    assert "2 search entries" in capsys.readouterr().out
    assert set(PostingIndex.objects.values_list("pk", flat=True)) == {fresh.pk, old.pk}
    call_command("reindex", verbosity=0)
    assert "0 search entries" in capsys.readouterr().out
    call_command("reindex", "--all", verbosity=0)
    assert "2 search entries" in capsys.readouterr().out
