"""A saved search finds of new postings what its results page would show of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies as st

from accounts.identity.models import User
from jobs.alerts.forms import address_of, form_at, wanted_at
from jobs.alerts.models import SavedSearch
from jobs.alerts.rules.queries import (
    QUERY_VERSION,
    asks_for_something,
    from_json,
    to_json,
)
from jobs.alerts.services.anchors import write_anchors
from jobs.alerts.services.percolation import matches_for
from jobs.postings.models import Posting
from jobs.search.access import results
from jobs.search.rules.query import Query
from jobs.search.services.entries import index_postings
from tests.cast import Cast
from tests.make import make_posting

# Facts, words, what is not wanted, other spellings, other scripts, marks and nonsense.
SAID = (
    *("客服", "热线", "在线客服", "贷后", "质检", "文员", "仓库", "kefu", "kefuu"),
    *("南山", "深圳", "上海", "浦东", "深圳 广州", "北京朝阳", "Shenzhen"),
    *("5000", "六千以上", "6-8k", "月薪4000", "不低于4500"),
    *("双休", "雙休", "白班", "夜班", "不上夜班", "包住", "五险一金", "在家办公"),
    *("不打电话", "不要销售", "不要催收", "no sales", "除了保险", "没有外呼", "-仓库"),
    *("大专", "学历不限", "初中毕业", "三年经验", "最近3天", "全职", "接电话"),
    *("工作", "想找一份", "！！！", "@", "'", "|", "& !", "\\", "客服 & !热线"),
)
FILTERS = {
    "city": ["3101", "4403", "9999"],
    "district": ["440305", "310115"],
    "pay": ["3000", "5000", "8000"],
    "education": ["junior_high", "college"],
    "shift": ["day", "night"],
    "channel": ["text", "inbound_phone"],
    "employment": ["full_time", "part_time"],
    "occupation": ["inbound_hotline", "online_chat"],
    "posted": ["1", "7"],
    "sort": ["newest", "nearest", "pay"],
    **{
        key: ["on"]
        for key in ("weekends", "no_phone", "no_sales", "no_night", "remote")
    },
}
PLACES = (
    ("3101", "浦东新区"),
    ("4403", "南山区"),
    ("4401", "天河区"),
    ("1101", "朝阳区"),
)
TEXTS = (
    ("热线客服", "接听用户来电，记录问题。双休，五险一金，包住。"),
    ("在线客服（不打电话）", "打字回复用户，早晚班轮换。"),
    ("贷后服务专员", "提醒还款日，协商分期，不做外呼催收。"),
    ("仓库文员", "理货，录入单据。"),
    ("保险电话销售", "外呼推荐产品，底薪加提成。"),
    ("质检专员", "听录音，给坐席打分，每周双休。"),
)


def every_posting(cast: Cast) -> list[Posting]:
    """All pairs of a place and a text, their facts changing from one to the next."""
    made = []
    for number, (title, text) in enumerate(TEXTS * len(PLACES)):
        city, district = PLACES[number // len(TEXTS)]
        made.append(
            make_posting(
                cast.organization,
                title=title,
                responsibilities=text,
                city_code=city,
                district=district,
                pay_min=(None, 3500, 4500, 5000, 6500, 9000)[number % 6],
                pay_max=12000,
                education=("none", "junior_high", "college")[number % 3],
                experience_years=(0, 1, 3, 5)[number % 4],
                shift=("day", "night", "two_shift")[number // 2 % 3],
                rest=("double", "single")[number // 3 % 2],
                channel=("text", "inbound_phone", "outbound_phone")[number % 3],
                role=("support", "collection", "outbound-sales")[number % 3],
                employment_type=("full_time", "part_time")[number % 2],
                occupation=("inbound_hotline", "online_chat")[number % 2],
                published_at=timezone.now() - timedelta(days=number % 5, hours=1),
            )
        )
    index_postings(list(Posting.objects.select_related("organization")))
    return made


def shown(query: Query) -> set[int]:
    page = results(query, after="", before="", size=100).page
    return {posting.pk for posting in page.rows}


def addresses() -> st.SearchStrategy[str]:
    words = st.lists(st.sampled_from(SAID), max_size=4)
    marks = st.sampled_from([" ", "", "，", "；"])
    typed = st.builds(lambda said, mark: mark.join(said), words, marks)
    chosen = st.lists(st.sampled_from(list(FILTERS)), max_size=3, unique=True)
    picked = chosen.flatmap(
        lambda names: st.fixed_dictionaries(
            {name: st.sampled_from(FILTERS[name]) for name in names}
        )
    )
    return st.builds(lambda q, more: urlencode({"q": q, **more}), typed, picked)


@pytest.fixture
def postings(cast: Cast) -> list[Posting]:
    return every_posting(cast)


@pytest.fixture
def search(cast: Cast) -> SavedSearch:
    return SavedSearch(user=User.objects.get(pk=cast.seeker.user.pk), slot=1, name="1")


def found(search: SavedSearch, query: Query, postings: Sequence[Posting]) -> set[int]:
    search.query, search.query_version = to_json(query), QUERY_VERSION
    search.save()
    write_anchors([search])
    keys = [posting.pk for posting in postings]
    pairs = matches_for(keys, now=timezone.now())
    # One by one as well: a batch is planned in another way.
    alone = {
        pair for key in keys[:3] for pair in matches_for([key], now=timezone.now())
    }
    assert alone == {pair for pair in pairs if pair[1] in keys[:3]}
    return {posting for _search, posting in pairs}


@given(address=addresses())
@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_saved_search_finds_what_its_page_shows(
    postings: list[Posting], search: SavedSearch, address: str
) -> None:
    form = form_at(QueryDict(address))
    query = form.wanted()
    if asks_for_something(query):
        assert found(search, query, postings) == shown(query)
        kept = from_json(to_json(query), QUERY_VERSION)
        assert kept == query
    assert wanted_at(address_of(form)) == query


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("双休 南山 客服", "在线客服（不打电话）"),
        ("深圳 广州 客服", "热线客服"),
        ("kefu", "热线客服"),
        ("不打电话 文员", "仓库文员"),
        ("仓库 -客服", "仓库文员"),
        ("坐席", "质检专员"),
    ],
)
def test_what_somebody_typed_finds_something(
    postings: list[Posting], search: SavedSearch, typed: str, title: str
) -> None:
    """So that the property above cannot hold by finding nothing at all."""
    query = wanted_at(urlencode({"q": typed}))
    pairs = found(search, query, postings)
    assert title in {posting.title for posting in postings if posting.pk in pairs}
    assert len(pairs) < len(postings)
    assert pairs == shown(query)
