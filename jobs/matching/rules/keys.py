"""The different keys of some columns: many small tuples as one text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from jobs.matching.rules.arrays import Ints

Key = tuple[Any, ...]
_END = "\n"


@dataclass(frozen=True)
class Keys:
    """A line of JSON for each: as tuples they would take ten times the memory."""

    text: str

    @cached_property
    def _starts(self) -> Ints:
        lengths = [len(line) + 1 for line in self.text.split(_END)]
        return np.cumsum([0, *lengths[:-1]]) if self.text else np.zeros(0, np.intp)

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[Key]:
        if self.text:
            lines = json.loads(f"[{self.text.replace(_END, ',')}]")
            yield from (tuple(map(_frozen, line)) for line in lines)

    def __getitem__(self, number: int) -> Key:
        return tuple(map(_frozen, json.loads(self.line(number))))

    def line(self, number: int) -> str:
        start = int(self._starts[number])
        stop = self.text.find(_END, start)
        return self.text[start : stop if stop >= 0 else None]

    def holding(self, part: str) -> Iterator[int]:
        """Numbers of the keys with these characters somewhere in their line."""
        sought = written(part)
        at = self.text.find(sought)
        while at >= 0:
            number = int(np.searchsorted(self._starts, at, side="right")) - 1
            yield number
            at = self.text.find(sought, at + 1)


class FewKeys(Keys):
    """The same for a handful of postings that are looked at once: no text is written."""

    def __init__(self, found: Sequence[Key]) -> None:
        object.__setattr__(self, "_found", tuple(found))

    _found: tuple[Key, ...]

    @cached_property
    def text(self) -> str:
        return _as_text(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._found)

    def __getitem__(self, number: int) -> Key:
        return self._found[number]


# A page, or what is explained to one person.
_FEW = 64


def keys_of(found: Sequence[Key]) -> Keys:
    return FewKeys(found) if len(found) <= _FEW else Keys(_as_text(found))


def _as_text(found: Sequence[Key]) -> str:
    return _END.join(json.dumps(key, ensure_ascii=False) for key in found)


def written(part: str) -> str:
    """A text as it stands inside a line."""
    return json.dumps(part, ensure_ascii=False)[1:-1]


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
