from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

# Nothing public takes a pattern apart, and no stubs describe these two.
_constants: Any = import_module("re._constants")
_parser: Any = import_module("re._parser")

# 无需外呼, 不用打电话, 非催收岗: words that the few before them take back.
_TAKEN_BACK = re.compile(
    r"(?:无需|不需要?|不用|不必|不做|不涉及|不包含|不含|不[查看问会再收要]|不要求|没有|并非|不是|拒绝|严禁|禁止|不得|不带|避免|免|not|without|no)"
    r"[^,.。;\n]{0,6}$|(?:无|非|不|勿)(?:任何|是|上|打|会|主动|含|参与|涉及|从事)?$"
)
_TAKES_BACK_AFTER = re.compile(
    r"(?:请勿|勿扰|除外|不要|免谈|(?:工作|岗位|性质)?(?:无|勿投))"
)


def needed_texts(pattern: str) -> frozenset[str]:
    """Plain texts of which any match of the pattern holds one; empty if unknown."""
    return _needed_by(_parser.parse(pattern)) or frozenset()


def _needed_by(sequence: Any) -> frozenset[str] | None:
    """The best of the parts that must all be there: longest shortest text first."""
    found: list[frozenset[str]] = []
    run = ""
    for kind, value in sequence:
        if kind is _constants.LITERAL:
            run += chr(value)
            continue
        found += [frozenset({run})] * bool(run)
        run = ""
        part = _needed_by_part(kind, value)
        if part:
            found.append(part)
    found += [frozenset({run})] * bool(run)
    return max(
        found, key=lambda texts: (min(map(len, texts)), -len(texts)), default=None
    )


def _needed_by_part(kind: Any, value: Any) -> frozenset[str] | None:
    if kind is _constants.SUBPATTERN:
        return _needed_by(value[-1])
    if kind is _constants.MAX_REPEAT and value[0] > 0:
        return _needed_by(value[-1])
    if kind is _constants.BRANCH:
        branches = [_needed_by(branch) for branch in value[1]]
        known = [branch for branch in branches if branch]
        return frozenset().union(*known) if len(known) == len(branches) else None
    return None


class Phrases:
    """Words whose appearance in folded text says something, unless taken back."""

    def __init__(self, *words: str) -> None:
        self._pattern = re.compile("|".join(words))
        self._needed = needed_texts(self._pattern.pattern)

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        # Looking for a plain text is many times cheaper than asking the pattern.
        if self._needed and not any(needed in text for needed in self._needed):
            return
        for match in self._pattern.finditer(text):
            start, end = match.span()
            if _TAKEN_BACK.search(text, max(0, start - 12), start):
                continue
            if _TAKES_BACK_AFTER.match(text, end):
                continue
            yield match

    def count(self, text: str, most: int = 3) -> int:
        found = 0
        for _ in self.matches(text):
            found += 1
            if found == most:
                break
        return found

    def found_in(self, text: str) -> bool:
        return next(self.matches(text), None) is not None
