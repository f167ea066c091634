"""`lcl:47-1` as a reader sees it: 《劳动合同法》第 47 条第 1 款, and the text's date.

static/js/rights/words.js does the same for results; a test holds both against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Law:
    """`day` is that of the text used, or, unless `is_text`, the day it took effect."""

    name: str
    day: str
    is_text: bool
    was_read: bool


@dataclass(frozen=True, slots=True)
class Citation:
    label: str
    dated: str
    was_read: bool


def place(text: str, words: Mapping[str, str], gap: str) -> str:
    """`45-0-1` is article 45, item 1; `253_1` article 253 (1); `201~202` a range."""
    article, *rest = text.split("-")
    number, _, suffix = article.partition("_")
    if suffix:
        parts = [words["article_suffix"].format(n=number, s=suffix)]
    else:
        parts = [words["article"].format(n=number.replace("~", "–"))]
    names = zip(("paragraph", "item"), rest, strict=False)
    parts += [words[name].format(n=n) for name, n in names if n != "0"]
    return gap.join(parts)


def cite(reference: str, words: Mapping[str, str], laws: Mapping[str, Law]) -> Citation:
    key, _, where = reference.partition(":")
    law = laws[key]
    where = place(where, words, words["place_gap"])
    return Citation(
        label=words["citation"].format(law=law.name, place=where),
        dated=words["text_of" if law.is_text else "in_force"].format(date=law.day),
        was_read=law.was_read,
    )
