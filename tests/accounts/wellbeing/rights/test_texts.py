"""The words of the rights tools: whole in three languages, well set, easy to read."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from accounts.lib.wording import text_problems
from accounts.wellbeing.rights import forms
from accounts.wellbeing.rights.texts import FOLDER, laws, words

LANGUAGES = ("zh_hans", "zh_hant", "en")
PAGES = sorted(path.stem for path in (FOLDER / "zh_hans").glob("*.toml"))
PLACEHOLDER = re.compile(r"\{\w+\}")
SENTENCE_ENDS = re.compile(r"[。！？；]")
# Marks, blanks to write on and what code fills in are not read.
NOT_READ = re.compile(r"\{\w+\}|_+|[\s，、：“”（）《》·×÷=+−%.,:/-]")
LONGEST_MEAN = 20
LONGEST = 35


def flat(thing: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield from flat(value, f"{place}.{key}")
    elif isinstance(thing, list):
        for number, value in enumerate(thing):
            yield from flat(value, f"{place}[{number}]")
    else:
        yield place, thing


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("folder", ["zh_hant", "en"])
def test_every_language_says_everything(folder: str, page: str) -> None:
    ours = dict(flat(words("zh_hans", page)))
    theirs = dict(flat(words(folder, page)))
    assert set(ours) == set(theirs)
    differ = [
        place
        for place, text in ours.items()
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(theirs[place]))
    ]
    assert differ == []
    assert all(theirs.values()) or page == "common"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("folder", "locale"), [("zh_hans", "zh_Hans"), ("zh_hant", "zh_Hant")]
)
def test_chinese_is_set_as_everywhere(page: str, folder: str, locale: str) -> None:
    found = {
        place: problems
        for place, text in flat(words(folder, page))
        if (problems := text_problems(text, locale))
    }
    assert found == {}


def sentences(page: str) -> list[str]:
    """What a reader reads as one sentence, without marks and figures filled in."""
    parts = [
        NOT_READ.sub("", sentence)
        for _place, text in flat(words("zh_hans", page))
        # Labels and headings would only make the mean look better.
        if SENTENCE_ENDS.search(text)
        for sentence in SENTENCE_ENDS.split(text)
    ]
    return [part for part in parts if len(part) > 1]


@pytest.mark.parametrize("page", PAGES)
def test_sentences_are_short(page: str) -> None:
    """Run with -s to read the report."""
    lengths = [len(sentence) for sentence in sentences(page)]
    mean = sum(lengths) / len(lengths)
    sys.stdout.write(
        f"{page}: {len(lengths)} sentences, mean {mean:.1f} characters, "
        f"longest {max(lengths)}\n"
    )
    assert mean <= LONGEST_MEAN
    assert [one for one in sentences(page) if len(one) > LONGEST] == []


def test_every_field_and_option_has_its_words() -> None:
    for page, calculators in forms.PAGES.items():
        found = words("zh_hans", page)["calc"]
        assert set(found) == {calculator.name for calculator in calculators}
        for calculator in calculators:
            texts = found[calculator.name]
            shared = words("zh_hans", "common")["places"]
            for field in calculator.fields:
                assert field.name in texts["fields"] or field.name in shared
                if field.kind == "choice":
                    assert set(texts["options"][field.name]) == set(field.options)


@pytest.mark.parametrize("folder", LANGUAGES)
def test_every_law_has_a_name_and_a_date(folder: str) -> None:
    for law in laws(folder).values():
        assert law.name
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", law.day)


def test_no_word_of_ours_blames_anybody() -> None:
    text = "".join(
        text for page in PAGES for _place, text in flat(words("zh_hans", page))
    )
    assert not re.search("老赖|予以|须|之内|罪犯|违法犯罪分子", text)
