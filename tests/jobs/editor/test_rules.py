from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from accounts.lib.differences import differences, replaced, words_of
from jobs.editor.rules.blanks import blanks_in, fill
from jobs.editor.rules.merging import conflicts, merged
from jobs.editor.rules.steps import QUESTIONS, STEPS, after, before, columns_of, step_of
from jobs.postings.answers import SECTIONS
from jobs.postings.rules.content import CONTENT_FIELDS
from jobs.postings.rules.pay_example import ExampleMonth, example_problem

TEXTS = st.text(alphabet="客服电话接听不外呼，。 ab12\n【】", max_size=60)


def test_every_question_stands_on_exactly_one_page() -> None:
    asked = [name for step in STEPS for name in QUESTIONS[step]]
    assert len(asked) == len(set(asked))
    assert set(asked) == {name for _key, _heading, names in SECTIONS for name in names}


def test_every_field_of_a_posting_is_written_by_one_page() -> None:
    written = [name for step in STEPS for name in columns_of(step)]
    # The text of an import has no question of its own.
    assert sorted([*written, "salary_text"]) == sorted(CONTENT_FIELDS)
    assert {step_of(name) for name in columns_of("pay")} == {"pay"}


def test_pages_follow_each_other() -> None:
    assert [after(step) for step in STEPS] == [*STEPS[1:], "look"]
    assert [before(step) for step in STEPS] == ["", *STEPS[:-1]]


@pytest.mark.parametrize(
    ("field", "step"),
    [
        ("pay_max", "pay"),
        ("salary_text", "pay"),
        ("employer.uscc", "look"),
        ("call_window_end", "conduct"),
    ],
)
def test_a_finding_belongs_to_the_page_that_can_mend_it(field: str, step: str) -> None:
    assert step_of(field) == step


@given(TEXTS, TEXTS)
def test_a_comparison_loses_and_invents_no_letter(old: str, new: str) -> None:
    parts = differences(old, new)
    assert "".join(p.text for p in parts if p.kind != "added") == old
    assert "".join(p.text for p in parts if p.kind != "gone") == new
    assert all(part.text for part in parts)


@given(TEXTS)
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(words_of(text)) == text


@given(TEXTS)
def test_the_same_text_has_no_changes(text: str) -> None:
    assert {part.kind for part in differences(text, text)} <= {"same"}


def test_only_the_changed_word_is_marked() -> None:
    parts = differences("记录来电内容，共 30 通。", "记录投诉内容，共 45 通。")
    assert [(p.kind, p.text) for p in parts] == [
        ("same", "记录"),
        ("gone", "来电"),
        ("added", "投诉"),
        ("same", "内容，共 "),
        ("gone", "30"),
        ("added", "45"),
        ("same", " 通。"),
    ]


def test_a_very_long_text_is_compared_by_lines() -> None:
    long = "字，" * 3000
    parts = differences(f"甲\n{long}", f"乙\n{long}")
    assert [(p.kind, p.text) for p in parts[:2]] == [
        ("gone", "甲\n"),
        ("added", "乙\n"),
    ]


def test_a_fact_is_replaced_whole() -> None:
    assert [(p.kind, p.text) for p in replaced("", "白班")] == [("added", "白班")]
    assert [(p.kind, p.text) for p in replaced("白班", "白班")] == [("same", "白班")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("大约【填：几】通", ["几"]),
        ("about 【fill in: number】 calls", ["number"]),
        ("【岗位职责】接听电话", []),
        ("【填】", []),
        ("【填：几天】和【填写：谁】", ["几天", "写：谁"]),
    ],
)
def test_blanks_are_told_from_headings(text: str, found: list[str]) -> None:
    assert blanks_in(text) == found
    assert blanks_in(fill(text, "8")) == []


BASE = {"title": "甲", "district": "乙", "pay_min": 1, "pay_max": 2}


def test_different_fields_of_two_people_go_together() -> None:
    mine, theirs = BASE | {"title": "我"}, BASE | {"district": "他"}
    names = ["title", "district"]
    assert conflicts(BASE, mine, theirs, names) == []
    assert merged(BASE, mine, theirs, names) == {"title": "我", "district": "他"}


def test_the_same_field_changed_by_both_is_a_conflict() -> None:
    mine, theirs = BASE | {"title": "我"}, BASE | {"title": "他"}
    assert conflicts(BASE, mine, theirs, ["title"]) == ["title"]
    assert conflicts(BASE, mine, mine, ["title"]) == []


def test_a_range_is_never_put_together_from_two_people() -> None:
    mine, theirs = BASE | {"pay_max": 9}, BASE | {"pay_min": 5, "pay_max": 6}
    assert conflicts(BASE, mine, theirs, ["pay_min", "pay_max"]) == [
        "pay_min",
        "pay_max",
    ]


@given(
    *[
        st.fixed_dictionaries({name: st.integers(0, 2) for name in BASE})
        for _side in range(3)
    ]
)
def test_without_a_conflict_nobody_loses_a_change(
    base: dict[str, int], mine: dict[str, int], theirs: dict[str, int]
) -> None:
    names = list(BASE)
    if conflicts(base, mine, theirs, names):
        return
    found = merged(base, mine, theirs, names)
    for name in names:
        if mine[name] != base[name]:
            assert found[name] == mine[name]
        elif theirs[name] != base[name]:
            assert found[name] in {theirs[name], mine[name]}


@pytest.mark.parametrize(
    ("month", "problem"),
    [
        (ExampleMonth(4500, 600), ""),
        (ExampleMonth(4500, 600, 100), ""),
        (ExampleMonth(4400, 600), "base"),
        (ExampleMonth(4500, 100), "low"),
        (ExampleMonth(4500, 3000), "high"),
        (ExampleMonth(100, 100, 300), "deductions"),
    ],
)
def test_a_month_belongs_to_the_pay_promised(month: ExampleMonth, problem: str) -> None:
    assert example_problem(month, base_from=4500, pay=(5000, 6500)) == problem


@given(st.integers(0, 10**5), st.integers(0, 10**5), st.integers(0, 10**5))
def test_the_share_is_of_what_was_earned(base: int, variable: int, less: int) -> None:
    month = ExampleMonth(base, variable, less)
    assert month.total + less == base + variable
    assert 0 <= month.variable_share <= 100
    assert (month.variable_share == 0) or variable > 0
