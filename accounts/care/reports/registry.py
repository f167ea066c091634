"""Where figures about check-ins come from: filled from `ready()` of the parts that hold them.

This part may not read them: they lie above it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set as AbstractSet
from uuid import UUID

from django.utils.functional import Promise

from accounts.care.reports.rules.quarters import Quarter

# How somebody changed within a quarter, as the person's own page says it.
BETTER, SAME, HARDER = "better", "same", "harder"
BANDS = (BETTER, SAME, HARDER)
ChangeSource = Callable[[Quarter], Mapping[UUID, str]]
UseSource = Callable[[Quarter], AbstractSet[UUID]]

_changes: dict[str, tuple[str | Promise, ChangeSource]] = {}
_uses: list[UseSource] = []


def set_change_source(
    source: ChangeSource, *, code: str = "cbi", title: str | Promise = ""
) -> None:
    """`source(quarter)` returns {subject's id: one of BANDS}, asked behind the wall.

    One for each questionnaire, by its code. Who may be counted is decided here.
    """
    _changes[code] = (title, source)


def set_use_source(source: UseSource) -> None:
    """`source(quarter)` returns the ids of subjects who made a check-in in it."""
    _uses[:] = [source]


def change_sources() -> dict[str, ChangeSource]:
    return {code: source for code, (_title, source) in sorted(_changes.items())}


def title_of(code: str) -> str:
    title, _source = _changes.get(code, ("", None))
    return str(title) or code.upper()


def use_source() -> UseSource | None:
    return _uses[0] if _uses else None
