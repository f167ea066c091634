from __future__ import annotations

import re
from collections.abc import Iterator

# 无需外呼, 不用打电话, 非销售岗: a cue that the words just before it take back.
_TAKEN_BACK = re.compile(
    r"(?:无需|不需要?|不用|不必|不做|不涉及|不包含|没有|并非|拒绝|免|no|not|without)"
    r"[^,.。;、\n]{0,4}$|(?:无|非|不|纯)(?:任何|是|上|打|会|主动|含)?$"
)
_TAKES_BACK_AFTER = re.compile(r"(?:请勿|勿扰|除外|不要|免谈|工作无|岗位无)")


class Cue:
    """A set of words whose appearance says something, unless a negation governs it."""

    def __init__(self, *words: str) -> None:
        self._pattern = re.compile("|".join(words))

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Un-negated matches in folded text."""
        for match in self._pattern.finditer(text):
            start, end = match.span()
            if _TAKEN_BACK.search(text, max(0, start - 10), start):
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
