from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import opencc

# The longest of 12,000 real adverts has 6,000 characters, and an import takes 20,000: a
# longer text is an attack or a mistake. The worst of this length is read in 0.2 seconds.
MAX_TEXT_LENGTH = 25_000


class TextTooLong(ValueError):  # noqa: N818 - reads as the sentence it is
    """The text is longer than the engine reads; the message is fit for people."""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"The text has {length:,} characters; screening reads at most "
            f"{MAX_TEXT_LENGTH:,}. Shorten it and try again."
        )
        self.length = length


# Stands where a character was dropped, until the text is put together.
DROPPED = "\0"
_DASHES = frozenset("-‐‑‒–—―~∼〜−")
_FILLERS = frozenset("·•*_`´“”\"'‘’「」『』﹏﹎﹍‧・∙⋅†‡¨°^=…")
_BREAKS = frozenset("\r\n\v\f\x85\u2028\u2029【】■●◆▪▶★☆✅✔♦◎○□✦❤")
# Forms OpenCC leaves alone when it sees one character at a time.
_EXTRA_SIMPLIFIED = {"帐": "账", "妳": "你", "祂": "他", "牠": "它", "﹑": "、"}
_KEPT_PUNCTUATION = frozenset("。、")


class _CharTable(dict[int, str]):
    """Maps each character to exactly one normalised character, on first sight.

    One to one, so that position i of the mapped text is position i of the original;
    characters that carry nothing become NUL and are dropped afterwards.
    """

    def __init__(self) -> None:
        super().__init__()
        self._to_simplified = opencc.OpenCC("t2s")

    def __missing__(self, codepoint: int) -> str:
        mapped = self._map(chr(codepoint))
        self[codepoint] = mapped
        return mapped

    def _map(self, char: str) -> str:
        if char in _BREAKS:
            return "\n"
        if char.isspace():
            return " "
        if char in _FILLERS or unicodedata.category(char) in {"Cf", "Cc", "Mn", "Cs"}:
            return DROPPED
        if char in _KEPT_PUNCTUATION:
            return char
        char = unicodedata.normalize("NFKC", char)[:1].lower()[:1] or DROPPED
        if char in _FILLERS:
            return DROPPED
        if char in _DASHES:
            return "-"
        if "㐀" <= char <= "鿿":
            char = self._to_simplified.convert(char)[:1]
        return _EXTRA_SIMPLIFIED.get(char, char)


_TABLE = _CharTable()
# Words of Taiwan and Hong Kong with a mainland word of the same length, so that
# offsets survive.
_REGIONAL = {
    "聯絡": "联系",
    "簡訊": "短信",
    "網路": "网络",
    "訊息": "信息",
    "資訊": "信息",
    "軟體": "软件",
    "視訊": "视频",
    "抽成": "提成",
    "履歷": "简历",
    "徵才": "招聘",
    "應徵": "应聘",
    "職缺": "岗位",
    "薪水": "工资",
    "勞保": "社保",
    "憂鬱": "抑郁",
    "諮商": "咨询",
    "B肝": "乙肝",
    "勞健保": "社保险",
    "合約": "合同",
    "契約": "合同",
    "速遞員": "快递员",
    "提款卡": "银行卡",
    "職前訓練": "岗前培训",
    "按讚": "点赞",
    "到職": "入职",
    "身分證": "身份证",
    "仲介": "中介",
    "員警": "警察",
    "檢方": "检察",
    "貸款人": "借款人",
}
_REGIONAL_WORD = re.compile("|".join(_REGIONAL))
# A space is kept where a Latin letter or digit stands on both sides of its run; up to
# three dropped marks may stand between. Looks at one space at a time: its replacement
# is a plain string then, which is much faster than a function.
_DROPPED_SPACE = re.compile(
    r" (?<![a-z0-9] )(?<![a-z0-9]\0 )(?<![a-z0-9]\0\0 )(?<![a-z0-9]\0\0\0 )"
    r"| (?! *\0{0,3}[a-z0-9])"
)
_SPACE = re.compile(r"\s")
_COMMA = re.compile(",")
# These begin with the set of characters they look for: the rest is asked only there.
_SPELT_OUT = re.compile(r"[a-z](?<![a-z].)(?: +[a-z](?![a-z]))+", re.DOTALL)
_BETWEEN_HAN = re.compile(r"[-.|\0](?<=[一-鿿].)[-.|\0]{0,2}(?=[一-鿿])", re.DOTALL)
_SENTENCE_END = re.compile(r"[。!?;\n\d](?:(?<=\D)|(?<=[^\d:.\-]\d)(?=\d?[、.)]\D))")
_LATIN_SENTENCE_END = re.compile(r"(?<!\d)[.](?!\d)|[!?;\n。]")


