from __future__ import annotations

import itertools
import time
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from accounts.lib.occupations import occupation_codes
from accounts.lib.places import city_by_code, district_by_code
from jobs.paths.rules.content import load_skills, load_targets
from jobs.search.rules.lexemes import finds_nothing
from jobs.search.rules.query import Query
from jobs.search.rules.segmentation import index_words, synonyms
from jobs.search.rules.understanding.assembling import assemble
from jobs.search.rules.understanding.reading import (
    LONGEST_QUERY,
    canonical,
    text_without,
    understand,
)
from jobs.search.rules.understanding.vocabulary import fold, phrases


def facts(text: str) -> dict[str, Any]:
    """The fields that are set, without the words."""
    query = understand(text).query
    changed = {
        f.name: getattr(query, f.name)
        for f in fields(Query)
        if getattr(query, f.name) != f.default
    }
    return {k: v for k, v in changed.items() if k not in {"text", "words"}}


def first_words(text: str) -> set[str]:
    return {group[0] for group in understand(text).query.words}


SHENZHEN, SHANGHAI, BEIJING = "4403", "3101", "1101"
NANSHAN = {"city_code": SHENZHEN, "district_code": "440305"}
PHRASES: list[tuple[str, dict[str, Any]]] = [
    ("五千以上", {"lowest_pay": 5000}),
    ("5k", {"lowest_pay": 5000}),
    ("5K以上", {"lowest_pay": 5000}),
    ("6-8k", {"lowest_pay": 6000}),
    ("6k-8k", {"lowest_pay": 6000}),
    ("6000-8000", {"lowest_pay": 6000}),
    ("6000-8000元/月", {"lowest_pay": 6000}),
    ("月薪六千", {"lowest_pay": 6000}),
    ("月薪6000", {"lowest_pay": 6000}),
    ("不低于4500", {"lowest_pay": 4500}),
    ("至少五千五", {"lowest_pay": 5500}),
    ("over 6000", {"lowest_pay": 6000}),
    ("at least 5,000", {"lowest_pay": 5000}),
    ("above 7k", {"lowest_pay": 7000}),
    ("五六千", {"lowest_pay": 5000}),
    ("一万二以上", {"lowest_pay": 12000}),
    ("1.2万", {"lowest_pay": 12000}),
    ("8千起", {"lowest_pay": 8000}),
    ("薪水五千", {"lowest_pay": 5000}),
    ("工資6000以上", {"lowest_pay": 6000}),
    ("底薪4000", {"lowest_pay": 4000}),
    ("年薪12万", {"lowest_pay": 10000}),
    ("5000", {"lowest_pay": 5000}),
    ("5000块左右", {"lowest_pay": 5000}),
    ("到手5000", {"lowest_pay": 5000}),
    ("12345", {}),
    ("2026", {}),
    ("18岁", {}),
    ("20元/时", {}),
    ("200一天", {}),
    ("5000以下", {}),
    ("双休", {"weekends_off": True}),
    ("雙休", {"weekends_off": True}),
    ("週休二日", {"weekends_off": True}),
    ("做五休二", {"weekends_off": True}),
    ("周末休息", {"weekends_off": True}),
    ("weekends off", {"weekends_off": True}),
    ("白班", {"shift": "day"}),
    ("长白班", {"shift": "day"}),
    ("朝九晚五", {"shift": "day"}),
    ("day shift", {"shift": "day"}),
    ("夜班", {"shift": "night"}),
    ("大夜班", {"shift": "night"}),
    ("两班倒", {"shift": "two_shift"}),
    ("三班倒", {"shift": "rotating"}),
    ("輪班", {"shift": "rotating"}),
    ("不上夜班", {"no_night": True}),
    ("不要夜班", {"no_night": True}),
    ("没有夜班", {"no_night": True}),
    ("不熬夜", {"no_night": True}),
    ("no night shift", {"no_night": True}),
    ("高中", {"education": "high_school"}),
    ("高中学历", {"education": "high_school"}),
    ("高中學歷", {"education": "high_school"}),
    ("中专学历", {"education": "high_school"}),
    ("技校", {"education": "high_school"}),
    ("初中毕业", {"education": "junior_high"}),
    ("国中", {"education": "junior_high"}),
    ("大专", {"education": "college"}),
    ("本科", {"education": "bachelor"}),
    ("不要求学历", {"education": "none"}),
    ("学历不限", {"education": "none"}),
    ("不限學歷", {"education": "none"}),
    ("high school", {"education": "high_school"}),
    ("no degree", {"education": "none"}),
    ("高中老师", {}),
    ("本科院校", {}),
    ("文字客服", {"channel": "text"}),
    ("打字客服", {"channel": "text"}),
    ("live chat", {"channel": "text"}),
    ("接电话", {"channel": "inbound_phone"}),
    ("接電話", {"channel": "inbound_phone"}),
    ("呼入", {"channel": "inbound_phone"}),
    ("inbound", {"channel": "inbound_phone"}),
    ("外呼", {"channel": "outbound_phone"}),
    ("不打电话", {"no_phone": True}),
    ("不打電話", {"no_phone": True}),
    ("不用接电话", {"no_phone": True}),
    ("no phone", {"no_phone": True}),
    ("no calls", {"no_phone": True}),
    ("接电话 不打电话", {"channel": "inbound_phone", "no_outbound": True}),
    ("不要销售", {"no_sales": True}),
    ("不要銷售", {"no_sales": True}),
    ("非销售", {"no_sales": True}),
    ("不想做销售", {"no_sales": True}),
    ("没有业绩压力", {"no_sales": True}),
    ("no sales", {"no_sales": True}),
    ("not sales", {"no_sales": True}),
    ("除了销售", {"no_sales": True}),
    ("除了销售以外都可以", {"no_sales": True}),
    ("无外呼", {"no_outbound": True}),
    ("不外呼", {"no_outbound": True}),
    ("no cold calling", {"no_outbound": True}),
    ("非催收", {"no_collection": True}),
    ("不做催收", {"no_collection": True}),
    ("不想再做催收", {"no_collection": True}),
    ("不催債", {"no_collection": True}),
    ("no debt collection", {"no_collection": True}),
    ("不要销售和催收", {"no_sales": True, "no_collection": True}),
    (
        "不要销售、催收、夜班",
        {"no_sales": True, "no_collection": True, "no_night": True},
    ),
    ("no sales or collection", {"no_sales": True, "no_collection": True}),
    ("除了保险", {"without": ("保险",)}),
    ("除了保险销售都可以", {"without": ("保险",), "no_sales": True}),
    ("不要外包", {"without": ("外包",)}),
    ("-销售", {"no_sales": True}),
    ("无人机", {}),
    ("非洲", {}),
    ("不锈钢", {}),
    ("包住", {"lodging": True}),
    ("包吃住", {"lodging": True}),
    ("提供住宿", {"lodging": True}),
    ("供宿", {"lodging": True}),
    ("accommodation", {"lodging": True}),
    ("五险一金", {"insurance": True}),
    ("五險一金", {"insurance": True}),
    ("交社保", {"insurance": True}),
    ("无经验", {"experience": 0}),
    ("應屆", {"experience": 0}),
    ("零基础", {"experience": 0}),
    ("一年经验", {"experience": 1}),
    ("3年以上经验", {"experience": 3}),
    ("2 years experience", {"experience": 2}),
    ("no experience", {"experience": 0}),
    ("居家办公", {"remote": True}),
    ("在家上班", {"remote": True}),
    ("work from home", {"remote": True}),
    ("兼职", {"employment": "part_time"}),
    ("全職", {"employment": "full_time"}),
    ("part-time", {"employment": "part_time"}),
    ("实习", {"employment": "internship"}),
    ("最近三天", {"posted_within": 3}),
    ("3天内", {"posted_within": 3}),
    ("近一周", {"posted_within": 7}),
    ("last 3 days", {"posted_within": 3}),
    ("今天", {"posted_within": 1}),
    ("两周内", {"posted_within": 14}),
    ("上海", {"city_code": SHANGHAI}),
    ("深圳市", {"city_code": SHENZHEN}),
    ("廣州", {"city_code": "4401"}),
    ("Shenzhen", {"city_code": SHENZHEN}),
    ("南山", NANSHAN),
    ("南山区", NANSHAN),
    ("深圳南山", NANSHAN),
    ("nanshan", NANSHAN),
    ("浦东", {"city_code": SHANGHAI, "district_code": "310115"}),
    ("张江", {"city_code": SHANGHAI, "district_code": "310115"}),
    ("光谷", {"city_code": "4201", "district_code": "420111"}),
    ("望京", {"city_code": BEIJING, "district_code": "110105"}),
    ("朝阳", {"city_code": BEIJING, "district_code": "110105"}),
    ("长春朝阳", {"city_code": "2201", "district_code": "220104"}),
    ("昆山", {"city_code": "3205", "district_code": "320583"}),
    ("南京路", {}),
    ("shuangxiu", {"weekends_off": True}),
    ("bu da dianhua", {"no_phone": True}),
    (
        "不打电话 双休 南山 客服",
        {**NANSHAN, "no_phone": True, "weekends_off": True},
    ),
    (
        "我想找一个在南山的不用打电话的客服工作五千以上",
        {**NANSHAN, "no_phone": True, "lowest_pay": 5000},
    ),
]


