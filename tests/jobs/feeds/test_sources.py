from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.identity.models import OutboxMessage
from jobs.feeds.fetching import Fetcher
from jobs.feeds.models import BulkRun, FeedSource
from jobs.feeds.services import sources
from jobs.feeds.services.errors import FeedError
from jobs.feeds.services.runs import prepare_waiting
from jobs.postings.models import Posting
from jobs.postings.schema_org import to_job_posting
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.feeds.make import json_data, row
from tests.make import make_posting, sign_in

pytestmark = pytest.mark.django_db
URL = "https://jobs.example.com/feed"


class Site:
    """The other side: what it says now, and how often it was asked."""

    def __init__(self, data: bytes = b"", status: int = 200) -> None:
        self.data, self.status, self.asked = data, status, 0

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        etag = f'"{hash(self.data)}"'
        if request.headers.get("if-none-match") == etag:
            return httpx.Response(304)
        return httpx.Response(self.status, content=self.data, headers={"etag": etag})

    @property
    def fetcher(self) -> Fetcher:
        return Fetcher(
            resolver=lambda _host: ["93.184.216.34"],
            transport=httpx.MockTransport(self.answer),
        )


@pytest.fixture
def source(cast: Cast) -> FeedSource:
    return sources.add_source(
        organization=cast.organization, actor=cast.employer, url=URL
    )


def read(site: Site, *, days: int = 0) -> None:
    moment = timezone.now() + timedelta(days=days, minutes=1)
    with time_machine.travel(moment, tick=False):
        sources.read_due(now=moment, fetcher=site.fetcher)
        prepare_waiting(seconds=60)


def test_a_feed_becomes_drafts_of_whoever_added_it(
    cast: Cast, source: FeedSource
) -> None:
    site = Site(json_data([row(1), row(2)]))
    read(site)
    postings = Posting.objects.all()
    assert {(p.state, p.organization, p.created_by) for p in postings} == {
        ("draft", cast.organization, cast.employer)
    }
    source.refresh_from_db()
    assert (source.result, source.failures) == ("read", 0)
    assert BulkRun.objects.get().source == source


def test_it_is_read_once_a_day(source: FeedSource) -> None:
    site = Site(json_data([row(1)]))
    for _ in range(3):
        read(site)
    assert site.asked == 1
    read(site, days=1)
    assert site.asked == 2


def test_what_did_not_change_makes_no_run(source: FeedSource) -> None:
    site = Site(json_data([row(1)]))
    read(site)
    read(site, days=1)
    source.refresh_from_db()
    assert source.result == "unchanged"
    assert BulkRun.objects.count() == 1
    # Also where the other side knows no ETag.
    FeedSource.objects.update(etag="")
    read(site, days=3)
    assert BulkRun.objects.count() == 1


def test_a_new_and_a_changed_posting_come_through(source: FeedSource) -> None:
    site = Site(json_data([row(1)]))
    read(site)
    site.data = json_data([row(1, headcount="9"), row(2)])
    read(site, days=1)
    assert set(Posting.objects.values_list("headcount", flat=True)) == {3, 9}


def test_our_own_feed_can_be_read(cast: Cast, source: FeedSource) -> None:
    """What one board passes on another takes in: the same words and figures."""
    posting = make_posting(cast.other_organization)
    data = to_job_posting(posting, url="https://other.example/1")
    assert data is not None
    read(Site(json_data([data])))
    made = Posting.objects.get(organization=cast.organization)
    for name in ("title", "responsibilities", "qualifications", "pay_min", "pay_max"):
        assert getattr(made, name) == getattr(posting, name)
    assert (made.city_code, made.district) == (posting.city_code, posting.district)


def test_xml_of_job_sites_is_read(source: FeedSource) -> None:
    job = (
        "<job><title><![CDATA[在线客服]]></title><referencenumber>R1</referencenumber>"
    )
    rest = (
        "<city>广州</city><description><![CDATA[<p>回复客户咨询，记录问题。</p>]]>"
        "</description><salary>5000-6000元/月</salary><jobtype>fulltime</jobtype></job>"
    )
    xml = f'<?xml version="1.0" encoding="GB2312"?><source>{job}{rest}</source>'
    read(Site(xml.encode("gb18030")))
    posting = Posting.objects.get()
    assert (posting.title, posting.city_code) == ("在线客服", "4401")
    assert (posting.pay_min, posting.pay_max) == (5000, 6000)


def test_after_five_failures_it_rests_and_one_message_says_so(
    cast: Cast, source: FeedSource
) -> None:
    site = Site(status=500)
    for day in range(7):
        read(site, days=day * 2)
    source.refresh_from_db()
    assert (source.state, source.failures, site.asked) == ("paused", 5, 5)
    message = OutboxMessage.objects.get(template="feeds/paused")
    assert message.user == cast.employer
    assert str(source.public_id) in message.body


