from __future__ import annotations

from hypothesis import given, strategies as st

from jobs.resumes.rules.answers import LANGUAGES, catalogue
from jobs.resumes.rules.lint import figures_in, lint
from jobs.resumes.rules.translate import Line, Said, figure, line_for, translate

CODES = sorted(catalogue().answers)
NASTY = ["爆通讯录", "对客户施压", "冒充法院", "上门堵门", "群呼", "P图", "威胁客户"]


@st.composite
def said(draw: st.DrawFn, names: st.SearchStrategy[str] | None = None) -> Said:
    low = draw(st.none() | st.integers(0, 5000))
    high = None if low is None else draw(st.none() | st.integers(low, 5000))
    name = draw(names if names is not None else st.sampled_from(["", "Excel", "潮云"]))
    return Said(draw(st.sampled_from(CODES)), low, high, name)


answers = st.lists(said(), max_size=25)
languages = st.sampled_from(LANGUAGES)


@given(answers, languages)
def test_no_line_without_an_answer(given_: list[Said], language: str) -> None:
    lines = translate(given_, language=language)
    codes = {row.code for row in given_}
    assert all(line.source in codes for line in lines)
    made = {(line.variant, line.source) for line in lines}
    assert made == {
        (variant, code) for code in codes for variant in catalogue().answers[code].lines
    }


@given(answers, languages)
def test_the_figures_are_those_of_the_person(given_: list[Said], language: str) -> None:
    last = {row.code: row for row in given_}
    for line in translate(given_, language=language):
        row, answer = last[line.source], catalogue().answers[line.source]
        bare = line_for(answer, Said(line.source), line.variant, language)
        theirs = {n for n in (row.low, row.high) if n is not None}
        assert figures_in(line.text) - figures_in(bare) <= theirs


@given(st.lists(said(names=st.sampled_from(NASTY) | st.text(max_size=30)), max_size=15))
def test_nothing_unlawful_is_ever_repeated(given_: list[Said]) -> None:
    for line in translate(given_, language="zh-hans"):
        assert not [r for r in lint(line.text) if r.is_refused], line


@given(answers, languages, st.randoms())
def test_the_same_answers_give_the_same_lines(
    given_: list[Said], language: str, random: object
) -> None:
    unique = list({row.code: row for row in given_}.values())
    shuffled = unique[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert translate(unique, language=language) == translate(
        shuffled, language=language
    )


def test_what_we_do_not_know_gives_nothing() -> None:
    assert translate([Said("threatened"), Said("")], language="zh-hans") == []


def test_a_line_with_and_without_its_figure() -> None:
    with_range = translate([Said("inbound_calls", 80, 100)], language="zh-hans")
    assert (
        Line("support", "inbound_calls", "接听客户来电，一天 80–100 通") in with_range
    )
    without = translate([Said("inbound_calls")], language="zh-hans")
    assert Line("support", "inbound_calls", "接听客户来电") in without


def test_a_name_stands_as_given() -> None:
    lines = translate([Said("systems", name="潮云客服")], language="zh-hans")
    assert lines[0].text == "使用客户系统或工单系统（潮云客服）"


def test_loans_are_named_only_by_those_who_had_them() -> None:
    calm = translate([Said("calming")], language="zh-hans")[0]
    assert calm.text == "安抚情绪激动的客户"
    lines = translate([Said("calming"), Said("loan_customers")], language="zh-hans")
    assert "安抚情绪激动的信贷客户" in [line.text for line in lines]


def test_braces_in_a_name_fill_nothing() -> None:
    lines = translate([Said("systems", 5, name="{n}[x]")], language="en")
    assert lines[0].text == "Used customer or ticket systems ({n}[x])"


def test_figures() -> None:
    assert [figure(None, None), figure(80, None), figure(80, 80), figure(80, 100)] == [
        "",
        "80",
        "80",
        "80–100",
    ]


def test_the_most_fitting_lines_come_first() -> None:
    given_ = [Said("train_new"), Said("listen_recordings")]
    lines = [x for x in translate(given_, language="en") if x.variant == "compliance"]
    assert [line.source for line in lines] == ["listen_recordings", "train_new"]
