"""Who is meant by "@name" in a note."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

# What follows the name of somebody's company in the name they are shown under.
_TAIL = re.compile(r"\s*[·|｜].*$")
_AT = re.compile(r"[@＠]")
_WORD = re.compile(r"[\w.\-]{1,40}")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in the text; `person` is 0 where nobody is called so."""

    label: str
    person: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Colleague:
    person: int
    name: str
    email: str = ""


def short_name(name: str) -> str:
    """Without the company that some write after their name."""
    return _TAIL.sub("", name).strip()


def labels_of(colleagues: Iterable[Colleague]) -> dict[str, int]:
    """What each is called by after "@": the short name, or where two share it or have
    none, the part of their address before the "@"."""
    people = list(colleagues)
    short = {one.person: short_name(one.name) for one in people}
    names = list(short.values())
    found: dict[str, int] = {}
    for one in people:
        name = short[one.person]
        if not name or names.count(name) > 1:
            name = one.email.partition("@")[0] or name
        if name:
            found.setdefault(name, one.person)
    return found


def mentions_in(text: str, labels: Mapping[str, int]) -> list[Mention]:
    """In order; the longest name that fits counts, so 林晚晴 is not 林晚."""
    by_length = sorted(labels, key=len, reverse=True)
    found = []
    for at in _AT.finditer(text):
        if at.start() and re.match(r"[A-Za-z0-9_.]", text[at.start() - 1]):
            # The middle of an address, no name.
            continue
        rest = text[at.end() :]
        name = next((n for n in by_length if _begins(rest, n)), None)
        if name is not None:
            end = at.end() + len(name)
            found.append(Mention(rest[: len(name)], labels[name], at.start(), end))
        elif word := _WORD.match(rest):
            found.append(Mention(word[0], 0, at.start(), at.end() + word.end()))
    return found


def _begins(text: str, name: str) -> bool:
    """Latin names end where a letter does; Chinese ones need no space after them."""
    if not text.casefold().startswith(name.casefold()):
        return False
    follows = text[len(name) : len(name) + 1]
    return not (name[-1].isascii() and follows.isascii() and follows.isalnum())


def without_names(
    text: str, labels: Mapping[str, int], people: Collection[int], instead: str
) -> str:
    """The text with the mentions of these people replaced; `labels` are all of it, so
    that a longer name is not taken for a shorter one."""
    for one in reversed(mentions_in(text, labels)):
        if one.person in people:
            text = f"{text[: one.start]}@{instead}{text[one.end :]}"
    return text
