from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.lib.dates import today
from jobs.postings.models import Posting
from jobs.search import forms
from jobs.search.services import index_postings
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.make import make_posting, sign_in

HTMX = {"HX-Request": "true"}


def make_open(cast: Cast, **fields: Any) -> Posting:
    posting = make_posting(cast.organization, **fields)
    index_postings([posting])
    return posting


def titles(page: Any) -> list[str]:
    return [row.title for row in page.context["page"].rows]


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


def test_a_kind_of_work_can_be_asked_for(client: Client, cast: Cast) -> None:
    make_open(cast, title="打字客服甲", occupation="online_chat")
    make_open(cast, title="接线员乙", occupation="inbound_hotline")
    text = client.get("/jobs/?occupation=online_chat").content.decode()
    assert "打字客服甲" in text
    assert "接线员乙" not in text
    assert "在线文字客服" in text


def test_free_text_becomes_chips(client: Client, cast: Cast) -> None:
    make_open(cast, title="文字客服", channel="text", rest="double", pay_min=6000)
    make_open(cast, title="热线客服", channel="inbound_phone", rest="double")
    page = client.get("/jobs/?q=不打电话 双休 客服 上海")
    assert titles(page) == ["文字客服"]
    assert [chip.text for chip in page.context["active"]] == [
        "不打电话、不接电话",
        "每周休两天",
        "上海",
        "客服",
    ]


def test_dropping_a_chip_drops_its_words(client: Client, cast: Cast) -> None:
    make_open(cast, title="热线客服", channel="inbound_phone")
    page = client.get("/jobs/?q=不打电话 客服")
    assert titles(page) == []
    again = client.get(page.context["active"][0].url)
    assert titles(again) == ["热线客服"]
    assert titles(client.get(page.context["suggestions"][0]["url"])) == ["热线客服"]


def test_where_dropping_one_is_not_enough_each_is_offered_alone(
    client: Client, cast: Cast
) -> None:
    make_open(cast, title="热线客服", channel="inbound_phone", rest="single")
    page = client.get("/jobs/?q=不打电话 双休 客服&education=high_school")
    assert titles(page) == []
    (only,) = [s for s in page.context["suggestions"] if s["words"] == "客服"]
    assert (only["shown"], only["is_alone"]) == ("1", True)
    assert "只看“客服”：1 个职位" in page.content.decode()
    assert titles(client.get(only["url"])) == ["热线客服"]
    filters = [s for s in page.context["suggestions"] if "education" in s["url"]]
    assert [titles(client.get(s["url"])) for s in filters] == [["热线客服"]]


def test_a_piece_can_be_taken_as_plain_words(client: Client, cast: Cast) -> None:
    make_open(cast, title="南山书店店员")
    page = client.get("/jobs/?q=南山")
    assert titles(page) == []
    again = client.get(page.context["active"][0].plain_url)
    assert titles(again) == ["南山书店店员"]


def test_a_filter_goes_before_what_the_words_say(client: Client, cast: Cast) -> None:
    make_open(cast, title="上海的")
    page = client.get("/jobs/?q=南山&city=3101")
    assert titles(page) == ["上海的"]


def test_a_chosen_city_goes_before_a_province_in_words(
    client: Client, cast: Cast
) -> None:
    make_open(cast, title="上海的", city_code="3101")
    make_open(cast, title="深圳的", city_code="4403", district="")
    assert titles(client.get("/jobs/?q=广东")) == ["深圳的"]
    assert titles(client.get("/jobs/?q=广东&city=3101")) == ["上海的"]
    assert client.get("/jobs/?q=广东").context["active"][0].text == "广东"


def test_a_slip_is_offered_put_right(client: Client, cast: Cast) -> None:
    make_open(cast, title="客服")
    page = client.get("/jobs/?q=客付")
    assert titles(page) == []
    assert titles(client.get(page.context["guess"]["url"])) == ["客服"]


def test_words_asked_for_stand_out_and_stay_safe(client: Client, cast: Cast) -> None:
    make_open(cast, title="<b>客服</b>")
    page = client.get("/jobs/?q=客服").content.decode()
    assert "&lt;b&gt;<mark>客服</mark>&lt;/b&gt;" in page


