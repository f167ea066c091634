from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import jsonschema
import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jobs.feeds.views import public
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.screening.services.sanctions import impose_sanction
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.feeds.test_schema_org import SCHEMA
from tests.make import make_organization, make_posting

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
FEEDS = (
    "/feeds/jobs.rss",
    "/feeds/jobs.atom",
    "/feeds/postings.json",
    "/feeds/postings.xml",
)


def read(client: StrictClient, url: str, **headers: str) -> Any:
    caches["pages"].clear()
    return client.get(url, headers=headers)


def body(client: StrictClient, url: str) -> str:
    response = read(client, url)
    assert response.status_code == 200
    if response.streaming:
        return b"".join(response.streaming_content).decode()
    return str(response.content.decode())


def everywhere(client: StrictClient, posting: Posting) -> set[str]:
    """Where a posting stands for other sites to read."""
    part = f"/sitemap-jobs-{(posting.pk - 1) // 50_000 + 1}.xml"
    caches["pages"].clear()
    has_part = client.get(part).status_code == 200
    urls = [*FEEDS, *([part] if has_part else [])]
    found = {url for url in urls if str(posting.public_id) in body(client, url)}
    page = client.get(f"/jobs/{posting.public_id}/")
    if LD.search(page.content.decode()):
        found.add("json-ld")
    return found


def test_an_open_posting_is_passed_on_everywhere(
    client: StrictClient, cast: Cast
) -> None:
    posting = make_posting(cast.organization)
    part = f"/sitemap-jobs-{(posting.pk - 1) // 50_000 + 1}.xml"
    assert everywhere(client, posting) == {*FEEDS, part, "json-ld"}


@pytest.mark.parametrize("state", [s for s in PostingState if s != "published"])
def test_no_other_state_is_passed_on(
    client: StrictClient, cast: Cast, state: str
) -> None:
    moment = timezone.now()
    posting = make_posting(
        cast.organization,
        state=state,
        date_posted=moment.date(),
        published_at=moment,
        valid_through=moment + timedelta(days=9),
    )
    assert everywhere(client, posting) == set()


def test_nothing_past_its_last_day_is_passed_on(
    client: StrictClient, cast: Cast
) -> None:
    """Although the task that marks it as expired has not run yet."""
    posting = make_posting(
        cast.organization, valid_through=timezone.now() - timedelta(seconds=1)
    )
    assert everywhere(client, posting) == set()


