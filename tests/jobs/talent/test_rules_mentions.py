from __future__ import annotations

import itertools

from hypothesis import given, strategies as st

from jobs.talent.rules.mentions import (
    Colleague,
    labels_of,
    mentions_in,
    short_name,
    without_names,
)

LABELS = {"林晚": 1, "林晚晴": 2, "Ann": 3, "邵一鸣": 4}


def people(text: str) -> list[int]:
    return [one.person for one in mentions_in(text, LABELS)]


def test_the_longest_name_counts() -> None:
    assert people("@林晚晴 看一下") == [2]
    assert people("@林晚看一下") == [1]


def test_a_full_width_sign_counts_too() -> None:
    assert people("＠邵一鸣你听一下") == [4]


def test_latin_names_end_where_the_word_ends() -> None:
    assert people("@ann, please") == [3]
    assert people("@Annabel please") == [0]


def test_an_address_is_no_mention() -> None:
    assert people("write to hr@Ann.example") == []


def test_names_that_nobody_bears_are_told() -> None:
    (found,) = mentions_in("@小王 看看", LABELS)
    assert (found.label, found.person) == ("小王", 0)


def test_who_shares_a_name_is_called_by_their_address() -> None:
    labels = labels_of(
        [
            Colleague(1, "林晚 · 海棠湾", "linwan@x.cn"),
            Colleague(2, "林晚", "wan2@x.cn"),
            Colleague(3, "", "only@x.cn"),
        ]
    )
    assert labels == {"linwan": 1, "wan2": 2, "only": 3}


def test_the_company_after_a_name_is_no_part_of_it() -> None:
    assert short_name("林晚 · 海棠湾消费金融") == "林晚"


@given(st.sampled_from(["林晚", "邵一鸣"]), st.text(max_size=40))
def test_a_name_taken_out_is_nowhere_left(label: str, rest: str) -> None:
    text = f"请 @{label} 看 {rest} ＠{label}"
    left = without_names(text, {label: 1}, {1}, "一位同事")
    assert not any(one.person for one in mentions_in(left, {label: 1}))


def test_a_longer_name_is_left_whole() -> None:
    text = without_names("@林晚晴 问 @林晚", LABELS, {1}, "以前的同事")
    assert text == "@林晚晴 问 @以前的同事"


@given(st.text(max_size=200))
def test_places_lie_in_the_text_in_order(text: str) -> None:
    found = mentions_in(text, LABELS)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(text[one.start] in "@＠" for one in found)
