from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import nh3

from accounts.lib.text import clean_block
from jobs.postings.rules.text import fold

_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});")
_BLOCK_ENDS = re.compile(
    r"<\s*(?:br|/p|/div|/li|/h[1-6]|/tr|/ul|/ol)\b[^<>]{0,200}>", re.I
)
# Tails that job boards glue to every text; they say nothing about the job.
_BOARD_TAIL = re.compile(
    r"(?:职能类别|关键字|职位类别)\s*[:：]\s*(?P<words>.*)\Z", re.S
)
# Left over where a crawler dropped the brackets of <P> or kept JSON escapes.
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_LOST_TAGS = re.compile(r"P(?=\d{1,2}[.、，,)）]|P)")
_STRAY_P = re.compile(r"(?<![A-Za-z])P+(?=[\u4e00-\u9fff\d【（(\-]|\s|\Z)")
_BROKEN_TAIL = re.compile(r"""["'}\]\s]+\Z""")

_DUTIES = (
    "岗位职责描述", "岗位职责", "工作职责", "职位描述", "岗位描述", "工作内容", "职责描述", "主要职责", "职位职责", "岗位内容",
    "工作描述", "主要工作内容", "主要工作职责", "主要工作", "岗位工作内容", "岗位说明", "职位概要", "职责",
    "job responsibilities", "responsibilities", "job description", "main duties", "duties", "what you will do",
)  # fmt: skip
_NEEDS = (
    "任职资格", "任职要求", "岗位要求", "职位要求", "招聘要求", "应聘要求", "任职条件", "应聘条件", "招聘条件", "岗位条件", "任职需求",
    "基本要求", "技能要求", "任职基本要求", "要求", "条件",
    "job requirements", "requirements", "requirement", "qualifications", "qualification", "what we need",
)  # fmt: skip
_OFFERS = (
    "福利待遇", "薪资福利", "薪酬福利", "薪资待遇", "公司福利", "员工福利", "工作福利", "岗位福利", "薪资", "福利", "待遇",
    "我们提供", "工作时间", "上班时间", "工作地点", "上班地点", "工作地址", "上班地址", "公司地址", "公司介绍", "公司简介",
    "联系方式", "联系人", "联系电话", "晋升空间", "晋升发展", "benefits", "we offer", "working hours",
)  # fmt: skip
_SHORT = frozenset(
    {"要求", "条件", "职责", "薪资", "福利", "待遇", "duties", "benefits"}
)
_KIND = {
    **dict.fromkeys(_DUTIES, "duties"),
    **dict.fromkeys(_NEEDS, "needs"),
    **dict.fromkeys(_OFFERS, "offers"),
}


def _alternatives(words: Iterable[str]) -> str:
    """Words as one pattern, longest first, grouped by their first character.

    A regular expression tries alternatives one by one: by character it tries few.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        groups.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{head}(?:{'|'.join(tails)})" for head, tails in groups.items())


_WORDS = _alternatives(_KIND)
# The word comes first in the pattern: what stands before it is looked at afterwards,
# so that the scan of a long text stays fast.
_HEADING = re.compile(
    rf"(?P<word>{_WORDS})(?P<close>\s*[】\])」>]?\s*(?:\([^)]{{0,12}}\))?\s*:?)"
)
_OPENING = re.compile(r"[【\[(「<■●★#]\s*$")
_ORDINAL = re.compile(r"(?:[一二三四五六七八九]\s*[、.,:]|(?<!\d)\d\s*[、.])\s*$")
_NUMBERED = re.compile(
    r"\s*(?:\d{1,2}|[一①(])\s*[、.)):]|\s*(?:p\s*)?1\s*[、.,:)]|\s*[•·*①]|\s*\n"
)
_SENTENCE_START = re.compile(r"(?:^|[\s。;；!！.、:】\]\n])$")
_ITEM = re.compile(
    r"[1-9]\d?(?:[、．)）]|\.(?!\d))|[①-⑩]|[（(][1-9一二三四五六七八九][)）]|[一二三四五六七八九]、"
)
# 1.5, (1) inside a bracket, and the second digit of 12、 start no line.
_NO_LINE_AFTER = frozenset("0123456789.(（")


@dataclass(frozen=True, slots=True)
class Sections:
    """An advert's text by heading; without headings all of it is responsibilities."""

    responsibilities: str = ""
    qualifications: str = ""
    offers: str = ""


