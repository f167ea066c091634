"""What the work itself is worth to a seeker: no table of it is made.

A large city has tens of thousands of different work keys and a seeker cares about few.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from jobs.matching.rules.arrays import Bools, Floats, Ints, at
from jobs.matching.rules.columns import Columns
from jobs.matching.rules.facts import Seeker
from jobs.matching.rules.people import People

FIT, SKILLS = 48.0, 6.0


def work_values(
    people: People, columns: Columns, seekers: int | Ints, keys: Ints
) -> tuple[Floats, Floats]:
    """Fit, the best of the occupations, and skills, what the strongest one asks: 0-1."""
    occupations, strengths = columns.occupations, columns.strengths
    best = np.zeros(len(keys))
    for slot in range(int(columns.slots[keys].max(initial=0))):
        fit = at(people.fit, seekers, occupations[slot].take(keys))
        fit *= strengths[slot].take(keys)
        np.maximum(best, fit, out=best)
    numbers = [seekers] if isinstance(seekers, int) else np.unique(seekers).tolist()
    for number in numbers:
        here = slice(None) if isinstance(seekers, int) else seekers == number
        _raise_by_words(best, here, people.seekers[number], columns, keys)
    have = at(people.skills, seekers, occupations[0].take(keys))
    have *= strengths[0].take(keys)
    return np.minimum(best, 1.0), np.minimum(have, 1.0)


def work_points(
    people: People, columns: Columns, seekers: int | Ints, keys: Ints
) -> Floats:
    fit, have = work_values(people, columns, seekers, keys)
    return FIT * fit + SKILLS * have


def _raise_by_words(
    best: Floats, here: Bools | slice, seeker: Seeker, columns: Columns, keys: Ints
) -> None:
    """Trades that the map does not know are met by the word they were asked for."""
    for numbers, values in by_words(seeker, columns):
        places = np.minimum(np.searchsorted(numbers, keys), len(numbers) - 1)
        found = np.where(numbers[places] == keys, values[places], 0.0)
        best[here] = np.maximum(best[here], found[here])


def by_words(seeker: Seeker, columns: Columns) -> Iterator[tuple[Ints, Floats]]:
    """Work keys that hold a wished-for word, and what each is worth through it."""
    lowered = dict(seeker.dislikes)
    for code, weight in seeker.wants:
        if code in columns.by_word:
            keys, strengths = columns.by_word[code]
            yield keys, strengths * weight * lowered.get(code, 1.0)


def is_related(
    people: People, columns: Columns, seekers: int | Ints, keys: Ints
) -> Bools:
    """Whether past work resembles one of the two strongest occupations."""
    first, second = (columns.occupations[slot].take(keys) for slot in (0, 1))
    found: Bools = at(people.is_related, seekers, first)
    found |= at(people.is_related, seekers, second)
    return found