@pytest.mark.parametrize(("text", "expected"), PHRASES)
def test_phrases_become_facts(text: str, expected: dict[str, Any]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我想找客服工作", {"客服"}),
        ("customer service", {"客服"}),
        ("文字客服", {"客服"}),
        ("kefu", {"客服"}),
        ("wenyuan", {"文员"}),
        ("data entry", {"数据录入"}),
        ("质检", {"质检"}),
        ("不加班", {"不加班"}),
        ("no overtime", {"不加班"}),
        ("高中老师", {"高中", "老师"}),
        ("工作", set()),
    ],
)
def test_the_rest_are_words(text: str, words: set[str]) -> None:
    assert first_words(text) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("夜班不要", {"no_night": True}),
        ("销售除外，催收不考虑", {"no_sales": True, "no_collection": True}),
        ("夜班不要 催收", {"no_night": True}),
        ("夜班不要求", {"shift": "night"}),
        ("不是客服", {"without": ("客服",)}),
        ("是不是客服", {}),
        ("接受夜班", {}),
        ("加班也可以", {}),
        ("夜班没问题 双休", {"weekends_off": True}),
        ("转正后6000", {"lowest_pay": 6000}),
    ],
)
def test_a_no_may_stand_behind_and_a_yes_asks_for_nothing(
    text: str, expected: dict[str, Any]
) -> None:
    query = understand(text).query
    for field in fields(Query):
        if field.name not in {"text", "words"}:
            wanted = expected.get(field.name, getattr(Query(), field.name))
            assert getattr(query, field.name) == wanted, field.name


