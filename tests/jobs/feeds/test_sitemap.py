from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from jobs.feeds.views import sitemap
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.client import StrictClient
from tests.config.employer_urls import CLOSED, WORK
from tests.make import make_posting

pytestmark = pytest.mark.django_db
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
# Closed to employers but open to everybody else, or without a page of their own.
NOT_PRIVATE = {"counselors", "paths", "jobs", "rights", "cohorts", "groups"}


def places(client: StrictClient, url: str) -> list[str]:
    response: Any = client.get(url)
    assert response.status_code == 200
    parts = response.streaming_content if response.streaming else [response.content]
    root = fromstring(b"".join(parts))
    return [
        str(loc.text).removeprefix("http://127.0.0.1:8000") for loc in root.iter(LOC)
    ]


def test_every_open_posting_stands_in_one_part(
    client: StrictClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "PART", 3)
    monkeypatch.setattr(sitemap, "CHUNK", 2)
    postings = [make_posting(cast.organization) for _ in range(8)]
    make_posting(cast.organization, state="paused")
    index = places(client, "/sitemap.xml")
    assert index[0] == "/sitemap-pages.xml"
    parts = [places(client, url) for url in index[1:]]
    assert all(1 <= len(part) <= 3 for part in parts)
    found = [url for part in parts for url in part]
    assert sorted(found) == sorted(f"/jobs/{p.public_id}/" for p in postings)


def test_a_part_with_nothing_open_is_neither_listed_nor_there(
    client: StrictClient, cast: Cast
) -> None:
    posting = make_posting(cast.organization, state="draft")
    assert places(client, "/sitemap.xml") == ["/sitemap-pages.xml"]
    number = (posting.pk - 1) // sitemap.PART + 1
    assert client.get(f"/sitemap-jobs-{number}.xml").status_code == 404
    assert client.get("/sitemap-jobs-0.xml").status_code == 404
    assert client.get("/sitemap-jobs-999999999999.xml").status_code == 404


def test_a_part_is_streamed_and_not_read_at_once(
    client: StrictClient, cast: Cast
) -> None:
    """The rows come through a cursor of the database, two columns of each."""
    make_posting(cast.organization)
    number = (Posting.objects.get().pk - 1) // sitemap.PART + 1
    response: Any = client.get(f"/sitemap-jobs-{number}.xml")
    assert response.streaming
    with CaptureQueriesContext(
        connection,
    ) as queries:
        first = next(iter(response.streaming_content))
    assert b"urlset" in first
    # Nothing was asked before the first line went out.
    assert len(queries) == 0


def test_the_index_asks_once_for_all_parts(client: StrictClient, cast: Cast) -> None:
    make_posting(cast.organization)
    with CaptureQueriesContext(connection) as queries:
        client.get("/sitemap.xml")
    counted = [q for q in queries if "COUNT" in q["sql"]]
    assert len(counted) == 1
    client.get("/sitemap.xml")


def test_a_part_that_is_known_is_not_sent_again(
    client: StrictClient, cast: Cast
) -> None:
    make_posting(cast.organization)
    number = (Posting.objects.get().pk - 1) // sitemap.PART + 1
    url = f"/sitemap-jobs-{number}.xml"
    etag = client.get(url)["ETag"]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
    make_posting(cast.organization)
    caches["pages"].clear()
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 200


def test_the_pages_named_are_open_to_everybody(client: StrictClient) -> None:
    pages = places(client, "/sitemap-pages.xml")
    assert {"/", "/jobs/", "/traps/"} <= set(pages)
    assert {url: client.get(url).status_code for url in pages} == dict.fromkeys(
        pages, 200
    )


def addresses(
    found: list[URLPattern | URLResolver], namespace: str = "", path: str = "/"
) -> Iterator[tuple[str, str]]:
    for pattern in found:
        here = f"{path}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (namespace, pattern.namespace)))
            yield from addresses(pattern.url_patterns, inner, here)
        elif pattern.name:
            name = f"{namespace}:{pattern.name}" if namespace else pattern.name
            yield name, here


def test_search_engines_stay_out_of_where_people_work(client: StrictClient) -> None:
    text = client.get("/robots.txt").content.decode()
    closed = re.findall(r"^Disallow: (/\S+)$", text, re.M)
    assert "Sitemap: http" in text
    open_ones = {"/", "/jobs/", "/feeds/", "/sitemap"}
    assert not any(path.startswith(rule) for rule in closed for path in open_ones)
    known = dict(addresses(get_resolver().url_patterns))
    left = {
        known[name]
        for name in WORK | CLOSED
        if name in known and not any(known[name].startswith(rule) for rule in closed)
    }
    areas = {path.split("/")[1] for path in left}
    assert areas <= NOT_PRIVATE


@pytest.mark.parametrize("is_demo", [True, False])
def test_an_invented_board_keeps_search_engines_away(
    client: StrictClient, settings: Any, is_demo: bool
) -> None:
    settings.DEMO = is_demo
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert ("Disallow: /" in lines) is is_demo
