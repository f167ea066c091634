"""The search of `best.py` as one compiled loop: the same rows and the same scores.

Only nightly work loads this module, and only where Numba is installed: compiling takes
seconds, and a web worker would carry the compiler with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numba import njit

from jobs.matching.rules.arrays import Bools, Floats, Ints
from jobs.matching.rules.best import Candidate, room_of
from jobs.matching.rules.columns import Columns
from jobs.matching.rules.facts import Seeker
from jobs.matching.rules.score import MOST_WORDS, WORD_POINTS
from jobs.matching.rules.work import FIT, SKILLS, by_words

_ROUNDING = 1 + 1e-9
# Work keys with at least this share of the most points come before the others.
_LEVELS = np.array([0.9, 0.6, 0.0])
_NONE = np.zeros(0, dtype=bool)
_NO_CODES = np.zeros(0, dtype=np.uint16)
_NO_WORDS = np.zeros(0, dtype=np.uint8)
_PAY, _HOURS, _PLACE, _NOTICE, _ASKS, _BARS, _FLAGS = range(7)
_NAMES = ("pay", "hours", "place", "notice", "asks", "bars")


class Rows(NamedTuple):
    """Columns laid out for the loop: what is asked of one row stands together."""

    keys: Ints
    employers: Ints
    starts: Ints
    occupations: Ints
    strengths: Floats


class Tables(NamedTuple):
    """One seeker's points and factors by key."""

    fit: Floats
    skills: Floats
    related: Bools
    pay: Floats
    hours: Floats
    place: Floats
    notice: Floats
    asks: Floats
    bars: Floats


class Barred(NamedTuple):
    """What leaves rows out; an empty array leaves out none."""

    refused: np.uint16
    pay: Ints
    place: Ints
    employers: Bools
    gone: Bools


def best_of(candidate: Candidate, most: int, least: float) -> tuple[Floats, Ints]:
    """As `best.best_of`."""
    scoring, number = candidate.scoring, candidate.number
    columns, people = scoring.columns, scoring.people
    words = _words_of(people.seekers[number], columns)
    tables = Tables(
        people.fit[number],
        people.skills[number],
        people.is_related[number],
        pay=scoring.points["pay"][number],
        hours=scoring.points["hours"][number],
        place=scoring.points["place"][number],
        notice=scoring.points["notice"][number],
        asks=scoring.asks[number],
        bars=scoring.bars[number],
    )
    rows, barred = _rows_of(columns), _barred_of(candidate)
    points = _work(rows, tables, *_raised(people.seekers[number], columns))
    room = room_of(scoring, number, has_words=len(words) > 0)
    while True:
        scores, found = _search(
            rows,
            tables,
            barred,
            points,
            words,
            WORD_POINTS,
            (room, most, least),
        )
        hidden = candidate.hidden_among(found)
        if hidden is None:
            return scores, found
        # Others move up into their places.
        employers = np.zeros(len(columns.keys["employer"]), dtype=bool)
        employers[: len(barred.employers)] = barred.employers
        employers[columns.rows["employer"][found[hidden]]] = True
        barred = barred._replace(employers=employers)


def _barred_of(candidate: Candidate) -> Barred:
    reach, alive = candidate.reach, candidate.segment.alive
    return Barred(
        np.uint16(reach.refused),
        _NO_CODES if reach.pay is None else reach.pay,
        _NO_CODES if reach.places is None else reach.places,
        _NONE,
        _NONE if alive is None else ~alive,
    )


_laid_out: WeakKeyDictionary[Columns, Rows] = WeakKeyDictionary()


def _rows_of(columns: Columns) -> Rows:
    rows = _laid_out.get(columns)
    if rows is None:
        # Four rows to a line of the processor's cache: fetching them takes the time.
        most = max(len(columns.keys[name]) for name in _NAMES)
        keys = np.zeros((len(columns), 8), np.uint16 if most < 1 << 16 else np.uint32)
        for place, name in enumerate(_NAMES):
            keys[:, place] = columns.rows[name]
        keys[:, _FLAGS] = columns.flags
        rows = _laid_out[columns] = Rows(
            keys,
            columns.rows["employer"].astype(np.int32),
            columns.work_starts,
            # No sign to look at, and what one key has stands together.
            np.ascontiguousarray(columns.occupations.T).view(np.uint8),
            np.ascontiguousarray(columns.strengths.T),
        )
    return rows


def _compiled(function: Callable[..., Any]) -> Any:
    try:
        return njit(cache=True)(function)
    except RuntimeError:
        # Nowhere to keep what was compiled: then it is compiled at every start.
        return njit(function)


def _words_of(seeker: Seeker, columns: Columns) -> Ints:
    """As `score.word_counts`; empty when no row has any of the words."""
    known = [columns.words[word] for word in seeker.words if word in columns.words]
    if not known:
        return _NO_WORDS
    numbers = np.array(known)
    starts, stops = columns.word_starts[numbers], columns.word_starts[numbers + 1]
    counts: Ints = _counted(len(columns), columns.word_rows, starts, stops)
    return counts


