from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from accounts.lib.wording import AVOIDED, text_problems

ROOT = Path(settings.BASE_DIR)
SCRIPTS = {"zh-hans": "zh_Hans", "zh-hant": "zh_Hant"}
TEXTS = sorted(
    [
        *ROOT.glob("jobs/screening/catalogue/texts/*.toml"),
        *ROOT.glob("accounts/wellbeing/data/*.toml"),
        ROOT / "accounts/lib/data/occupations.json",
        ROOT / "jobs/public/demo/guide.toml",
    ]
)


def chinese(thing: Any, locale: str = "") -> Iterator[tuple[str, str]]:
    """Every text under a key that names a script, with the script."""
    if isinstance(thing, dict):
        for key, value in thing.items():
            script = SCRIPTS.get(str(key).lower().replace("_", "-"), "")
            yield from chinese(value, script or locale)
    elif isinstance(thing, list):
        for value in thing:
            yield from chinese(value, locale)
    elif isinstance(thing, str) and locale:
        yield thing, locale


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_texts_kept_as_data_keep_to_the_words_of_the_house(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    data = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    texts = [(one, locale) for one, locale in chinese(data) if not one.isascii()]
    assert texts
    wrong = {one: text_problems(one, locale) for one, locale in texts}
    assert {one: why for one, why in wrong.items() if why} == {}


@pytest.mark.parametrize(
    "text",
    [
        "你好,世界",
        "工资:面议",
        "真的吗?",
        "工资(税前)",
        "先看, 再投",
        "好了.",
        "他说“好”,然后走了",
        "<p>工资:</p>",
    ],
)
def test_half_width_marks_beside_chinese_are_found(text: str) -> None:
    assert text_problems(text, "zh_Hans") != []


@pytest.mark.parametrize(
    "text",
    [
        "你好，世界",
        "22:00 到 8:00 不打电话",
        "验证码 %(code)s，%(minutes)s 分钟内有效",
        "看全部 %(count)s 个职位",
        "请看 https://example.org/a?b=c:d 这一页",
        "1. 十分钟",
        "我同意{}和{}。",
        '<a href="/x?y=1">看规则</a>',
        "低过 15%%",
    ],
)
def test_placeholders_addresses_and_figures_are_left_alone(text: str) -> None:
    assert text_problems(text, "zh_Hans") == []


def test_the_polite_you_is_found_in_both_scripts() -> None:
    assert text_problems("您好", "zh_Hans") == ["say 你, not 您"]
    assert text_problems("您好", "zh_Hant") == ["say 你, not 您"]


def test_what_is_right_in_one_script_may_be_wrong_in_the_other() -> None:
    assert text_problems("保存", "zh_Hans") == []
    assert text_problems("保存", "zh_Hant") == ["say 儲存, not 保存"]


@pytest.mark.parametrize("locale", AVOIDED)
def test_what_we_say_instead_is_not_itself_avoided(locale: str) -> None:
    wrong = [
        better for better in AVOIDED[locale].values() if text_problems(better, locale)
    ]
    assert wrong == []
