"""Every file of the map is whole, and says only what it may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from accounts.lib.occupations import occupation_codes
from accounts.lib.wording import text_problems
from accounts.seekers.enums import PastRole, Skill
from jobs.paths.rules.atlas import UNKNOWN, default_atlas
from jobs.paths.rules.content import (
    LANGUAGES,
    ContentError,
    load_skills,
    load_sources,
    load_targets,
)

ATLAS = default_atlas()
LOCALES = {"zh_hans": "zh_Hans", "zh_hant": "zh_Hant"}
# Unlawful practice is never a duty, a skill or advice.
NEVER = re.compile(
    "爆通讯录|轰炸|堵门|堵人|冒充|恐吓|威胁|施压|施壓|威脅|恐嚇|threaten|老赖|老賴|您"
)
SKILL = """
[typing]
core = "typing"
onet = ["2.B.1.f"]
[typing.zh_hans]
name = "打字"
about = "打字快"
ways = ["一", "二", "三"]
[typing.zh_hant]
name = "打字"
about = "打字快"
ways = ["一", "二", "三"]
[typing.en]
name = "Typing"
about = "Fast typing"
ways = ["one", "two", "three"]
"""
TARGET = Path("jobs/paths/data/targets/online_chat.toml")


def strings(texts: Any) -> Iterator[str]:
    for field in fields(texts):
        value = getattr(texts, field.name)
        yield from (value,) if isinstance(value, str) else value


def all_texts() -> Iterator[tuple[str, str, str]]:
    for entries in (ATLAS.skills, ATLAS.targets, ATLAS.sources):
        for code, entry in entries.items():
            for language, texts in entry.texts.items():
                for text in strings(texts):
                    yield code, language, text
    for adjustment in ATLAS.adjustments:
        for language, text in adjustment.reasons.items():
            yield adjustment.code, language, text


def test_every_occupation_and_every_role_is_on_the_map() -> None:
    assert set(ATLAS.targets) == occupation_codes() - {UNKNOWN}
    assert set(ATLAS.sources) == set(PastRole.values)
    assert len(ATLAS.skills) >= 115


def test_skills_end_in_the_words_of_the_profile() -> None:
    cores = {skill.core for skill in ATLAS.skills.values()} - {""}
    assert cores == set(Skill.values)
    assert {code for code in Skill.values if ATLAS.skills[code].core != code} == set()


def test_names_of_skills_are_short_and_different() -> None:
    for language in LANGUAGES:
        names = [skill.texts[language].name for skill in ATLAS.skills.values()]
        assert len(set(names)) == len(names)
        if language != "en":
            assert [name for name in names if len(name) > 14] == []


def test_every_kind_of_work_asks_for_six_to_ten_skills() -> None:
    counts = {code: len(target.skills) for code, target in ATLAS.targets.items()}
    assert {code: n for code, n in counts.items() if not 6 <= n <= 10} == {}


def test_codes_of_other_lists_are_known_there() -> None:
    used = [t.onet for t in ATLAS.targets.values()]
    used += [s.onet for s in ATLAS.sources.values()]
    assert {code for row in used for code in row} == set(ATLAS.onet.occupations)
    elements = {e for skill in ATLAS.skills.values() for e in skill.onet}
    assert all(ATLAS.onet.element_name(element) for element in elements)
    csco = [code for target in ATLAS.targets.values() for code in target.csco]
    assert [c for c in csco if not re.fullmatch(r"\d-\d\d-\d\d-\d\d", c)] == []


def test_chinese_is_set_as_everywhere() -> None:
    problems = [
        (code, text, problem)
        for code, language, text in all_texts()
        if language in LOCALES
        for problem in text_problems(text, LOCALES[language])
    ]
    assert problems == []


def test_nothing_unlawful_is_said_to_be_a_skill() -> None:
    assert [row for row in all_texts() if NEVER.search(row[2])] == []


def test_adjustments_name_what_exists() -> None:
    for adjustment in ATLAS.adjustments:
        assert adjustment.targets <= set(ATLAS.targets)
        assert adjustment.sources <= set(ATLAS.sources)
        assert 0 < abs(adjustment.value) <= 0.1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('ways = ["one", "two", "three"]', 'ways = ["one"]', "3 ways"),
        ('name = "Typing"', 'name = ""', "no name in en"),
        ("[typing.zh_hant]", "[typing.other]", "zh_hant"),
        ("[typing]", "[typing", "people.toml"),
    ],
)
def test_a_skill_with_a_gap_is_refused(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    (tmp_path / "people.toml").write_text(SKILL.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError, match=re.escape(said)):
        load_skills(tmp_path)


@pytest.mark.parametrize(
    ("pattern", "new", "said"),
    [
        (r'education = "\w+"', 'education = "phd"', "'phd' is not known"),
        (r"shifts = .*", 'shifts = ["never"]', "unknown shifts"),
        (r"phone = \d", "phone = 4", "4 is not known"),
        (r"exposure = \d", "exposure = 9", "9 is not known"),
        (r"\[skills\]", "[skills]\nflying = 2", "unknown skills"),
        (r"\[skills\]\n(\w+) = \d", r"[skills]\n\1 = 5", "5 is not known"),
        (r"third = .*", "third = [3000, 99000]", "pay must fall"),
        (r"first = .*", "first = [9000, 8000]", "low before top"),
        (r"shift_note = .*", 'shift_note = ""', "no shift_note"),
        (r"duties = \[", 'duties = ["one more", ', "duties differ"),
    ],
)
def test_a_target_with_a_fault_is_refused(
    tmp_path: Path, pattern: str, new: str, said: str
) -> None:
    text = re.sub(pattern, new, TARGET.read_text(encoding="utf-8"), count=1)
    (tmp_path / "online_chat.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=said):
        load_targets(ATLAS.skills, tmp_path)


def test_a_source_with_an_unknown_skill_is_refused(tmp_path: Path) -> None:
    text = Path("jobs/paths/data/sources/qa.toml").read_text(encoding="utf-8")
    text = text.replace("[skills]", "[skills]\nflying = 2")
    (tmp_path / "qa.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match="flying"):
        load_sources(ATLAS.skills, tmp_path)
