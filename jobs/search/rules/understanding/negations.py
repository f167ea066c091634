"""What somebody does not want: 不要销售和催收, 除了保险, no sales."""

from __future__ import annotations

import re

from jobs.search.rules.segmentation import query_words
from jobs.search.rules.understanding.pieces import Fact, Piece
from jobs.search.rules.understanding.vocabulary import longest, negated

# After these any word may follow; after the others only words known to be unwanted,
# because 无人机, 非洲 and 不锈钢 are words of their own.
_STRONG = re.compile(
    r"不要(?!求)|(?<!是)不是|不想(?:要|做|当|干|去|搞|碰|再)?(?:做|干)?|不愿意?做?|不做|不干|不当|不找|不考虑|不接受|不看"
    r"|除了|除开|除去|排除|去掉|拒绝|避开|避免|讨厌|"
    r"(?:no|not|without|except|excluding|avoid|but not)\b(?! *$)|[-!](?=[^\W\d_])"
)
_WEAK = re.compile(
    r"不含|不是|不用|不需要?|不必|不带|不涉及|不碰|不搞|不跑|不|无需|无须|无|非|没有|没|别|免|远离|non\b"
)
_BETWEEN = re.compile(r"(?: |-)?(?:(?:再|做|当|干|去|搞|任何|有)(?!$)|any |the )?")
_ALSO = re.compile(r"[、/和或跟及与]|以及|还有|,? ?(?:and|or|nor) (?:no )?")
_TAIL = re.compile(
    r"(?:(?:类|性质)?的?(?:工作|岗位|职位)(?!服|人))?(?:以外|之外)?(?:都(?:可以|行|可|要))?"
)
# Behind what it is about, where nothing follows that it could be about: 夜班不要.
_BEHIND = re.compile(
    r"(?:的?工作|的?岗位|类|的)?(?:都|就|一律|也)?"
    r"(?:不要(?!求)|除外|不考虑|不接受|不想做|不做|不看|免谈|勿扰|就算了)(?=$|[\s，。、；！,;!])"
)
_TIRING = r"(?:上|值|倒|做)?(?:大夜班|大夜|夜班|晚班|倒班|轮班|加班|打电话|电话|外呼|销售|外包)"
# Said so that nothing is left out for it: 接受夜班, 加班也可以.
_INDIFFERENT = re.compile(
    rf"(?:能|可以?)?(?:接受|不介意|不怕){_TIRING}的?"
    rf"|{_TIRING}(?:也|都)?(?:可以|可|行|能接受|可接受|没问题|没关系|无所谓)的?"
)
_WORD = re.compile(r"[a-z]+|[\u3400-\u9fff]+")
_LONGEST_WORD = 12


def indifferent_at(text: str, start: int) -> int:
    """Where words end that ask for nothing; 0 where none stand here."""
    found = _INDIFFERENT.match(text, start)
    return found.end() if found else 0


def negation_at(text: str, start: int) -> Piece | None:
    return _behind(text, start) or _before(text, start)


def _behind(text: str, start: int) -> Piece | None:
    for size in range(min(longest(), len(text) - start), 0, -1):
        field = negated().get(text[start : start + size])
        after = _BEHIND.match(text, start + size) if field else None
        if field and after:
            end = after.end()
            return Piece(start, end, text[start:end], facts=((field, True),))
    return None


def _before(text: str, start: int) -> Piece | None:
    strong = _STRONG.match(text, start)
    match = strong or _WEAK.match(text, start)
    if not match or (
        text[start] in "-!" and text[:start].rstrip() == text[:start] != ""
    ):
        return None
    end = _BETWEEN.match(text, match.end())
    position = end.end() if end else match.end()
    facts: list[Fact] = []
    without: list[str] = []
    while True:
        found = _object(text, position, is_any=strong is not None)
        if found is None:
            break
        field, word, stop = found
        if field:
            facts.append((field, True))
        else:
            without.append(word)
        also = _ALSO.match(text, stop)
        if _object(text, stop, is_any=False):
            # 除了保险销售: both of them.
            position = stop
        elif also and _object(text, also.end(), is_any=strong is not None):
            position = also.end()
        else:
            break
    if not facts and not without:
        return None
    tail = _TAIL.match(text, stop)
    stop = tail.end() if tail else stop
    return Piece(
        start,
        stop,
        text[start:stop],
        facts=tuple(sorted(set(facts))),
        without=tuple(sorted(set(without))),
    )


def _object(text: str, start: int, *, is_any: bool) -> tuple[str, str, int] | None:
    """(field of Query or "", word, where it ends)."""
    for size in range(min(longest(), len(text) - start), 0, -1):
        word, end = text[start : start + size], start + size
        if word in negated() and _ends(text, end):
            return negated()[word], word, end
    run = _WORD.match(text, start) if is_any else None
    if not run:
        return None
    words = query_words(run[0][:_LONGEST_WORD], limit=1)
    if not words or not run[0].startswith(words[0]) or len(words[0]) < 2:
        return None
    return "", words[0], start + len(words[0])


def _ends(text: str, end: int) -> bool:
    """Not in the middle of a Latin word."""
    before, after = text[end - 1], text[end : end + 1]
    return not (before.isascii() and after.isascii() and after.isalpha())
