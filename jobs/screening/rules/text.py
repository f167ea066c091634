from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add

import opencc

# No real advert comes near this; a longer text is an attack or a mistake.
MAX_TEXT_LENGTH = 50_000


class TextTooLong(ValueError):  # noqa: N818 - reads as the sentence it is
    """The text is longer than the engine reads; the message is fit for people."""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"The text has {length:,} characters; screening reads at most "
            f"{MAX_TEXT_LENGTH:,}. Shorten it and try again."
        )
        self.length = length


_GAP = "\0"
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
            return _GAP
        if char in _KEPT_PUNCTUATION:
            return char
        char = unicodedata.normalize("NFKC", char)[:1].lower()[:1] or _GAP
        if char in _FILLERS:
            return _GAP
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
_SPACES = re.compile(" +")
_SPELT_OUT = re.compile(r"(?<![a-z])[a-z](?: +[a-z](?![a-z]))+")
_BETWEEN_HAN = re.compile(r"(?<=[一-鿿])[-.|\0]{1,3}(?=[一-鿿])")
_NUMBERED_ITEM = r"(?<=[^\d:.\-])(?=\d{1,2}[、.)]\D)"
_SENTENCE_END = re.compile(rf"[。!?;\n]|{_NUMBERED_ITEM}")
_LATIN_SENTENCE_END = re.compile(r"(?<!\d)[.](?!\d)|[!?;\n。]")


def _neighbour(text: str, index: int, step: int) -> str:
    """The nearest character that is no dropped mark, looking a few steps only."""
    for place in range(index, index + 4 * step, step):
        if not 0 <= place < len(text):
            return ""
        if text[place] != _GAP:
            return text[place]
    return ""


def _drop_spaces(match: re.Match[str]) -> str:
    """Blank a run of spaces, keeping one between two Latin letters or digits."""
    text, start, end = match.string, match.start(), match.end()
    before, after = _neighbour(text, start - 1, -1), _neighbour(text, end, 1)
    if before.isascii() and before.isalnum() and after.isascii() and after.isalnum():
        return " " + _GAP * (end - start - 1)
    return _GAP * (end - start)


@dataclass(frozen=True)
class Passage:
    """A normalised text with, for each of its characters, its place in the original."""

    raw: str
    text: str
    offsets: Sequence[int]
    latin: bool = False

    @cached_property
    def _sentence_ends(self) -> list[int]:
        pattern = _LATIN_SENTENCE_END if self.latin else _SENTENCE_END
        return [match.start() for match in pattern.finditer(self.text)]

    @cached_property
    def grams(self) -> set[str]:
        """Every character, pair and triple of neighbours in the text."""
        pairs = list(map(add, self.text, self.text[1:]))
        grams = set(map(add, pairs, self.text[2:]))
        grams.update(pairs, self.text)
        return grams

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the sentence around [start, end)."""
        ends = self._sentence_ends
        first = bisect_right(ends, start)
        last = bisect_right(ends, max(start, end - 1))
        left = ends[first - 1] if first else 0
        right = ends[last] if last < len(ends) else len(self.text)
        return left, right

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        return self.offsets[start], self.offsets[end - 1] + 1

    def has_gap_before(self, index: int) -> bool:
        """Whether white space was dropped just before this character."""
        if index == 0:
            return False
        between = self.raw[self.offsets[index - 1] + 1 : self.offsets[index]]
        return any(char.isspace() for char in between)


def normalise(raw: str) -> Passage:
    """Fold width, case, script, spacing and filler marks; raises TextTooLong.

    One space is kept between Latin words, so that English can be read too.
    """
    if len(raw) > MAX_TEXT_LENGTH:
        raise TextTooLong(len(raw))
    plain = _REGIONAL_WORD.sub(lambda match: _REGIONAL[match[0]], raw)
    mapped = _SPACES.sub(_drop_spaces, plain.translate(_TABLE))
    if _SPELT_OUT.search(mapped):
        mapped = _SPELT_OUT.sub(lambda m: m[0].replace(" ", _GAP), mapped)
    mapped = _BETWEEN_HAN.sub(lambda m: _GAP * len(m[0]), mapped)
    if _GAP not in mapped:
        return Passage(raw, mapped, range(len(mapped)))
    offsets = [i for i, char in enumerate(mapped) if char != _GAP]
    return Passage(raw, mapped.replace(_GAP, ""), offsets)
