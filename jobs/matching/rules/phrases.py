from __future__ import annotations

import re
from collections.abc import Iterator

# 无需外呼, 不用打电话, 非催收岗: words that the few before them take back.
_TAKEN_BACK = re.compile(
    r"(?:无需|不需要?|不用|不必|不做|不涉及|不包含|不含|不[查看问会再收要]|不要求|没有|并非|不是|拒绝|严禁|禁止|不得|不带|避免|免|not|without|no)"
    r"[^,.。;\n]{0,6}$|(?:无|非|不|勿)(?:任何|是|上|打|会|主动|含|参与|涉及|从事)?$"
)
_TAKES_BACK_AFTER = re.compile(
    r"(?:请勿|勿扰|除外|不要|免谈|(?:工作|岗位|性质)?(?:无|勿投))"
)


class Phrases:
    """Words whose appearance in folded text says something, unless taken back."""

    def __init__(self, *words: str) -> None:
        self._pattern = re.compile("|".join(words))

    def matches(self, text: str) -> Iterator[re.Match[str]]:
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