@dataclass(frozen=True)
class Passage:
    """A normalised text with, for each of its characters, its place in the original."""

    raw: str
    # As long as `raw`: NUL stands where a character was dropped from `text`.
    mapped: str
    text: str
    latin: bool = False

    @cached_property
    def offsets(self) -> Sequence[int]:
        if len(self.mapped) == len(self.text):
            return range(len(self.text))
        kept = map(DROPPED.__ne__, self.mapped)
        return list(compress(range(len(self.mapped)), kept))

    @cached_property
    def _sentence_ends(self) -> list[int]:
        pattern = _LATIN_SENTENCE_END if self.latin else _SENTENCE_END
        return [match.start() for match in pattern.finditer(self.text)]

    @cached_property
    def _commas(self) -> list[int]:
        return [match.start() for match in _COMMA.finditer(self.text)]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the sentence around [start, end)."""
        ends = self._sentence_ends
        first = bisect_right(ends, start)
        last = bisect_right(ends, max(start, end - 1))
        left = ends[first - 1] if first else 0
        right = ends[last] if last < len(ends) else len(self.text)
        return left, right

    def comma_from(self, index: int) -> int:
        """The next comma at or after a place; the end of the text when there is none."""
        commas = self._commas
        after = bisect_left(commas, index)
        return commas[after] if after < len(commas) else len(self.text)

    def clause(
        self, start: int, end: int, *, within: tuple[int, int]
    ) -> tuple[int, int]:
        """The part of a sentence between the commas around [start, end)."""
        left, right = within
        before = bisect_left(self._commas, start)
        if before:
            left = max(left, self._commas[before - 1] + 1)
        return left, min(right, self.comma_from(end))

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        return self.offsets[start], self.offsets[end - 1] + 1

    def has_gap_before(self, index: int) -> bool:
        """Whether white space was dropped just before this character."""
        if index == 0:
            return False
        return self.has_gap_within(index - 1, index)

    def has_gap_within(self, first: int, last: int) -> bool:
        """Whether white space was dropped somewhere between two characters."""
        first = max(first, 0)
        between = self.raw[self.offsets[first] + 1 : self.offsets[last]]
        return _SPACE.search(between) is not None


def normalise(raw: str) -> Passage:
    """Fold width, case, script, spacing and filler marks; raises TextTooLong.

    One space is kept between Latin words, so that English can be read too.
    """
    if len(raw) > MAX_TEXT_LENGTH:
        raise TextTooLong(len(raw))
    plain = _REGIONAL_WORD.sub(lambda match: _REGIONAL[match[0]], raw)
    mapped = _DROPPED_SPACE.sub(DROPPED, plain.translate(_TABLE))
    if _SPELT_OUT.search(mapped):
        mapped = _SPELT_OUT.sub(lambda m: m[0].replace(" ", DROPPED), mapped)
    mapped = _BETWEEN_HAN.sub(lambda m: DROPPED * len(m[0]), mapped)
    return Passage(raw, mapped, mapped.replace(DROPPED, ""))