def test_choices_say_how_many_they_hold(client: Client, cast: Cast) -> None:
    make_open(cast, shift="day")
    make_open(cast, shift="day")
    make_open(cast, shift="night")
    page = client.get("/jobs/?shift=night").content.decode()
    assert '<option value="day">白班（2）</option>' in page
    assert '<option value="night" selected>夜班（1）</option>' in page
    assert 'value="rotating"' not in page


def test_what_was_asked_stands_in_the_form(client: Client, cast: Cast) -> None:
    make_open(cast)
    asked = {"q": '"客服" <b>', "no_sales": "on", "sort": "pay", "plain": "<i>"}
    page = client.get("/jobs/", asked).content.decode()
    assert 'value="&quot;客服&quot; &lt;b&gt;"' in page
    assert 'name="no_sales" form="search" id="id_no_sales" checked>' in page
    assert 'name="no_night" form="search" id="id_no_night">' in page
    assert '<input type="hidden" name="sort" value="pay" form="search"' in page
    assert '<input type="hidden" name="plain" value="&lt;i&gt;" form="search">' in page
    assert "<b>" not in page


def test_a_long_search_says_that_it_was_cut(client: Client, cast: Cast) -> None:
    page = client.get("/jobs/?q=" + "客服" * 5000)
    assert page.context["is_cut"]
    # What was typed stands in its field, once; no link carries all of it on.
    assert len(page.content) < 150_000
    assert page.content.decode().count("客服" * 5000) == 1
    shorter = client.get(page.context["sorts"][1]["url"])
    assert not shorter.context["is_cut"]
    assert shorter.context["query"].words == page.context["query"].words


def test_seekers_see_where_they_applied(cast: Cast, client: Client) -> None:
    posting = make_open(cast)
    make_application(cast.seeker, posting)
    sign_in(client, cast.seeker.user)
    marks = client.get("/jobs/").context["cards"][0].badges
    assert marks[0].text == "你投递了"
    sign_in(client, cast.other_seeker.user)
    marks = client.get("/jobs/").context["cards"][0].badges
    assert all(mark.text != "你投递了" for mark in marks)


def test_a_line_says_what_holds_now(client: Client, cast: Cast) -> None:
    """Lines are remembered as drawn: only for the same row, words, language and day."""
    posting = make_open(cast, title="在线客服", shift="day", date_posted=today())
    first = client.get("/jobs/?q=客服").content.decode()
    assert "在线<mark>客服</mark>" in first
    assert "<mark>" not in client.get("/jobs/").content.decode()
    assert "<mark>在线客服</mark>" in client.get("/jobs/?q=在线客服").content.decode()
    client.cookies["django_language"] = "en"
    assert "Day shift" in client.get("/jobs/?q=客服").content.decode()
    del client.cookies["django_language"]
    posting.title = "晚间客服"
    posting.save()
    cast.organization.display_name = "换了名字"
    cast.organization.save()
    second = client.get("/jobs/?q=客服").content.decode()
    assert "晚间<mark>客服</mark>" in second
    assert "换了名字" in second
    assert 'class="when">今天<' in second
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert 'class="when">昨天<' in client.get("/jobs/?q=客服").content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_every_kind_of_piece_has_words(
    client: Client, cast: Cast, language: str
) -> None:
    client.cookies["django_language"] = language
    asked = (
        "南山 五千以上 不打电话 不要销售、外包 高中 无经验 兼职 最近三天 质检 包住 居家"
    )
    page = client.get(f"/jobs/?q={asked}")
    words = [chip.text for chip in page.context["active"]]
    assert all(words)
    assert not any("_" in word for word in words)


def test_a_city_without_postings_can_be_chosen_and_none_that_was_made_up(
    client: Client, cast: Cast
) -> None:
    make_open(cast, title="客服", city_code="3101")
    page = client.get("/jobs/?city=4403").content.decode()
    assert 'value="4403" selected>' in page
    remembered = forms._city_names.cache_info().currsize
    for made_up in range(30):
        page = client.get("/jobs/", {"city": f"made up {made_up}"}).content.decode()
        assert "made up" not in page.split('id="id_city"')[1].split("</select>")[0]
    # What anybody can write into an address is no reason to remember hundreds of names.
    assert forms._city_names.cache_info().currsize <= remembered + 1