def _raised(seeker: Seeker, columns: Columns) -> tuple[Ints, Floats]:
    """Work keys that hold wished-for words, and how well each fits through them."""
    pairs = list(by_words(seeker, columns))
    if not pairs:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    return np.concatenate([k for k, _ in pairs]), np.concatenate([v for _, v in pairs])


@_compiled
def _counted(size: int, rows: Any, starts: Any, stops: Any) -> Any:
    counts = np.zeros(size, np.uint8)
    for n in range(len(starts)):
        for row in rows[starts[n] : stops[n]]:
            counts[row] = min(counts[row] + 1, MOST_WORDS)
    return counts


@_compiled
def _work(rows: Any, tables: Any, raised: Any, values: Any) -> Any:
    """The points of every work key, as `work.work_points` gives them."""
    occupations, strengths, fits, skills = (
        rows.occupations,
        rows.strengths,
        tables.fit,
        tables.skills,
    )
    points = np.zeros(len(strengths))
    for key in range(len(points)):
        for slot in range(5):
            strength = strengths[key, slot]
            if strength == 0.0:
                break
            fit = fits[occupations[key, slot]] * strength
            points[key] = max(points[key], fit)
    for n in range(len(raised)):
        points[raised[n]] = max(points[raised[n]], values[n])
    for key in range(len(points)):
        have = skills[occupations[key, 0]] * strengths[key, 0]
        points[key] = FIT * min(points[key], 1.0) + SKILLS * min(have, 1.0)
    return points


@_compiled
def _cut(scores: Any, rows: Any, size: int, most: int, least: float) -> Any:
    """Those that are still among the best moved to the front: how many, and the bar."""
    if size < most:
        return size, least
    bar = max(least, np.partition(scores[:size], size - most)[size - most])
    kept = 0
    for n in range(size):
        if scores[n] >= bar:
            scores[kept], rows[kept] = scores[n], rows[n]
            kept += 1
    return kept, bar


@_compiled
def _search(  # noqa: C901 -- a call for each row would cost more than its work
    rows: Any,
    tables: Any,
    barred: Any,
    points: Any,
    words: Any,
    word_points: Any,
    limits: Any,
) -> Any:
    room, most, least = limits
    scores, found, size = np.empty(8 * most), np.empty(8 * most, np.int64), 0
    # Looked up once: each look into a tuple counts the references to an array.
    row_keys, employers, starts, occupations, _strengths = rows
    _fit, _skills, related, pay, hours, place, notice, asks, bars = tables
    refused, low_pay, far, hidden, gone = barred
    shift = len(asks) // 2
    # What is left of it once pay, hours and place are known.
    rest = room - pay.max() - hours.max() - place.max() if len(row_keys) else room
    above = np.inf
    top = points.max() if len(points) else 0.0
    # With a good bar from elsewhere their order matters little.
    for level in _LEVELS if least == -np.inf else _LEVELS[-1:]:
        from_here = level * top
        for key in range(len(points)):
            work = points[key]
            if work < from_here or work >= above or (work + room) * _ROUNDING < least:
                continue
            is_related = related[occupations[key, 0]] or related[occupations[key, 1]]
            start = shift if is_related else 0
            for row in range(starts[key], starts[key + 1]):
                if row_keys[row, _FLAGS] & refused:
                    continue
                if len(low_pay) and low_pay[row_keys[row, _PAY]]:
                    continue
                # In the order of `score.Scoring.summed`: the digits must be the same.
                total = work + pay[row_keys[row, _PAY]]
                total += hours[row_keys[row, _HOURS]]
                total += place[row_keys[row, _PLACE]]
                if (total + rest) * _ROUNDING < least:
                    continue
                if len(far) and far[row_keys[row, _PLACE]]:
                    continue
                if len(gone) and gone[row]:
                    continue
                lowered = (
                    asks[start + row_keys[row, _ASKS]] * bars[row_keys[row, _BARS]]
                )
                if (total + rest) * lowered * _ROUNDING < least:
                    continue
                if len(hidden) and hidden[employers[row]]:
                    continue
                total += notice[row_keys[row, _NOTICE]]
                if len(words):
                    total += word_points[words[row]]
                total *= lowered
                if total < least:
                    continue
                if size == len(scores):
                    size, least = _cut(scores, found, size, most, least)
                    # Many of the same score: all of them may be among the best.
                    if 2 * size > len(scores):
                        scores = np.concatenate((scores, np.empty_like(scores)))
                        found = np.concatenate((found, np.empty_like(found)))
                scores[size], found[size] = total, row
                size += 1
        above = from_here
        size, least = _cut(scores, found, size, most, least)
    return scores[:size], found[:size]
