"""The notation in which the catalogue writes phrases, and its compiler.

A phrase is a row of tokens separated by spaces:

    给|向|对          one of these words
    @debtor           one of the words of a class (catalogue/words.toml)
    的?               an optional token; (的|过)? one of several or none
    ~6                up to six characters, within the sentence
    -6                up to six characters, within the clause (no comma)
    !不|没            not followed by one of these
    <!不|没           not preceded by one of these
    /\\d{1,3}/         a bounded regular expression without spaces; inside a word too

In English phrases a gap counts words and a word may end in * (any ending).
There is no unbounded repetition, so matching is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass


class PatternError(ValueError):
    """A phrase of the catalogue that cannot be compiled."""


Words = Mapping[str, Sequence[str]]

_GAP = re.compile(r"([~-])(\d{1,2})")
# A gap does not reach over "不得", so that "22点后不得催收" is no hit.
_NOT_NEGATED = (
    "(?!严禁|禁止|停止|不得|不准|不许|杜绝|拒绝|避免|勿|不(?![停断限管论问间够到了]))"
)
_INLINE = re.compile(r"/([^/]*[\\\[(][^/]*)/")
_LATIN = re.compile("[a-z0-9]")
_UNBOUNDED = re.compile(r"(?<!\\)[*+]|\{\d*,\}")


@dataclass(frozen=True)
class Pattern:
    """A compiled phrase.

    One of `anchors`, and one of each set in `others`, occurs in every text that it
    matches.
    """

    source: str
    regex: re.Pattern[str]
    anchors: tuple[str, ...]
    others: tuple[frozenset[str], ...] = ()
    is_english: bool = False

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.regex.finditer(text)


_LAST_LATIN = re.compile("[a-z0-9](?=[^a-z0-9]*$)")


def end_of_english(text: str, start: int, end: int) -> int:
    """Where the words of an English match end: its last token takes marks along, and
    Chinese that stands behind it."""
    last = _LAST_LATIN.search(text[start:end])
    return start + last.end() if last else end


def _is_optional(token: str) -> bool:
    if token.startswith("("):
        return token.endswith(")?")
    return token.endswith("?") and "|" not in token


def expand(token: str, words: Words) -> list[str]:
    """The alternatives of a token, classes spelt out."""
    alternatives: list[str] = []
    for part in token.split("|"):
        if part.startswith("@"):
            if part[1:] not in words:
                raise PatternError(f"unknown word class {part}")
            for word in words[part[1:]]:
                alternatives.extend(expand(word, words))
        elif "?" in part and not _INLINE.search(part):
            at = part.index("?")
            alternatives.extend(expand(part[:at] + part[at + 1 :], words))
            alternatives.extend(expand(part[: at - 1] + part[at + 1 :], words))
        elif part:
            alternatives.append(part)
    if not alternatives:
        raise PatternError(f"empty token {token!r}")
    return list(dict.fromkeys(alternatives))


def _escape(word: str) -> str:
    """A word as a regular expression, its /fragments/ kept as such."""
    parts = _INLINE.split(word)
    if set("".join(parts[::2])) & set("\\[]{}^"):
        raise PatternError(f"stray regular expression in {word!r}")
    escaped = "".join(
        f"(?:{part})" if i % 2 else re.escape(part) for i, part in enumerate(parts)
    )
    # "line" must not match in "online", nor "996" in an order number.
    before = "(?<![a-z0-9])" if _LATIN.fullmatch(word[0]) else ""
    after = "(?![a-z0-9])" if _LATIN.fullmatch(word[-1]) else ""
    return f"{before}{escaped}{after}"


def _group(alternatives: Sequence[str]) -> str:
    longest_first = sorted(alternatives, key=len, reverse=True)
    return "(?:" + "|".join(_escape(word) for word in longest_first) + ")"


def _lookbehind(alternatives: Sequence[str]) -> str:
    return "".join(f"(?<!{re.escape(word)})" for word in alternatives)


def _rarer_first(choices: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Sets of words by how rare they are in running text: longer, then fewer."""
    return sorted(choices, key=lambda words: (-min(map(len, words)), len(words)))


def compile_chinese(source: str, words: Words) -> Pattern:
    parts: list[str] = []
    anchors: list[list[str]] = []
    for token in source.split():
        gap = _GAP.fullmatch(token)
        if gap:
            excluded = "。!?;\\n" if gap[1] == "~" else "。!?;\\n,"
            parts.append(f"(?:{_NOT_NEGATED}[^{excluded}]){{0,{gap[2]}}}?")
        elif len(token) > 2 and token[0] == token[-1] == "/":
            if _UNBOUNDED.search(token):
                raise PatternError(f"unbounded repetition in {source!r}")
            parts.append(f"(?:{token[1:-1]})")
        elif token.startswith("<!"):
            parts.append(_lookbehind(expand(token[2:], words)))
        elif token.startswith("!"):
            parts.append(f"(?!{_group(expand(token[1:], words))})")
        elif _is_optional(token):
            parts.append(_group(expand(token.strip("()?"), words)) + "?")
        else:
            alternatives = expand(token, words)
            parts.append(_group(alternatives))
            if not any(_INLINE.search(word) for word in alternatives):
                anchors.append(alternatives)
    return _finish(source, "".join(parts), anchors, is_english=False)


def _english_word(word: str) -> str:
    escaped = re.escape(word.replace("_", " ")).replace(r"\ ", r"[\s\-]{1,3}")
    return escaped.replace(r"\*", r"[a-z']{0,8}")


def compile_english(source: str, words: Words) -> Pattern:
    parts: list[str] = []
    anchors: list[list[str]] = []
    for token in source.split():
        gap = _GAP.fullmatch(token)
        if gap:
            parts.append(rf"(?:[^\s.!?;\n,]{{1,20}}[\s\-,]{{1,3}}){{0,{gap[2]}}}?")
            continue
        if len(token) > 2 and token[0] == token[-1] == "/":
            if _UNBOUNDED.search(token):
                raise PatternError(f"unbounded repetition in {source!r}")
            parts.append(f"(?:{token[1:-1]})[^a-z0-9]{{0,3}}")
            continue
        optional = _is_optional(token)
        alternatives = expand(token.strip("()?") if optional else token, words)
        body = "|".join(_english_word(w) for w in sorted(alternatives, reverse=True))
        parts.append(
            rf"(?:(?<![a-z0-9])(?:{body})(?![a-z0-9])[^a-z0-9+.!?;\n]{{0,3}})"
            + "?" * optional
        )
        stems = [re.split(r"[_*]", word)[0] for word in alternatives]
        if not optional and all(stems):
            anchors.append(stems)
    return _finish(source, "".join(parts), anchors, is_english=True)


def _finish(
    source: str, regex: str, anchors: Sequence[Sequence[str]], *, is_english: bool
) -> Pattern:
    if not anchors:
        raise PatternError(f"no fixed word in {source!r}")
    first, *rest = _rarer_first(anchors)
    others = tuple(frozenset(words) for words in rest)
    try:
        compiled = re.compile(regex)
    except re.error as error:
        raise PatternError(f"{source!r}: {error}") from error
    return Pattern(source, compiled, tuple(first), others, is_english)
