"""The pieces themselves: whole in three languages, easy to read, safe to read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from accounts.lib.readability import english_grade, readability
from accounts.lib.wording import text_problems
from accounts.wellbeing.library.content import FOLDER, FOLDERS, all_pieces, read
from accounts.wellbeing.library.enums import Kind
from accounts.wellbeing.library.reading import readable_text

SLUGS = list(all_pieces("zh_hans"))
LOCALES = {"zh_hans": "zh_Hans", "zh_hant": "zh_Hant"}
MOST_CHARACTERS = 900
# Names of disorders and words of treatment: not ours to say (精神卫生法 23).
DIAGNOSES = {
    "zh_hans": r"抑郁症|焦虑症|双相|躁郁|精神分裂|人格障碍|创伤后应激|PTSD|患者|确诊|病人|疗程|疗效|治愈|处方|轻度|中度|重度|阳性|异常",
    "zh_hant": r"憂鬱症|抑鬱症|焦慮症|雙相|躁鬱|思覺失調|人格障礙|創傷後壓力|PTSD|患者|確診|病人|療程|療效|治癒|處方|輕度|中度|重度|陽性|異常",
    "en": r"\bdepressi(?:on|ve)\b|anxiety disorder|bipolar|schizophren|PTSD|\bpatients?\b|diagnos|\bcured?\b|prescri|disorder",
}
# How, or as a way out: what is never written (safe messaging, wellbeing B3).
UNSAFE = {
    "zh_hans": r"解脱|成功自杀|自杀成功|跳楼|上吊|割腕|烧炭|服毒|遗书|老赖|失败者|废柴",
    "zh_hant": r"解脫|成功自殺|自殺成功|跳樓|上吊|割腕|燒炭|服毒|遺書|老賴|失敗者|魯蛇",
    "en": r"successful suicide|committed? suicide|hang(?:ed|ing)? (?:your|my|him|her)self|overdose|suicide note|\bloser",
}
HELP = {"zh_hans": "帮助页", "zh_hant": "求助頁", "en": "help page"}
NO_CURE = {
    "zh_hans": "这不是治疗",
    "zh_hant": "這不是治療",
    "en": "This is not treatment",
}


def text(folder: str, slug: str) -> str:
    piece = all_pieces(folder)[slug]
    return f"{piece.title}\n{piece.summary}\n{piece.body}"


def test_there_are_thirty_in_each_language() -> None:
    assert [len(all_pieces(folder)) for folder in FOLDERS] == [30, 30, 30]


@pytest.mark.parametrize("slug", SLUGS)
def test_languages_differ_in_words_only(slug: str) -> None:
    told = {
        (
            piece.id,
            piece.kind,
            piece.minutes,
            piece.evidence,
            piece.tags,
            piece.device_only,
            piece.offline,
            piece.review,
            piece.next_id,
            len(piece.sources),
            len(piece.unconfirmed),
            piece.body.count("\n## "),
        )
        for piece in (all_pieces(folder)[slug] for folder in FOLDERS)
    }
    assert len(told) == 1


@pytest.mark.parametrize("slug", SLUGS)
def test_junior_high_readers_can_read_it(slug: str) -> None:
    """The gate of wellbeing F2; CLDC is a lower bound, as the checker says."""
    found = readability(readable_text(all_pieces("zh_hans")[slug]))
    assert found.characters <= MOST_CHARACTERS
    assert found.mean_sentence <= 18
    assert found.longest_characters <= 35, found.longest
    assert found.ans >= 8
    assert found.cldc <= 20
    assert found.common >= 0.97, found.rare
    assert len(found.set_phrases) <= found.characters / 200 + 1, found.set_phrases


@pytest.mark.parametrize("slug", SLUGS)
def test_english_stays_at_eighth_grade(slug: str) -> None:
    assert english_grade(readable_text(all_pieces("en")[slug])) <= 8


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("slug", SLUGS)
def test_says_nothing_unsafe(folder: str, slug: str) -> None:
    said = text(folder, slug)
    flags = re.IGNORECASE
    assert re.findall(DIAGNOSES[folder], said, flags) == []
    assert re.findall(UNSAFE[folder], said, flags) == []
    assert NO_CURE[folder] in said


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_about_danger_leads_to_help(folder: str) -> None:
    heavy = [slug for slug, p in all_pieces(folder).items() if "crisis" in p.tags]
    assert len(heavy) >= 5
    assert [slug for slug in heavy if HELP[folder] not in text(folder, slug)] == []


@pytest.mark.parametrize("folder", LOCALES)
@pytest.mark.parametrize("slug", SLUGS)
def test_chinese_is_set_as_everywhere(folder: str, slug: str) -> None:
    piece = all_pieces(folder)[slug]
    lines = [piece.title, piece.summary, *piece.body.splitlines()]
    found = {line: p for line in lines if (p := text_problems(line, LOCALES[folder]))}
    assert found == {}


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_leads_on_and_tools_are_kept_for_dead_lines(folder: str) -> None:
    found = all_pieces(folder)
    ids = {piece.id for piece in found.values()}
    assert {piece.next_id for piece in found.values()} <= ids
    kept = {piece.id for piece in found.values() if piece.offline}
    assert kept == {"r02", "r03", "r29"}
    asked = [p for p in found.values() if p.kind in (Kind.WORKSHEET, Kind.TOOL)]
    assert [piece.id for piece in asked if not piece.device_only] == []


def test_dates_say_when_it_is_read_again() -> None:
    late = [
        piece.id
        for piece in all_pieces("zh_hans").values()
        if not piece.written_on < piece.next_review
        or (piece.next_review - piece.written_on).days > 366
    ]
    assert late == []


def test_front_matter_is_checked(tmp_path: Path) -> None:
    good = (FOLDER / "zh_hans" / f"01-{SLUGS[0]}.md").read_text(encoding="utf-8")
    for old, new in (
        ("kind: exercise", "kind: cure"),
        ("minutes: 10\n", ""),
        ("id: r01", "id: r01\nsecret: 1"),
        ("---\n", ""),
    ):
        path = tmp_path / "01-x.md"
        path.write_text(good.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ValueError, match="01-x"):
            read(path)
