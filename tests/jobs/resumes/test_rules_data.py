"""The answers and the lines behind them, read as data."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

import pytest

from accounts.lib.wording import text_problems
from accounts.seekers.enums import Did, PastRole, Skill
from jobs.resumes.models import LINE_LENGTH
from jobs.resumes.rules.answers import (
    LANGUAGES,
    VARIANTS,
    Answer,
    BadAnswers,
    catalogue,
    known_language,
    read_catalogue,
)
from jobs.resumes.rules.lint import lint, trade_words
from jobs.resumes.rules.skills import CORE, core_claims, finer_skills
from jobs.resumes.rules.translate import NAME_LENGTH, Said, line_for

ANSWERS = list(catalogue().answers.values())
LOCALES = {"zh-hans": "zh_Hans", "zh-hant": "zh_Hant"}
SLOT = re.compile(r"\{(\w*)\}")


def filled(answer: Answer, variant: str, language: str) -> str:
    said = Said(answer.code, 80, 100, "Excel")
    return line_for(answer, said, variant, language, loans=True)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.code)
def test_every_line_is_clean_in_every_language(answer: Answer) -> None:
    for language in LANGUAGES:
        for variant in answer.lines:
            text = filled(answer, variant, language)
            assert lint(text, language=language) == [], text
            assert not SLOT.search(text)
            assert len(text) + NAME_LENGTH <= LINE_LENGTH


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.code)
def test_nobody_is_asked_for_an_unlawful_practice(answer: Answer) -> None:
    for language in LANGUAGES:
        remarks = lint(answer.label.text(language), language=language)
        # M1 and its like are how people know where they worked.
        assert {remark.code for remark in remarks} <= {"bucket"}


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.code)
def test_slots_are_those_that_are_asked_for(answer: Answer) -> None:
    allowed = {"n"} if answer.number else {"name"} if answer.ask_name else set()
    for texts in answer.lines.values():
        for template in texts.all:
            assert set(SLOT.findall(template)) <= allowed | {"loan"}
            outside = re.sub(r"\[[^\[\]]*\]", "", template)
            assert not SLOT.search(outside)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.code)
def test_chinese_is_set_as_everywhere(answer: Answer) -> None:
    for language, locale in LOCALES.items():
        texts = [answer.label.text(language)]
        texts += [filled(answer, variant, language) for variant in answer.lines]
        assert [p for text in texts for p in text_problems(text, locale)] == []


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.code)
def test_skills_and_profile_answers_are_known(answer: Answer) -> None:
    assert answer.skills
    assert set(answer.skills) - {"dialect"} <= set(CORE)
    assert not answer.did or answer.did in Did
    assert answer.roles <= set(PastRole.values)


def test_an_answer_of_the_profile_is_ticked_once_only() -> None:
    """Two ticks for one answer would say more than the person did."""
    used = [answer.did for answer in ANSWERS if answer.did]
    assert len(used) == len(set(used))
    assert set(used) == set(Did.values)


def test_there_is_enough_to_tick_and_not_too_much() -> None:
    assert 55 <= len(ANSWERS) <= 75
    sizes = [len(catalogue().in_group(group)) for group in catalogue().groups]
    assert max(sizes) <= 11
    assert {v for answer in ANSWERS for v in answer.lines} == set(VARIANTS)


def test_core_skills_exist() -> None:
    assert set(CORE.values()) <= set(Skill.values)


def test_skills_follow_from_answers_only() -> None:
    assert core_claims(["lead", "unknown"]) == {"team_lead": ("lead", 1)}
    assert finer_skills(["lead", "goals"]) == ["team_lead", "goal_setting"]
    assert core_claims(["goals", "lead"])["team_lead"] == ("lead", 2)


def test_why_sentences_are_set_as_everywhere() -> None:
    for word in trade_words():
        for language, locale in LOCALES.items():
            assert text_problems(word.why.text(language), locale) == []


GOOD: dict[str, Any] = {
    "groups": {"g": ["组", "組", "Group"]},
    "numbers": {"n": {"most": 5, "ask": ["几个？", "幾個？", "How many?"]}},
    "a": {
        "group": "g",
        "best": "support",
        "skills": ["typing"],
        "label": ["一", "一", "One"],
        "support": ["一", "一", "One"],
    },
}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("group", "unknown"),
        ("best", "servicing"),
        ("number", "unknown"),
        ("label", ["一", "一"]),
        ("support", ["一", "一", " "]),
    ],
)
def test_data_that_does_not_hold_together_is_refused(key: str, value: Any) -> None:
    assert read_catalogue(GOOD).answers["a"].best == "support"
    bad = deepcopy(GOOD)
    bad["a"][key] = value
    with pytest.raises(BadAnswers):
        read_catalogue(bad)


def test_languages_near_ours() -> None:
    found = [known_language(code) for code in ("en-gb", "zh-TW", "zh-cn", "fr", "")]
    assert found == ["en", "zh-hant", "zh-hans", "zh-hans", "zh-hans"]