def to_plain_text(text: str) -> str:
    """Text with markup removed for good: scripts go with their content."""
    if _MARKUP.search(text):
        text = _BLOCK_ENDS.sub("\n", text)
        text = html.unescape(nh3.clean(text, tags=set()))
        if _MARKUP.search(text):
            # What was escaped once may be a tag when unescaped: clean the result too.
            text = html.unescape(nh3.clean(text, tags=set())).replace("<", "‹")
    if "\\u" in text:
        text = html.unescape(_ESCAPED.sub(lambda m: chr(int(m[1], 16)), text))
    if len(_LOST_TAGS.findall(text, 0, 4000)) >= 3:
        text = _STRAY_P.sub("\n", text)
    text = _BOARD_TAIL.sub("", text)
    return _BROKEN_TAIL.sub("", clean_block(text))


def board_category(text: str) -> str:
    """What the board filed the advert under (职能类别), from the tail of its text."""
    match = _BOARD_TAIL.search(text)
    if match is None or not match.group().startswith(("职能类别", "职位类别")):
        return ""
    return match["words"].split("关键字")[0].strip(" \"'}]")[:80]


def split_description(text: str) -> Sections:
    """Splits plain text at its headings (岗位职责, 任职要求 …)."""
    heads = list(_headings(fold(text)))
    if not heads:
        return Sections(responsibilities=as_lines(text))
    parts: dict[str, list[str]] = {"duties": [text[: heads[0].start]]}
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        body = text[head.end : following.start if following else len(text)]
        if head.kind == "offers":
            body = f"{head.word}: {body.strip()}"
        parts.setdefault(head.kind, []).append(body)
    joined = {kind: as_lines("\n".join(bodies)) for kind, bodies in parts.items()}
    if not joined.get("duties"):
        joined["duties"] = joined.pop("needs", "") or joined.pop("offers", "")
    return Sections(
        joined.get("duties", ""), joined.get("needs", ""), joined.get("offers", "")
    )


class _Head(NamedTuple):
    kind: str
    word: str
    start: int
    end: int


def _headings(folded: str) -> Iterator[_Head]:
    """Heading words at the start of a line, in brackets, with a colon or a list."""
    for match in _HEADING.finditer(folded):
        word, start, end = match["word"], match.start(), match.end()
        opening = _OPENING.search(folded, max(0, start - 3), start)
        start = opening.start() if opening else start
        ordinal = _ORDINAL.search(folded, max(0, start - 4), start)
        start = ordinal.start() if ordinal else start
        before = folded[max(0, start - 1) : start]
        starts = _SENTENCE_START.search(before) is not None or ordinal is not None
        closes = bool(match["close"].strip())
        if word in _SHORT:
            is_heading = closes and (starts or opening is not None)
        else:
            is_heading = (
                closes
                or opening is not None
                or _NUMBERED.match(folded, end) is not None
            )
        if is_heading:
            yield _Head(_KIND[word], word, start, end)


def as_lines(text: str) -> str:
    """One point a line: boards glue "1、… 2、…" into one long line."""
    if text.count("\n") < 2:
        text = "\n".join(_points(text))
    lines = (line.strip(" \t:：") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _points(text: str) -> Iterator[str]:
    position = 0
    for match in _ITEM.finditer(text):
        start = match.start()
        before = text[position:start].rstrip()
        if before and before[-1] not in _NO_LINE_AFTER:
            yield text[position:start]
            position = start
    yield text[position:]