@pytest.mark.parametrize("text", ["接受夜班", "夜班也可以", "加班可以"])
def test_a_yes_alone_finds_everything(text: str) -> None:
    assert not finds_nothing(understand(text).query)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("广东客服", "@c4403", "@c3101"),
        ("海南", "@c4601", "@c6325"),
        ("浙江省", "@c3301", "@c3101"),
        ("廣東", "@c4401", "@c1101"),
        ("guangdong", "@c4401", "@c1101"),
    ],
)
def test_a_province_means_any_of_its_cities(
    text: str, inside: str, outside: str
) -> None:
    (group,) = (g for g in understand(text).query.words if g[0].startswith("@c"))
    assert inside in group
    assert outside not in group
    assert understand(text).query.city_code == ""


def test_two_provinces_mean_either_and_a_municipality_is_a_city() -> None:
    (group,) = understand("广东、浙江").query.words
    assert {"@c4401", "@c3301"} <= set(group)
    assert understand("上海市").query.city_code == "3101"
    assert understand("重庆").query.city_code == "5001"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("总务", "admin_reception"),
        ("claims specialist", "claims_intake"),
        ("front desk and administration", "admin_reception"),
        ("branch greeter", "bank_lobby"),
    ],
)
def test_titles_of_the_path_map_are_known(typed: str, code: str) -> None:
    (piece,) = understand(typed).pieces
    assert piece.occupation == code
    (group,) = piece.words
    assert f"@k{code}" in group


def test_no_title_of_the_path_map_is_read_as_another_kind_of_work() -> None:
    claimed: dict[str, set[str]] = {}
    for code, target in load_targets(load_skills()).items():
        for texts in target.texts.values():
            for name in texts.synonyms:
                claimed.setdefault(fold(name), set()).add(code)
    wrong = [
        (name, codes, phrases()[name].occupation)
        for name, codes in claimed.items()
        if name in phrases()
        and phrases()[name].occupation
        and phrases()[name].occupation not in codes
    ]
    assert wrong == []