def test_nobody_unchecked_is_passed_on(client: StrictClient, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    cast.organization.verification_expires_at = timezone.now() - timedelta(days=1)
    cast.organization.save()
    assert everywhere(client, posting) == set()


@pytest.mark.parametrize("is_whole", [True, False])
def test_nothing_under_a_measure_is_passed_on(
    client: StrictClient, cast: Cast, is_whole: bool
) -> None:
    """Even while the posting itself still says that it is open."""
    posting = make_posting(cast.organization)
    impose_sanction(
        kind="paused",
        organization=cast.organization,
        posting=None if is_whole else posting,
        actor=None,
        basis=["fee"],
        note="应聘不能收钱。",
    )
    Posting.objects.update(state="published")
    found = everywhere(client, posting)
    assert found - {"json-ld"} == set()


def test_a_repost_names_its_source(client: StrictClient) -> None:
    Posting.objects.create(
        title="在线客服",
        responsibilities="回复咨询，电话13812345678",
        organization_name="远帆客服",
        source_name="晨报招聘",
        source_id="1",
        source_url="https://board.example/1",
        city_code="3101",
        state="published",
        published_at=timezone.now(),
        date_posted=timezone.now().date(),
        valid_through=timezone.now() + timedelta(days=5),
    )
    for url in ("/feeds/jobs.rss", "/feeds/jobs.atom", "/feeds/postings.xml"):
        text = body(client, url)
        assert "晨报招聘" in text
        assert "13812345678" not in text
    assert "https://board.example/1" in body(client, "/feeds/postings.json")


def test_rss_and_atom_are_well_formed_and_newest_first(
    client: StrictClient, cast: Cast
) -> None:
    moment = timezone.now()
    for age, title in ((2, "老职位\x0b<&>"), (1, "新职位")):
        make_posting(
            cast.organization, title=title, published_at=moment - timedelta(days=age)
        )
    rss = fromstring(body(client, "/feeds/jobs.rss"))
    titles = [item.findtext("title", "") for item in rss.iter("item")]
    assert [title.partition(" · ")[0] for title in titles] == ["新职位", "老职位 <&>"]
    atom = fromstring(body(client, "/feeds/jobs.atom"))
    entries = list(atom.iter(f"{ATOM}entry"))
    assert len(entries) == 2
    assert all(entry.findtext(f"{ATOM}updated") for entry in entries)
    assert entries[0].findtext(f"{ATOM}id", "").startswith("http")


@pytest.mark.parametrize("url", FEEDS)
def test_filters_leave_out_everything_else(
    client: StrictClient, cast: Cast, url: str
) -> None:
    here = make_posting(cast.organization)
    there = make_posting(cast.organization, city_code="4401", district="", role="other")
    for query in ("city=3101", "role=support", "city=3101&role=support"):
        text = body(client, f"{url}?{query}")
        assert str(here.public_id) in text
        assert str(there.public_id) not in text


@pytest.mark.parametrize(
    "query", ["city=9999", "role=boss", "occupation=pirate", "lang=xx", "city=上海"]
)
@pytest.mark.parametrize("url", FEEDS)
def test_an_unknown_filter_is_refused_in_words(
    client: StrictClient, url: str, query: str
) -> None:
    response = read(client, f"{url}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("language", "word"),
    [("zh-hans", "元/月"), ("zh-hant", "元/月"), ("en", "a month")],
)
def test_the_language_is_the_one_asked_for(
    client: StrictClient, cast: Cast, language: str, word: str
) -> None:
    make_posting(cast.organization)
    client.cookies["django_language"] = "zh-hans"
    text = body(client, f"/feeds/jobs.rss?lang={language}")
    assert word in text
    assert f"<language>{language}</language>" in text


@pytest.mark.parametrize("url", FEEDS)
def test_who_has_it_already_gets_nothing_again(
    client: StrictClient, cast: Cast, url: str
) -> None:
    make_posting(cast.organization)
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first["ETag"]})
    dated = client.get(url, headers={"If-Modified-Since": first["Last-Modified"]})
    assert (again.status_code, dated.status_code) == (304, 304)
    assert "max-age" in first["Cache-Control"]


def test_what_left_a_feed_is_news_as_well(client: StrictClient, cast: Cast) -> None:
    """By the clock alone: whoever asks by date must learn that a posting has ended."""
    moment = timezone.now()
    with time_machine.travel(moment, tick=False):
        make_posting(cast.organization, valid_through=moment + timedelta(hours=1))
        first = client.get("/feeds/jobs.rss")
    later = moment + timedelta(hours=2)
    with time_machine.travel(later, tick=False):
        seen = client.get(
            "/feeds/jobs.rss", headers={"If-Modified-Since": first["Last-Modified"]}
        )
    assert seen.status_code == 200
    assert b"<item>" not in seen.content


def test_pages_of_a_feed_hold_every_posting_once(
    client: StrictClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public, "PAGE_SIZE", 2)
    made = {str(make_posting(cast.organization).public_id) for _ in range(5)}
    for kind in ("json", "xml"):
        seen: list[str] = []
        url = f"/feeds/postings.{kind}"
        while url:
            text = body(client, url)
            seen += _ids(text, kind)
            url = _next(text, kind).removeprefix("http://127.0.0.1:8000")
        assert sorted(seen) == sorted(made)


def _ids(text: str, kind: str) -> list[str]:
    if kind == "json":
        items = json.loads(text)["itemListElement"]
        return [item["identifier"]["value"] for item in items]
    return [str(part.text) for part in fromstring(text).iter("referencenumber")]


def _next(text: str, kind: str) -> str:
    if kind == "json":
        return str(json.loads(text).get("next_url", ""))
    return str(fromstring(text).findtext("next", ""))


