from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jobs.postings.models import Posting
from jobs.search.services import index_postings
from tests.cast import Cast
from tests.make import make_posting

HTMX = {"HX-Request": "true"}


def make_open(cast: Cast, **fields: Any) -> Posting:
    posting = make_posting(cast.organization, **fields)
    index_postings([posting])
    return posting


def titles(page: Any) -> list[str]:
    return [card.title for card in page.context["cards"]]


def test_only_open_postings_are_listed(client: Client, cast: Cast) -> None:
    make_open(cast, title="开着的")
    make_open(cast, title="过期的", valid_through=timezone.now())
    for state in ("draft", "in_review", "paused", "removed"):
        make_open(cast, title=state, state=state)
    assert titles(client.get("/jobs/")) == ["开着的"]


def test_words_and_filters_go_together(client: Client, cast: Cast) -> None:
    make_open(cast, title="文字客服", channel="text", pay_min=6000)
    make_open(cast, title="热线客服", channel="inbound_phone", pay_min=6000)
    make_open(cast, title="文字录入", channel="text", pay_min=3000)
    page = client.get("/jobs/?q=客服&no_phone=on&pay=5000&city=3101")
    assert titles(page) == ["文字客服"]
    assert len(page.context["active"]) == 4


def test_an_empty_list_says_which_filter_to_drop(client: Client, cast: Cast) -> None:
    make_open(cast, title="热线客服", pay_min=4000)
    page = client.get("/jobs/?q=客服&pay=15000&shift=day")
    suggestion = page.context["suggestions"][0]
    assert suggestion["total"] == 1
    assert "pay=" not in suggestion["url"]
    assert "shift=day" in suggestion["url"]
    assert titles(client.get(suggestion["url"])) == ["热线客服"]


def test_paging_shows_every_posting_once(client: Client, cast: Cast) -> None:
    moment = timezone.now() - timedelta(days=1)
    for number in range(45):
        # Several share a moment: the key has to tell them apart.
        at = moment - timedelta(minutes=number // 4)
        make_open(cast, title=f"客服{number}", published_at=at)
    page = client.get("/jobs/")
    seen = titles(page)
    while page.context["page"].older:
        page = client.get(f"/jobs/{page.context['page'].older}")
        seen += titles(page)
    assert len(seen) == 45
    assert sorted(seen) == sorted(f"客服{number}" for number in range(45))
    back = client.get(f"/jobs/{page.context['page'].newer}")
    assert titles(back) == seen[20:40]


def test_a_new_posting_does_not_move_the_next_page(client: Client, cast: Cast) -> None:
    for number in range(22):
        make_open(cast, title=f"客服{number}")
    first = client.get("/jobs/")
    make_open(cast, title="刚发布的")
    second = client.get(f"/jobs/{first.context['page'].older}")
    assert not set(titles(first)) & set(titles(second))
    assert len(titles(second)) == 2


def test_the_count_is_capped(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.search.access.running.COUNT_CAP", 2)
    for _ in range(4):
        make_open(cast)
    page = client.get("/jobs/")
    assert (page.context["total"], page.context["is_capped"]) == (2, True)
    assert "2+" in page.content.decode()


def test_htmx_gets_the_results_alone(client: Client, cast: Cast) -> None:
    make_open(cast)
    fragment = client.get("/jobs/?q=客服", headers=HTMX)
    assert fragment.content.decode().lstrip().startswith("<section")
    assert "HX-Request" in fragment["Vary"]
    restored = client.get(
        "/jobs/", headers=HTMX | {"HX-History-Restore-Request": "true"}
    )
    assert "<!doctype html>" in restored.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "客服" * 5000,
        "q='; DROP TABLE jobs_postings_posting; --",
        "q=%00%01\ufeff",
        "q=a:* | !b & (c",
        "q=\\' \\\\ ''",
        "pay=lots&city=nowhere&shift=%27&education=phd&channel[]=x",
        "after=1-2-3&before=x",
        "after=99999999999999999-999999999999999999",
        "&".join(f"f{n}=1" for n in range(300)),
        "q=😀𠮷\U0010ffff",
    ],
)
def test_hostile_questions_get_a_page(client: Client, cast: Cast, query: str) -> None:
    make_open(cast)
    assert client.get(f"/jobs/?{query}").status_code == 200


def test_nothing_but_marks_finds_nothing(client: Client, cast: Cast) -> None:
    make_open(cast)
    assert client.get("/jobs/?q=。，").context["total"] == 0


def test_hostile_words_of_a_posting_are_only_words(client: Client, cast: Cast) -> None:
    make_open(cast, title="<script>alert(1)</script>客服", district="<b>x</b>")
    page = client.get("/jobs/").content.decode()
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page


def test_the_list_asks_no_query_per_card(
    client: Client, cast: Cast, django_assert_num_queries: Any
) -> None:
    make_open(cast)
    client.get("/jobs/?q=客服")
    with CaptureQueriesContext(connection) as few:
        client.get("/jobs/?q=客服")
    # Frequencies and versions are remembered; left are settings, search and cards.
    assert len(few) <= 6
    for _ in range(10):
        make_open(cast)
    with django_assert_num_queries(len(few)):
        client.get("/jobs/?q=客服")
