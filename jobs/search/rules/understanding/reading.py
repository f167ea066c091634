"""What somebody typed, taken apart: facts, words, and what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from accounts.lib.text import ZERO_WIDTH
from jobs.search.rules.segmentation import synonyms
from jobs.search.rules.understanding.amounts import amounts_at
from jobs.search.rules.understanding.assembling import assemble
from jobs.search.rules.understanding.negations import indifferent_at, negation_at
from jobs.search.rules.understanding.pieces import Piece, Understood
from jobs.search.rules.understanding.places import places_at, province_at
from jobs.search.rules.understanding.spelling import guess_of, spelled_at
from jobs.search.rules.understanding.vocabulary import fold, longest, phrases

# More than anybody says about a job; it bounds what a page costs.
LONGEST_QUERY = 200
# Up to here it is tried whether a space does, which reads better than a mark.
LONGEST_TRIED = 80
# Stands in no piece, so that nothing grows together across it.
SEPARATOR = "；"
_MARKS = " ，。、；：！？,;:!?|/·"
# Control characters and halves of characters.
_UNSEEN = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
# After these a school's name is the work's, not the seeker's: 高中老师.
_OTHER_SENSE = re.compile(
    r"老师|教师|教员|语文|数学|英语|物理|化学|辅导|班主任|教研|讲师|学科|课|医[院生师]|护士|院校"
    r"|系统|机器人|管理员?|楼|专员|窗口|代理|医疗|教育|控制|养老|护理|头条"
)
_SCHOOLS = frozenset({"education", "remote", "lodging", "insurance", "posted_within"})


def understand(text: str, *, plain: Collection[str] = ()) -> Understood:
    """`plain` are words, as `Piece.typed` gives them, that mean no more than themselves.

    Takes any text, in time that grows with its length up to LONGEST_QUERY.
    """
    short = first_part(text)
    folded = fold(short)
    pieces, fragments = _take_apart(folded, {fold(word) for word in plain})
    query, kept = assemble(pieces, fragments)
    if not kept and not fragments and not _is_indifferent(folded):
        # Nothing but marks: that finds nothing, where an empty search finds all.
        query = replace(query, text=short.strip())
    return Understood(
        query=query,
        text=short.strip(),
        pieces=kept,
        guess=guess_of(folded, fragments, plain),
        is_cut=len(text) > LONGEST_QUERY,
    )


def first_part(text: str) -> str:
    """As much of it as is read."""
    visible = _UNSEEN.sub(" ", ZERO_WIDTH.sub("", text[: LONGEST_QUERY * 5]))
    return visible[:LONGEST_QUERY]


def _is_indifferent(text: str) -> bool:
    return any(indifferent_at(text, start) for start in range(len(text)))


def text_without(understood: Understood, piece: Piece) -> str:
    """The search without that piece, joined so that what is left says the same."""
    left = understood.text[: piece.start].rstrip(_MARKS)
    right = understood.text[piece.end :].lstrip(_MARKS)
    if not left or not right:
        return left or right
    # A mark keeps apart what a space might make into one: 不要 双休 销售.
    spaced, marked = f"{left} {right}", f"{left}{SEPARATOR}{right}"
    if len(spaced) > LONGEST_TRIED:
        # Reading it again for each of its pieces would take longest where it is longest.
        return marked
    rest = [p.facts for p in understood.pieces if p is not piece]
    again = [p.facts for p in understand(spaced).pieces]
    return spaced if rest == again else marked


def canonical(understood: Understood) -> str:
    """The pieces, then the words: reading it again gives the same query."""
    parts = [*(piece.typed for piece in understood.pieces), understood.query.text]
    return SEPARATOR.join(part for part in parts if part)


def _take_apart(text: str, plain: set[str]) -> tuple[list[Piece], list[str]]:
    pieces: list[Piece] = []
    fragments: list[str] = []
    start = position = 0
    while position < len(text):
        skipped = indifferent_at(text, position)
        piece = None if skipped else _piece_at(text, position)
        if skipped:
            fragments.append(text[start:position].strip(_MARKS))
            start = position = skipped
        elif piece is None:
            position += 1
        elif piece.typed in plain:
            position = piece.end
        else:
            fragments.append(text[start:position].strip(_MARKS))
            pieces.append(piece)
            start = position = piece.end
    fragments.append(text[start:].strip(_MARKS))
    return pieces, [fragment for fragment in fragments if fragment]


def _piece_at(text: str, start: int) -> Piece | None:
    """The longest piece that begins here; of two equal ones the surer kind."""
    if text[start].isspace() or not _begins(text, start):
        return None
    found = [piece for piece in _candidates(text, start) if piece]
    return max(found, key=lambda piece: piece.end, default=None)


def _candidates(text: str, start: int) -> Iterator[Piece | None]:
    yield _phrase_at(text, start)
    yield negation_at(text, start)
    yield from amounts_at(text, start)
    yield province_at(text, start)
    yield places_at(text, start)
    yield _misspelled_at(text, start)


def _begins(text: str, start: int) -> bool:
    """Not in the middle of a Latin word or a number."""
    char, before = text[start], text[start - 1 : start]
    if not (char.isascii() and char.isalnum()):
        return True
    return not (before.isascii() and before.isalnum())


def _phrase_at(text: str, start: int) -> Piece | None:
    for size in range(min(longest(), len(text) - start), 0, -1):
        typed = text[start : start + size]
        found = phrases().get(typed)
        if (
            found
            and _ends(text, start + size)
            and not _is_other(found, text, size + start)
        ):
            return found.at(start, start + size, typed)
    return None


def _ends(text: str, end: int) -> bool:
    last, after = text[end - 1], text[end : end + 1]
    return not (
        last.isascii() and last.isalnum() and after.isascii() and after.isalnum()
    )


def _is_other(piece: Piece, text: str, end: int) -> bool:
    name = piece.facts[0][0] if piece.facts else ""
    return name in _SCHOOLS and _OTHER_SENSE.match(text, end) is not None


def _misspelled_at(text: str, start: int) -> Piece | None:
    """Pinyin of a word of the trade: kefu, shuangxiu."""
    found = spelled_at(text, start)
    if found is None:
        return None
    end, word = found
    typed = text[start:end]
    known = phrases().get(word) or places_at(word, 0)
    piece = known if known and len(known.typed) == len(word) else _word_piece(word)
    return replace(piece.at(start, end, typed), meant=word)


def _word_piece(word: str) -> Piece:
    return Piece(0, 0, word, words=(synonyms().get(word, (word,)),))
