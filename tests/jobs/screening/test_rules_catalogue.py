from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jobs.screening.rules.catalogue import (
    FOLDER,
    CatalogueError,
    Severity,
    default_catalogue,
    load_catalogue,
)
from jobs.screening.rules.patterns import PatternError, compile_chinese, compile_english

TEXTS = "\n".join(
    f'[new-rule.{part}]\nen = "a"\nzh-Hans = "b"\nzh-Hant = "c"'
    for part in ("title", "explanation", "remedy")
)
RULE = '[[rule]]\nid = "new-rule"\nseverity = "warn"\nphrases = ["无人机"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "catalogue"))


def add_rule(folder: Path, *, rule: str = RULE, texts: str = TEXTS) -> None:
    (folder / "new-category.toml").write_text(rule)
    (folder / "texts" / "new-category.toml").write_text(texts)


def test_catalogue_is_whole() -> None:
    rules = default_catalogue().rules
    by_severity = {
        severity: sum(rule.severity == severity for rule in rules)
        for severity in Severity
    }
    assert len(rules) == 90
    assert by_severity == {"block": 57, "review": 21, "warn": 2, "positive": 10}
    assert all(rule.basis for rule in rules)


def test_every_rule_can_be_raised() -> None:
    silent = [
        rule.id
        for rule in default_catalogue().rules
        if not (rule.phrases or rule.cluster or rule.checks)
    ]
    assert silent == []


def test_adding_a_rule_is_adding_data(folder: Path) -> None:
    before = load_catalogue(folder)
    add_rule(folder)
    after = load_catalogue(folder)
    assert after.rule("new-rule").category == "new-category"
    assert after.version != before.version
    assert before.version == default_catalogue().version


@pytest.mark.parametrize(
    ("rule", "texts", "message"),
    [
        (RULE.replace("new-rule", "disc-age"), TEXTS, "used twice"),
        (RULE, TEXTS.replace('en = "a"\n', "", 1), "needs exactly en"),
        (RULE, TEXTS.replace('"c"', '" "', 1), "a language is empty"),
        (RULE + 'basis = ["NOLAW 1 | confirmed"]', TEXTS, "unknown law 'NOLAW'"),
        (RULE + 'basis = ["LL 1 | sure"]', TEXTS, "sure"),
        (RULE.replace("warn", "fatal"), TEXTS, "fatal"),
        (RULE.replace("无人机", "@nobody"), TEXTS, "unknown word class"),
    ],
)
def test_inconsistent_data_are_refused(
    folder: Path, rule: str, texts: str, message: str
) -> None:
    texts = texts.replace("new-rule", "disc-age") if "disc-age" in rule else texts
    add_rule(folder, rule=rule, texts=texts)
    with pytest.raises(CatalogueError, match=message):
        load_catalogue(folder)


@pytest.mark.parametrize("phrase", ["/爆+/ 通讯录", "/a{2,}/ 爆", "-3 ~2", "爆[通]"])
def test_unsafe_phrases_are_refused(phrase: str) -> None:
    with pytest.raises(PatternError):
        compile_chinese(phrase, {})


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("爆|轰 -2 @list", "爆他的通讯录", True),
        ("爆|轰 -2 @list", "爆,通讯录", False),
        ("爆|轰 ~2 @list", "爆,通讯录", True),
        ("有? 责底薪", "责底薪", True),
        ("<!无 责底薪", "无责底薪", False),
        ("男 !女", "男女不限", False),
        ("/\\d{2}/ 岁", "35岁", True),
        ("爆 ~9 @list", "爆单后不得动通讯录", False),
        ("007 !8", "编号1007", False),
    ],
)
def test_phrase_notation(phrase: str, text: str, *, found: bool) -> None:
    pattern = compile_chinese(phrase, {"list": ["通讯录"]})
    assert bool(pattern.regex.search(text)) is found


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("threaten* ~2 customer*", "threatening our customers", True),
        ("threaten* ~1 customer*", "threatening all of our customers", False),
        ("call_centre", "call-centre", True),
        ("line only", "online only", False),
    ],
)
def test_english_notation(phrase: str, text: str, *, found: bool) -> None:
    assert bool(compile_english(phrase, {}).regex.search(text)) is found
