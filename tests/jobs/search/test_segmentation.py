from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from jobs.search.rules.segmentation import (
    domain_words,
    fewest,
    index_words,
    query_words,
    synonyms,
)


def test_words_of_the_trade_stay_whole() -> None:
    cut = {word: query_words(word, limit=99) for word in domain_words()}
    assert {word: found for word, found in cut.items() if found != [word]} == {}


def test_a_long_word_is_found_by_the_short_ones_inside() -> None:
    assert {"客服", "在线客服"} <= set(index_words("在线客服"))


@pytest.mark.parametrize("text", ["線上客服", "在线客服", "在線客服", "在 线 客 服"])
def test_the_cut_never_fails(text: str) -> None:
    assert query_words(text)


def test_other_writings_are_the_same_words() -> None:
    assert query_words("催收 ＱＡ") == query_words("催收 qa")
    assert query_words("質檢員") == query_words("质检员")


def test_little_words_and_marks_are_left_out() -> None:
    assert query_words("的,。!  ") == []


def test_a_query_has_an_end() -> None:
    assert len(query_words("客服 银行 上海 " * 500)) <= 12
    assert (
        len(query_words("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏" * 200)) == 12
    )


def test_characters_that_are_no_word_are_asked_for_in_pairs() -> None:
    assert query_words("安博富客服") == ["安博", "博富", "客服"]
    assert {"安", "博", "富", "安博", "博富"} <= set(index_words("上海安博富资产"))
    # They stood apart, or what stands between them counts for nothing.
    assert query_words("安 博") == query_words("安的博") == ["安", "博"]
    assert not {"安博"} & set(index_words("安的博,安、博"))


def test_what_is_said_around_a_search_joins_nothing() -> None:
    assert query_words("找微信", fillers=frozenset("找")) == ["微信"]
    assert query_words("找微信") == ["找微", "微信"]


@given(st.text(max_size=60) | st.text("安博富微信的客服a1 ,", max_size=20))
def test_what_is_typed_finds_a_text_that_is_the_same(text: str) -> None:
    groups = [set(synonyms().get(word, (word,))) for word in query_words(text)]
    words = set(index_words(text))
    assert all(group & words for group in groups)


GROUPS = sorted(set(synonyms().values()))
PIECES = sorted({word for group in GROUPS for word in group})


def test_the_fewest_words_of_a_group_stand_for_all_of_it() -> None:
    group = ("客服", "客户服务", "客服专员", "坐席", "坐席代表", "@kx")
    assert fewest(group) == ("客服", "客户服务", "坐席", "@kx")
    # Neither stands in the other.
    assert fewest(("仓管", "仓库")) == ("仓管", "仓库")
    # Nor is one written down with the other: inside words have three characters at most.
    assert fewest(("数据录入", "数据录入员")) == ("数据录入", "数据录入员")


@given(
    text=st.lists(st.sampled_from([*PIECES, *"招的在岗员，。aB1 "]), max_size=6).map(
        "".join
    ),
    group=st.sampled_from(GROUPS),
)
@settings(max_examples=400, deadline=None)
def test_they_find_the_same_texts(text: str, group: tuple[str, ...]) -> None:
    words = set(index_words(text))
    assert words.isdisjoint(group) == words.isdisjoint(fewest(group))
