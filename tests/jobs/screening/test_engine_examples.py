from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jobs.screening.rules.catalogue import Severity, default_catalogue
from tests.jobs.screening.make_adverts import (
    HERE,
    read_lines,
    screen_mapping,
    screen_text,
)

WORKED = read_lines(HERE / "worked_adverts.jsonl")
WRITTEN = read_lines(HERE / "written_adverts.jsonl")
PHRASES = sorted((HERE / "phrases").glob("*.jsonl"))


@pytest.mark.parametrize("example", WORKED, ids=lambda e: e["advert"]["id"])
def test_worked_advert_raises_exactly_its_rules(example: dict[str, Any]) -> None:
    screening = screen_mapping(example["advert"])
    by_sign: dict[bool, set[str]] = {True: set(), False: set()}
    for finding in screening.findings:
        by_sign[finding.severity == Severity.POSITIVE].add(finding.rule)
    assert by_sign[False] == set(example["raises"])
    assert by_sign[True] == (
        set() if screening.decision == "block" else set(example["positive"])
    )


@pytest.mark.parametrize("example", WRITTEN, ids=lambda e: e["title"])
def test_written_advert_is_judged(example: dict[str, Any]) -> None:
    screening = screen_text(example["description"], title=example["title"])
    negative = {f.rule for f in screening.findings if f.severity != Severity.POSITIVE}
    assert set(example["raises"]) <= negative
    assert screening.decision == example["decision"]
    assert screening.role == example.get("role", screening.role)
    assert screening.disguised == example.get("disguised", screening.disguised)


@pytest.mark.parametrize("path", PHRASES, ids=lambda path: path.stem)
def test_phrases(path: Path) -> None:
    surprises = []
    for entry in read_lines(path):
        title = "催收专员" if entry["context"] == "collection" else ""
        rules = screen_text(entry["phrase"], title=title).rules
        if (entry["rule"] in rules) != entry["expected"]:
            surprises.append((entry["rule"], entry["phrase"]))
    assert surprises == []


def test_every_text_rule_has_phrases_both_ways() -> None:
    seen = {(e["rule"], e["expected"]) for path in PHRASES for e in read_lines(path)}
    texts = {
        rule.id for rule in default_catalogue().rules if rule.phrases or rule.cluster
    }
    assert {(rule, sign) for rule in texts for sign in (True, False)} <= seen


def test_context_rules_need_a_collection_advert() -> None:
    text = "自备手机卡外呼,步步紧逼"
    assert "data-private-device" in screen_text(text, title="催收专员").rules
    assert screen_text(text, title="快递员").rules == frozenset()


def test_solitary_visits_block_and_safeguarded_ones_pass() -> None:
    alone = screen_text("单人外访逾期客户", title="催收外访")
    assert alone.decision == "block"
    safe = "外访核实逾期客户,两人同行,出示证件,全程录音录像"
    assert "col-home-visit" not in screen_text(safe, title="催收外访").rules


def test_positives_are_hidden_while_a_block_is_open() -> None:
    good = "全程录音,底薪5000元"
    assert "pos-recording-qa" in screen_text(good).rules
    assert screen_text(good + "。仅限男性").rules == {"disc-gender"}


def test_findings_quote_the_field_they_stand_in() -> None:
    screening = screen_text("周末轮休", title="客服,限女性", tags="五险一金,单双休")
    places = {(f.rule, f.field, f.excerpt) for f in screening.findings}
    assert ("disc-gender", "title", "限女性") in places
    assert ("lab-excess-hours", "tags", "单双休") in places