def test_an_occupation_is_found_by_its_words_and_by_its_code() -> None:
    (group,) = understand("质检").query.words
    assert {"质检", "录音质检", "@kquality_assurance"} <= set(group)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("客付", "客服"), ("双修", "双休"), ("质捡", "质检"), ("资询", "咨询")],
)
def test_a_slip_is_asked_about_and_not_changed(typed: str, meant: str) -> None:
    understood = understand(f"{typed} 上海")
    assert understood.guess is not None
    assert understood.guess.text == f"{meant} 上海"
    assert meant not in first_words(f"{typed} 上海")


def test_a_latin_slip_is_asked_about() -> None:
    guess = understand("customer servce").guess
    assert guess is not None
    assert guess.text == "customer service"


def test_two_values_of_one_fact_mean_either() -> None:
    query = understand("北京 上海 客服").query
    assert query.city_code == ""
    assert ("@c1101", "@c3101") in query.words


def test_collecting_never_widens_into_support() -> None:
    for word, group in synonyms().items():
        if "催" in word or word in {"贷后", "清收", "外访", "资产保全"}:
            assert not any("客服" in other or "话务" in other for other in group)


def test_every_synonym_is_one_word_of_the_index() -> None:
    lost = [word for word in synonyms() if word not in index_words(word)]
    assert lost == []


def test_data_names_only_what_exists() -> None:
    known = {f.name for f in fields(Query)}
    for piece in phrases().values():
        assert {name for name, _ in piece.facts} <= known
        assert not piece.occupation or piece.occupation in occupation_codes()


PARTS = [
    "南山", "五千以上", "双休", "白班", "高中", "不打电话", "不要销售", "包住",
    "五险一金", "无经验", "居家", "兼职", "最近三天", "质检", "customer service",
    "no collection", "kefu", "客服",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), unique=True, max_size=6))
def test_the_order_says_nothing(parts: list[str]) -> None:
    one, other = understand(" ".join(parts)), understand(" ".join(reversed(parts)))
    assert one.query == other.query


@given(st.lists(st.sampled_from(PARTS), unique=True, min_size=1, max_size=6))
def test_dropping_a_piece_leaves_the_others(parts: list[str]) -> None:
    understood = understand(" ".join(parts))
    for piece in understood.pieces:
        rest = [other for other in understood.pieces if other is not piece]
        query, _ = assemble(rest, [understood.query.text])
        assert understand(text_without(understood, piece)).query == query


@settings(max_examples=300)
@given(st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=8)), max_size=8))
def test_reading_again_changes_nothing(parts: list[str]) -> None:
    understood = understand(" ".join(parts)[:90])
    again = understand(canonical(understood))
    assert again.query == understood.query


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    understood = understand(text)
    for piece in understood.pieces:
        assert understood.text[piece.start : piece.end].strip()
        text_without(understood, piece)


@pytest.mark.parametrize("text", ["\0", "\ud800", "İ" * 50, "𠮷" * 300, "%s" * 99])
def test_odd_texts_are_read(text: str) -> None:
    understand(text)


def test_words_kept_plain_are_only_words() -> None:
    assert facts("南山 双休") == {**NANSHAN, "weekends_off": True}
    query = understand("南山 双休", plain=["南山"]).query
    assert query.city_code == ""
    assert query.weekends_off
    assert query.words == (("南山",),)


def test_a_long_text_is_cut_and_says_so() -> None:
    start = time.perf_counter()
    understood = understand("客服不要销售五千以上kefu" * 5000)
    assert time.perf_counter() - start < 1
    assert understood.is_cut
    assert len(understood.text) <= LONGEST_QUERY
    assert not understand("客服").is_cut


def test_places_exist() -> None:
    for text, expected in PHRASES:
        codes = expected.get("city_code"), expected.get("district_code")
        if codes[0]:
            assert city_by_code(codes[0]), text
        if codes[1]:
            assert district_by_code(codes[1]), text


def test_pieces_do_not_overlap() -> None:
    for one, other in itertools.pairwise(understand(" ".join(PARTS)).pieces):
        assert one.end <= other.start


@pytest.mark.parametrize(
    "text",
    ["急招客服", "客服 急", "适合女生的客服", "世纪大道地铁站 客服", "客服招聘信息"],
)
def test_what_is_said_around_a_search_is_not_asked_for(text: str) -> None:
    assert understand(text).query.words == understand("客服").query.words
