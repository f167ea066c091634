"""Values worked out once for what differs, and looked up for every key.

A city has 3,000 different sets of bars but 40 different ranges of age: what depends on
the age alone is worked out 40 times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from jobs.matching.rules.arrays import Floats, Ints, at
from jobs.matching.rules.columns import Columns

# To find what differs among so few takes longer than it spares.
_FEW = 64


@dataclass(frozen=True, slots=True)
class Variants:
    """The different values of some columns of keys, by name, and which each key has.

    Without `numbers` every key has values of its own, in the keys' order.
    """

    values: Mapping[str, Floats]
    numbers: Ints | None

    def spread(self, values: Floats) -> Spread:
        """`values`: of shape (seekers or nothing, variants)."""
        return Spread(values, self.numbers)


@dataclass(frozen=True, slots=True)
class Spread:
    values: Floats
    numbers: Ints | None

    def at(self, seekers: int | Ints, keys: Ints, number: int) -> Floats:
        """For one of so many seekers, or the one beside each key."""
        numbers = keys if self.numbers is None else self.numbers.take(keys)
        return at(as_wide(self.values, number), seekers, numbers)

    def wide(self) -> Floats:
        """A value for each key."""
        if self.numbers is None:
            return self.values
        return self.values.take(self.numbers, axis=-1)


def _variants_of(columns: Mapping[str, Floats], names: Sequence[str]) -> Variants:
    found = np.stack([columns[name] for name in names])
    numbers = None
    if found.shape[1] > _FEW:
        found, numbers = np.unique(found, axis=1, return_inverse=True)
        numbers = numbers.reshape(-1)
    return Variants(dict(zip(names, found, strict=True)), numbers)


def product(factors: Iterable[Spread], number: int) -> Floats:
    """Of shape (seekers, keys); what varies alike is multiplied before it is spread."""
    alike: dict[int, Spread] = {}
    for factor in factors:
        known = alike.get(id(factor.numbers))
        values = factor.values if known is None else known.values * factor.values
        alike[id(factor.numbers)] = Spread(values, factor.numbers)
    first, *others = (as_wide(factor.wide(), number) for factor in alike.values())
    found = first.copy()
    for other in others:
        found *= other
    return found


def as_wide(values: Floats, number: int) -> Floats:
    """A row for each seeker, without a copy."""
    if values.ndim == 2 and len(values) == number:
        return values
    return np.broadcast_to(values, (number, values.shape[-1]))


_kept: WeakKeyDictionary[Columns, dict[object, Any]] = WeakKeyDictionary()
_MOST_KEPT = 16


def fixed(columns: Columns, name: object, make: Callable[[], Any]) -> Any:
    """What depends on no seeker is worked out once for as long as columns live."""
    kept = _kept.setdefault(columns, {})
    if name not in kept:
        while len(kept) >= _MOST_KEPT:
            kept.pop(next(iter(kept)))
        kept[name] = make()
    return kept[name]


def variants(columns: Columns, kind: str, *names: str) -> Variants:
    """What differs in these columns of the pay, asks or bars keys."""
    found: Variants = fixed(
        columns, (kind, names), lambda: _variants_of(getattr(columns, kind), names)
    )
    return found
