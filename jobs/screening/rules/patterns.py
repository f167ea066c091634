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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


class PatternError(ValueError):
    """A phrase of the catalogue that cannot be compiled."""


Words = Mapping[str, Sequence[str]]

_GAP = re.compile(r"([~-])(\d{1,2})")
# A gap does not reach over "不得", so that "22点后不得催收" is no hit.
_NOT_NEGATED = (
    "(?!严禁|禁止|停止|不得|不准|不许|杜绝|拒绝|避免|勿|不(?![停断限管论问间够到了]))"
)
# A word of English with what follows it. Atomic: "a-a-a-a" must be one word, for there
# are as many ways to cut it as an attacker likes. "super-" of "super-contact" is apart.
_ENGLISH_PART = r"[^\s.!?;,\-]{1,20}"
_ENGLISH_UNIT = rf"(?>-{{0,3}}{_ENGLISH_PART}(?:-{{1,3}}{_ENGLISH_PART}){{0,4}}-{{0,3}}[\s,][\s\-,]{{0,2}})"
_ENGLISH_PREFIX = rf"(?:{_ENGLISH_PART}+-{{1,3}}+){{0,3}}?"
_INLINE = re.compile(r"/([^/]*[\\\[(][^/]*)/")
_LATIN = re.compile("[a-z0-9]")
# Parts of a regular expression that match no character.
_LOOKS_AROUND = re.compile(r"\(\?<?[=!](?:\[[^\]]*\]|[^()\[\]])*\)|\(\?:|[\^$|()]")
# A match that may begin further before its first word is looked for everywhere.
_LONGEST_LEAD = 12
_UNBOUNDED = re.compile(r"(?<!\\)[*+]|\{\d*,\}")


@dataclass(frozen=True)
class Pattern:
    """A compiled phrase.

    One word of each set in `words` occurs in every text that it matches. A match begins
    as many characters before a word of the first set as `lead` holds numbers, or
    anywhere when that is not known.
    """

    source: str
    regex: re.Pattern[str]
    words: tuple[frozenset[str], ...]
    lead: range | None = None
    is_english: bool = False


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


class _Parts:
    """The tokens of a phrase on their way into one expression."""

    def __init__(self) -> None:
        self.regex: list[str] = []
        self.words: list[frozenset[str]] = []
        self._before: tuple[int, int] | None = (0, 0)

    def add(self, regex: str, *, lengths: Iterable[int] | None = None) -> None:
        """A part that is no fixed word, and the `lengths` of what it may match."""
        self.regex.append(regex)
        if self.words:
            return
        known = None if lengths is None else list(lengths)
        if known is None or self._before is None:
            self._before = None
        else:
            least, most = self._before
            self._before = least + min(known), most + max(known)

    def add_words(self, regex: str, words: Iterable[str]) -> None:
        """A part that begins with one of these words."""
        self.regex.append(regex)
        self.words.append(frozenset(words))

    def finish(self, source: str, *, is_english: bool) -> Pattern:
        if not self.words:
            raise PatternError(f"no fixed word in {source!r}")
        lead = None
        if self._before is not None and self._before[1] <= _LONGEST_LEAD:
            lead = range(self._before[0], self._before[1] + 1)
        try:
            regex = re.compile("".join(self.regex))
        except re.error as error:
            raise PatternError(f"{source!r}: {error}") from error
        return Pattern(source, regex, tuple(self.words), lead, is_english)


def _inline_lengths(body: str) -> list[int] | None:
    """Of a regular expression only whether it looks around is known, not how long."""
    return None if _LOOKS_AROUND.sub("", body) else [0]


def _inline(token: str, source: str) -> str:
    if _UNBOUNDED.search(token):
        raise PatternError(f"unbounded repetition in {source!r}")
    return token[1:-1]


def _is_inline(token: str) -> bool:
    return len(token) > 2 and token[0] == token[-1] == "/"


def compile_chinese(source: str, words: Words) -> Pattern:
    parts = _Parts()
    for token in source.split():
        gap = _GAP.fullmatch(token)
        if gap:
            excluded = "。!?;\\n" if gap[1] == "~" else "。!?;\\n,"
            regex = f"(?:{_NOT_NEGATED}[^{excluded}]){{0,{gap[2]}}}?"
            parts.add(regex, lengths=(0, int(gap[2])))
        elif _is_inline(token):
            body = _inline(token, source)
            parts.add(f"(?:{body})", lengths=_inline_lengths(body))
        elif token.startswith("<!"):
            parts.add(_lookbehind(expand(token[2:], words)), lengths=(0,))
        elif token.startswith("!"):
            parts.add(f"(?!{_group(expand(token[1:], words))})", lengths=(0,))
        else:
            _add_words(parts, token, words)
    return parts.finish(source, is_english=False)


def _add_words(parts: _Parts, token: str, words: Words) -> None:
    optional = _is_optional(token)
    alternatives = expand(token.strip("()?") if optional else token, words)
    regex = _group(alternatives)
    if any(_INLINE.search(word) for word in alternatives):
        parts.add(regex + "?" * optional)
    elif optional:
        parts.add(regex + "?", lengths=(0, *map(len, alternatives)))
    else:
        parts.add_words(regex, alternatives)


def _english_word(word: str) -> str:
    escaped = re.escape(word.replace("_", " ")).replace(r"\ ", r"[\s\-]{1,3}")
    return escaped.replace(r"\*", r"[a-z']{0,8}")


def compile_english(source: str, words: Words) -> Pattern:
    parts = _Parts()
    for token in source.split():
        gap = _GAP.fullmatch(token)
        if gap:
            parts.add(f"(?:{_ENGLISH_UNIT}){{0,{gap[2]}}}?{_ENGLISH_PREFIX}")
        elif _is_inline(token):
            parts.add(f"(?:{_inline(token, source)})[^a-z0-9]{{0,3}}")
        else:
            _add_english_words(parts, token, words)
    return parts.finish(source, is_english=True)


def _add_english_words(parts: _Parts, token: str, words: Words) -> None:
    optional = _is_optional(token)
    alternatives = expand(token.strip("()?") if optional else token, words)
    body = "|".join(_english_word(w) for w in sorted(alternatives, reverse=True))
    regex = rf"(?:(?<![a-z0-9])(?:{body})(?![a-z0-9])[^a-z0-9+.!?;\n]{{0,3}})"
    stems = [re.split(r"[_*]", word)[0] for word in alternatives]
    if optional or not all(stems):
        parts.add(regex + "?" * optional)
    else:
        parts.add_words(regex, stems)
