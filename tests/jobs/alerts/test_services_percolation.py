from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from jobs.alerts.models import AlertMatch, PostingNews, SearchAnchor
from jobs.alerts.services import percolation
from jobs.alerts.services.searches import delete_search, pause_search, resume_search
from jobs.postings.services import (
    apply_transition,
    close_posting,
    pause_posting,
    resume_posting,
)
from tests.cast import Cast
from tests.jobs.alerts.make import found_by, make_search, percolate
from tests.make import make_posting


def test_a_posting_finds_its_searches_when_it_is_published(cast: Cast) -> None:
    search = make_search(cast.seeker.user, text="热线客服", city_code="3101")
    other = make_search(cast.other_seeker.user, text="热线客服", city_code="1101")
    posting = make_posting(cast.organization, state="in_review")
    percolate(timezone.now())
    assert found_by(search) == set()
    apply_transition(posting=posting, event="approve", actor=cast.moderator)
    assert percolate(timezone.now()) == 1
    assert found_by(search) == {posting.pk}
    assert found_by(other) == set()


@pytest.mark.parametrize(
    ("wishes", "fields"),
    [
        ({"text": "热线"}, {}),
        ({"city_code": "3101"}, {}),
        ({"lowest_pay": 5000}, {"pay_min": 5000}),
        ({"lowest_pay": 4999}, {"pay_min": 5000}),
        ({"education": "none"}, {"education": "none"}),
        ({"education": "junior_high"}, {"education": "junior_high"}),
        (
            {"education": "none"},
            {"education": "college", "experience_in_place_of_education": True},
        ),
        ({"occupation": "inbound_hotline"}, {}),
        ({"shift": "day"}, {}),
        ({"channel": "inbound_phone"}, {}),
        ({"weekends_off": True}, {"rest": "double"}),
        ({"no_phone": True}, {"channel": "text"}),
        ({"no_collection": True}, {"role": "support"}),
        ({"words": (("热线", "没有的"),)}, {}),
        ({"text": "客服", "without": ("电销",)}, {}),
        ({"text": "客服", "posted_within": 3}, {}),
    ],
)
def test_a_search_finds_what_fits(
    cast: Cast, wishes: dict[str, Any], fields: dict[str, Any]
) -> None:
    search = make_search(cast.seeker.user, **wishes)
    posting = make_posting(cast.organization, **fields)
    percolate(timezone.now())
    assert found_by(search) == {posting.pk}


@pytest.mark.parametrize(
    ("wishes", "fields"),
    [
        ({"text": "热线"}, {"title": "仓库", "responsibilities": "理货"}),
        ({"city_code": "4403"}, {}),
        ({"lowest_pay": 5001}, {"pay_min": 5000}),
        ({"lowest_pay": 5000}, {"pay_min": None, "pay_max": None}),
        ({"education": "none"}, {"education": "junior_high"}),
        ({"occupation": "online_chat"}, {}),
        ({"shift": "night"}, {}),
        ({"channel": "text"}, {}),
        ({"weekends_off": True}, {"rest": "single"}),
        ({"no_phone": True}, {}),
        ({"no_collection": True}, {"role": "collection"}),
        ({"words": (("仓库", "没有的"),)}, {}),
        ({"text": "客服", "without": ("热线",)}, {}),
        (
            {"text": "客服", "posted_within": 3},
            {"published_at": timezone.now() - timedelta(days=4)},
        ),
    ],
)
def test_a_search_leaves_out_what_does_not_fit(
    cast: Cast, wishes: dict[str, Any], fields: dict[str, Any]
) -> None:
    search = make_search(cast.seeker.user, **wishes)
    make_posting(cast.organization, **fields)
    percolate(timezone.now())
    assert found_by(search) == set()


def test_a_change_is_compared_again_and_found_once(cast: Cast) -> None:
    search = make_search(cast.seeker.user)
    posting = make_posting(cast.organization)
    assert percolate(timezone.now()) == 1
    pause_posting(posting=posting, actor=cast.employer)
    resume_posting(posting=posting, actor=cast.employer)
    assert PostingNews.objects.count() == 1
    assert percolate(timezone.now()) == 0
    assert found_by(search) == {posting.pk}


def test_news_stand_or_fall_with_the_posting(cast: Cast) -> None:
    def fail() -> None:
        with transaction.atomic():
            make_posting(cast.organization)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not PostingNews.objects.exists()


def test_a_posting_closed_before_it_was_compared_finds_nobody(cast: Cast) -> None:
    search = make_search(cast.seeker.user)
    close_posting(posting=make_posting(cast.organization), actor=cast.employer)
    percolate(timezone.now())
    assert found_by(search) == set()
    assert not PostingNews.objects.exists()


def test_a_paused_search_is_not_compared(cast: Cast) -> None:
    search = make_search(cast.seeker.user)
    pause_search(search=search)
    assert not SearchAnchor.objects.exists()
    make_posting(cast.organization)
    percolate(timezone.now())
    assert found_by(search) == set()
    resume_search(search=search)
    posting = make_posting(cast.organization)
    percolate(timezone.now())
    assert found_by(search) == {posting.pk}


def test_a_deleted_search_takes_everything_along(cast: Cast) -> None:
    search = make_search(cast.seeker.user)
    make_posting(cast.organization)
    percolate(timezone.now())
    delete_search(search=search)
    assert not AlertMatch.objects.exists()
    assert not SearchAnchor.objects.exists()


def test_a_batch_that_fails_still_waits(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = make_search(cast.seeker.user)
    posting = make_posting(cast.organization)
    with monkeypatch.context() as broken:
        broken.setattr(percolation, "_WRITE", "SELECT 1 / 0")
        with pytest.raises(Exception, match="zero"), transaction.atomic():
            percolate(timezone.now())
    assert PostingNews.objects.count() == 1
    percolate(timezone.now())
    assert found_by(search) == {posting.pk}


def test_batches_take_everything(cast: Cast) -> None:
    search = make_search(cast.seeker.user)
    postings = {make_posting(cast.organization).pk for _ in range(5)}
    sizes: list[int] = []
    percolation.percolate_all(now=timezone.now, limit=2, progress=sizes.append)
    assert sizes == [2, 2, 1]
    assert found_by(search) == postings


def test_a_batch_costs_few_queries(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    make_search(cast.seeker.user)
    for _ in range(20):
        make_posting(cast.organization)
    with django_assert_max_num_queries(4):
        percolation.percolate_batch(now=timezone.now())
    assert AlertMatch.objects.count() == 20


def test_the_writer_nudges_a_worker_after_commit(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        make_posting(cast.organization)
    names = [getattr(getattr(c, "__self__", None), "name", "") for c in callbacks]
    assert "jobs.alerts.percolate" in names


def test_anchors_are_compared_byte_by_byte(cast: Cast) -> None:
    """A key of another collation would not be found by the index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collation_name FROM information_schema.columns "
            "WHERE table_name = 'jobs_alerts_searchanchor' AND column_name = 'anchor'"
        )
        assert cursor.fetchone() == ("C",)


def test_all_news_of_a_posting_are_one_comparison(cast: Cast) -> None:
    search = make_search(cast.seeker.user)
    posting = make_posting(cast.organization)
    PostingNews.objects.create(posting=posting)
    PostingNews.objects.create(posting=posting)
    assert percolation.percolate_batch(now=timezone.now(), limit=1) == (1, 1)
    assert not PostingNews.objects.exists()
    PostingNews.objects.create(posting=posting)
    assert percolation.percolate_batch(now=timezone.now(), limit=1) == (1, 0)
    assert found_by(search) == {posting.pk}