def test_the_xml_speaks_as_job_sites_do(client: StrictClient, cast: Cast) -> None:
    posting = make_posting(cast.organization, education="college", experience_years=2)
    root = fromstring(body(client, "/feeds/postings.xml"))
    assert [part.tag for part in root][:3] == [
        "publisher",
        "publisherurl",
        "lastBuildDate",
    ]
    job = root.find("job")
    assert isinstance(job, Element)
    said = {part.tag: part.text for part in job}
    assert said["referencenumber"] == str(posting.public_id)
    assert (said["city"], said["country"]) == ("上海", "CN")
    assert (said["salary"], said["jobtype"]) == ("5000-6500元/月", "FULL_TIME")
    assert "<p>" in str(said["description"])


def test_an_organisation_s_feed_holds_its_own(client: StrictClient, cast: Cast) -> None:
    mine = make_posting(cast.organization)
    other = make_posting(cast.other_organization)
    for kind in ("json", "xml"):
        url = f"/feeds/organizations/{cast.organization.public_id}/postings.{kind}"
        text = body(client, url)
        assert str(mine.public_id) in text
        assert str(other.public_id) not in text


def test_an_unchecked_organisation_has_none(client: StrictClient) -> None:
    unchecked = make_organization(verified=False)
    absent = "00000000-0000-4000-8000-000000000000"
    answers = [
        read(client, f"/feeds/organizations/{key}/postings.json")
        for key in (unchecked.public_id, absent)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_the_page_s_data_says_what_google_asks_for(
    client: StrictClient, cast: Cast
) -> None:
    posting = make_posting(cast.organization, title="客服</script><b>")
    page = client.get(f"/jobs/{posting.public_id}/").content.decode()
    (text,) = LD.findall(page)
    data = json.loads(text)
    assert data["title"] == "客服</script><b>"
    jsonschema.validate(data | {"title": "客服"}, SCHEMA)
    assert data["url"].endswith(f"/jobs/{posting.public_id}/")


def test_the_feed_of_json_is_all_valid(client: StrictClient, cast: Cast) -> None:
    for fields in ({}, {"education": "master"}, {"pay_min": None}, {"city_code": ""}):
        make_posting(cast.organization, **fields)
    items = json.loads(body(client, "/feeds/postings.json"))["itemListElement"]
    # The one that says no place is on the board, but no JobPosting.
    assert len(items) == 3
    for item in items:
        jsonschema.validate(item, SCHEMA)


@pytest.mark.parametrize("url", ["/", "/jobs/"])
def test_lists_name_their_feeds(client: StrictClient, url: str) -> None:
    page = client.get(url).content.decode()
    for kind in ("rss", "atom"):
        found = re.search(
            rf'<link rel="alternate"[^>]*{kind}\+xml[^>]*href="([^"]+)"', page
        )
        assert found is not None
        assert read(client, found[1]).status_code == 200


@pytest.mark.parametrize("url", ["/feeds/jobs.txt", "/feeds/postings.rss"])
def test_other_kinds_are_not_there(client: StrictClient, url: str) -> None:
    assert read(client, url).status_code == 404


def test_what_means_nothing_makes_no_other_page(
    client: StrictClient, cast: Cast
) -> None:
    """Junk in the address fills no memory and changes no word of the feed."""
    make_posting(cast.organization)
    first = client.get("/feeds/jobs.rss")
    with CaptureQueriesContext(connection) as queries:
        again = client.get("/feeds/jobs.rss?utm_source=x&city=")
    assert again.content == first.content
    assert [q for q in queries if "jobs_postings_posting" in q["sql"]] == []


def test_large_pages_are_not_kept_for_every_filter(
    client: StrictClient, cast: Cast
) -> None:
    make_posting(cast.organization)
    for url, is_kept in (
        ("/feeds/postings.json", True),
        ("/feeds/postings.json?city=3101", False),
        (f"/feeds/organizations/{cast.organization.public_id}/postings.json", False),
    ):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        asked = [q for q in queries if "jobs_postings_posting" in q["sql"]]
        assert (asked == []) is is_kept
