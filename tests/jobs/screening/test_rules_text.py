from __future__ import annotations

import pytest

from jobs.screening.rules.text import MAX_TEXT_LENGTH, TextTooLong, normalise


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("爆通讯录", "爆通讯录"),
        ("爆通訊錄", "爆通讯录"),
        ("爆 通·讯　录", "爆通讯录"),
        ("爆\u200b通\u200d讯\ufeff录", "爆通讯录"),
        ("爆-通.讯|录", "爆通讯录"),
        ("ＨＲ：５０００元", "hr:5000元"),
        ("20～35岁", "20-35岁"),
        ("20 — 35岁", "20-35岁"),
        ("8:00  20:00", "8:00 20:00"),
        ("T X L", "txl"),
        ("debtors' hotel records", "debtors hotel records"),
        ("【要求】男", "\n要求\n男"),
        ("徵信帳號", "征信账号"),
    ],
)
def test_normalise(raw: str, text: str) -> None:
    assert normalise(raw).text == text


def test_spans_lead_back_to_the_original() -> None:
    passage = normalise("可 爆 通·訊 錄!")
    start = passage.text.index("爆通讯录")
    first, last = passage.raw_span(start, start + 4)
    assert passage.raw[first:last] == "爆 通·訊 錄"


def test_numbered_items_are_sentences() -> None:
    passage = normalise("要求:1、双休2、男性优先")
    start = passage.text.index("男性")
    left, right = passage.sentence(start, start + 2)
    assert "双休" not in passage.text[left:right]


def test_text_too_long_is_refused_with_a_sentence() -> None:
    with pytest.raises(TextTooLong, match=r"1,000,000 characters"):
        normalise("催" * 1_000_000)
    assert len(normalise("催" * MAX_TEXT_LENGTH).text) == MAX_TEXT_LENGTH