def test_a_failure_in_between_is_forgotten(source: FeedSource) -> None:
    site = Site(status=500)
    for day in range(4):
        read(site, days=day * 2)
    site.status, site.data = 200, json_data([row(1)])
    read(site, days=10)
    source.refresh_from_db()
    assert (source.state, source.failures) == ("active", 0)


@pytest.mark.parametrize(
    ("data", "result"),
    [
        (b"hello", "no_feed"),
        (b"<a>", "not_xml"),
        (b"[", "not_json"),
        (b"[]", "no_rows"),
        (b"<!DOCTYPE a><a><job><b/></job></a>", "dtd"),
    ],
)
def test_what_is_no_feed_says_why(source: FeedSource, data: bytes, result: str) -> None:
    read(Site(data))
    source.refresh_from_db()
    assert (source.result, source.failures) == (result, 1)
    assert BulkRun.objects.count() == 0


def test_a_stopped_feed_is_not_read(cast: Cast, source: FeedSource) -> None:
    sources.stop_source(source=source, actor=cast.employer)
    site = Site(json_data([row(1)]))
    read(site, days=3)
    assert site.asked == 0
    with pytest.raises(FeedError):
        sources.read_again(source=source, actor=cast.employer)
    again = sources.add_source(
        organization=cast.organization, actor=cast.employer, url=URL
    )
    assert again.pk != source.pk


def test_reading_now_wakes_a_paused_one_but_not_every_minute(
    cast: Cast, source: FeedSource
) -> None:
    FeedSource.objects.update(
        state="paused", failures=5, tried_at=timezone.now() - timedelta(hours=1)
    )
    sources.read_again(source=source, actor=cast.employer)
    site = Site(json_data([row(1)]))
    read(site)
    assert site.asked == 1
    with pytest.raises(FeedError) as error:
        sources.read_again(source=source, actor=cast.employer)
    assert error.value.code == "too_soon"


def test_five_addresses_are_enough_and_none_twice(cast: Cast) -> None:
    kwargs: dict[str, Any] = {"organization": cast.organization, "actor": cast.employer}
    for number in range(sources.MOST_SOURCES):
        sources.add_source(url=f"{URL}/{number}", **kwargs)
    with pytest.raises(FeedError) as error:
        sources.add_source(url=f"{URL}/9", **kwargs)
    assert error.value.code == "too_many_sources"
    sources.stop_source(source=FeedSource.objects.all()[0], actor=cast.employer)
    with pytest.raises(FeedError) as twice:
        sources.add_source(
            url=FeedSource.objects.filter(state="active")[0].url, **kwargs
        )
    assert twice.value.code == "source_known"


def test_drafts_go_to_an_administrator_when_who_added_it_has_left(
    cast: Cast, source: FeedSource
) -> None:
    FeedSource.objects.update(created_by=None)
    read(Site(json_data([row(1)])))
    assert Posting.objects.get().created_by == cast.employer


def test_the_page_says_how_it_stands(
    client: StrictClient, cast: Cast, source: FeedSource
) -> None:
    sign_in(client, cast.employer)
    read(Site(status=404))
    page = client.get(reverse("feeds:source", args=[source.public_id]))
    assert "这个地址里已经没有内容" in page.content.decode()
    assert "1 / 5" in page.content.decode()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://jobs.example.com/", "https://"),
        ("https://localhost/feed", "域名"),
        ("https://169.254.169.254/latest", "域名"),
        ("", "请"),
    ],
)
def test_a_wrong_address_is_answered_and_stays_in_the_field(
    client: StrictClient, cast: Cast, url: str, words: str
) -> None:
    sign_in(client, cast.employer)
    page = client.post(reverse("feeds:sources"), {"url": url})
    assert page.status_code == 422
    text = page.content.decode()
    assert words in text
    assert f'value="{url}"' in text or not url
    assert FeedSource.objects.count() == 0


def test_an_address_is_added_and_stopped_by_hand(
    client: StrictClient, cast: Cast
) -> None:
    sign_in(client, cast.employer)
    client.post(reverse("feeds:sources"), {"url": f" {URL} "})
    source = FeedSource.objects.get()
    assert (source.url, source.created_by) == (URL, cast.employer)
    client.post(reverse("feeds:stop", args=[source.public_id]))
    source.refresh_from_db()
    assert source.state == "stopped"


def test_one_feed_that_breaks_us_holds_up_no_other(
    cast: Cast, source: FeedSource
) -> None:
    other = sources.add_source(
        organization=cast.other_organization, actor=cast.other_employer, url=URL
    )
    site = Site(json_data([row(1)]))

    def answer(request: httpx.Request) -> httpx.Response:
        if site.asked == 0:
            site.asked += 1
            raise ZeroDivisionError
        return site.answer(request)

    fetcher = Fetcher(
        resolver=lambda _host: ["93.184.216.34"],
        transport=httpx.MockTransport(answer),
    )
    sources.read_due(now=timezone.now(), fetcher=fetcher)
    results = {row.pk: row.result for row in FeedSource.objects.all()}
    assert results == {source.pk: "unreadable", other.pk: "read"}
