from __future__ import annotations

import json

import pytest
from hypothesis import given, settings, strategies as st
from opencc import OpenCC

from jobs.screening.rules.adverts import advert_from_mapping
from jobs.screening.rules.catalogue import Severity
from jobs.screening.rules.text import normalise
from tests.jobs.screening.make_adverts import (
    HERE,
    read_lines,
    screen_mapping,
    screen_text,
)

# Unlawful practices that a prohibition can name, one by one.
PRACTICES = [
    "爆通讯录",
    "恐吓客户",
    "P图发给债务人",
    "呼死你",
    "冒充公检法",
    "伪造律师函",
    "借新还旧",
    "信用卡套现",
    "买卖客户信息",
    "出租银行卡",
    "曝光债务人",
    "刷单",
]
PROHIBITIONS = ["严禁", "禁止", "杜绝", "绝不", "不得", "抵制", "我们从不"]
CLEAN = [
    "接听客户来电",
    "双休",
    "五险一金入职当月缴纳",
    "带薪培训",
    "普通话清楚",
    "全程录音",
    "底薪5000元",
]
BLOCKED = ["爆通讯录", "仅限男性", "入职缴纳押金500元", "试岗7天无薪", "零底薪"]
TRADITIONAL = [
    ("轰炸通讯录好友", "轟炸通訊錄好友"),
    ("限本地户口", "限本地戶口"),
    ("入职缴纳押金500元", "入職繳納押金500元"),
    ("无责底薪", "無責底薪"),
    ("身份证原件统一保管", "身份證原件統一保管"),
]
FILLERS = [" ", "·", "*", "\u200b", "_", "  "]
PHRASES = [
    entry
    for path in sorted((HERE / "phrases").glob("*.jsonl"))
    for entry in read_lines(path)
]
anything = st.text(max_size=300)
advert_text = st.lists(
    st.sampled_from([*PRACTICES, *CLEAN, *BLOCKED, ",", "。", "\n", " ", "但", "严禁"]),
    max_size=25,
).map("".join)


# Seconds on the wall say little on a busy machine; test_engine_speed.py holds the speed.
unhurried = settings(deadline=None)


@unhurried
@given(st.sampled_from(PROHIBITIONS), st.lists(st.sampled_from(PRACTICES), min_size=1))
def test_a_negated_sentence_never_blocks(negator: str, practices: list[str]) -> None:
    sentence = negator + "、".join(practices)
    assert screen_text(sentence, title="催收专员").content_decision != "block"


@unhurried
@given(st.sampled_from(BLOCKED), st.lists(st.sampled_from(CLEAN)), st.booleans())
def test_clean_text_never_removes_a_block(
    blocked: str, clean: list[str], before: bool
) -> None:
    padding = "".join(f"{line}。" for line in clean)
    text = padding + blocked if before else f"{blocked}。{padding}"
    assert screen_text(blocked).rules <= screen_text(text).rules
    assert screen_text(text).decision == "block"


@unhurried
@given(st.one_of(anything, advert_text), advert_text)
def test_offsets_always_quote_the_text(title: str, description: str) -> None:
    fields = {"title": title, "description": description}
    for finding in screen_text(description, title=title).findings:
        text = fields[finding.field]
        assert text[finding.start : finding.end] == finding.excerpt != ""


any_character = st.characters(codec=None, exclude_categories=())
noise = st.text(st.one_of(any_character, st.sampled_from("\0 -.|·\u0301\u200b\ud83d")))
fragments = st.lists(
    st.one_of(noise, st.sampled_from([*PRACTICES, *BLOCKED, *PROHIBITIONS])), max_size=9
)


@unhurried
@given(noise, fragments, noise, noise)
def test_any_text_is_read_and_quoted(
    title: str, parts: list[str], tags: str, education: str
) -> None:
    fields = {
        "title": title,
        "description": "".join(parts),
        "tags": tags,
        "education": education,
    }
    for finding in screen_mapping(fields, missing_fields=False).findings:
        text = fields[finding.field]
        assert text[finding.start : finding.end] == finding.excerpt != ""


@unhurried
@given(fragments, st.sampled_from(CLEAN), st.sampled_from(CLEAN))
def test_a_block_stays_between_clean_sentences(
    parts: list[str], before: str, after: str
) -> None:
    text = "".join(parts)
    blocking = _blocking(text)
    assert blocking <= _blocking(f"{before}。{text}\n{after}。")


def _blocking(text: str) -> set[str]:
    findings = screen_text(text, title="催收专员").findings
    return {f.rule for f in findings if f.severity == Severity.BLOCK}


@unhurried
@given(st.sampled_from(BLOCKED + PRACTICES), st.sampled_from(FILLERS))
def test_spacing_and_fillers_hide_nothing(phrase: str, filler: str) -> None:
    spaced = filler.join(phrase) if not any(c.isascii() for c in phrase) else phrase
    assert screen_text(spaced).rules == screen_text(phrase).rules


@pytest.mark.parametrize(("simplified", "traditional"), TRADITIONAL)
def test_both_scripts_raise_the_same(simplified: str, traditional: str) -> None:
    assert screen_text(traditional).rules == screen_text(simplified).rules


@pytest.mark.parametrize("variant", ["s2t", "s2tw", "s2hk"])
def test_every_phrase_raises_the_same_in_traditional(variant: str) -> None:
    """Where nothing but the script differs: the way back gives the same text."""
    convert = OpenCC(variant).convert
    surprises, compared = [], 0
    for entry in PHRASES:
        phrase = entry["phrase"]
        written = convert(phrase)
        if normalise(written).text != normalise(phrase).text:
            continue
        compared += written != phrase
        title = "催收专员" if entry["context"] == "collection" else ""
        if (
            screen_text(written, title=title).rules
            != screen_text(phrase, title=title).rules
        ):
            surprises.append((phrase, written))
    assert surprises == []
    assert compared > 0.6 * len(PHRASES)


@unhurried
@given(st.sampled_from(BLOCKED + PRACTICES))
def test_full_width_raises_the_same(phrase: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in phrase)
    assert screen_text(wide).rules == screen_text(phrase).rules


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)
KEYS = [
    "ad_id",
    "title",
    "description",
    "tags",
    "salary",
    "employer",
    "headcount",
    "base_salary",
    "valid_through",
    "shift_start",
    "principal",
    "verification",
    "contract_months",
    "probation_months",
]


@unhurried
@given(st.dictionaries(st.sampled_from(KEYS), json_values))
def test_any_object_can_be_screened(data: dict[str, object]) -> None:
    assert json.dumps([f.rule for f in screen_mapping(data).findings])


def test_numbers_of_any_size_are_not_stated() -> None:
    """Arithmetic with them would overflow, or write out a gigabyte of digits."""
    for value in ("1e999999999", "9" * 5_000, "-1e400", "1e-999999", "nan", "inf"):
        advert = advert_from_mapping({"headcount": value, "pay_max": value})
        assert (advert.headcount, advert.pay_max) == (None, None)


def test_a_shift_with_an_offset_is_read_as_local_time() -> None:
    data = {"title": "催收", "shift_start": "07:00+08:00", "shift_end": "23:00Z"}
    fields = {f.field for f in screen_mapping(data).findings}
    assert {"shift_start", "shift_end"} <= fields


def test_deep_nesting_is_not_walked_through() -> None:
    deep: list[object] = ["限男性"]
    for _ in range(900):
        deep = [deep]
    assert "disc-gender" not in screen_mapping({"tags": deep}).rules
    assert "disc-gender" in screen_mapping({"tags": [["限男性"]]}).rules
