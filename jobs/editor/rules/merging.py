"""Two people write at once: what can be put together, and what cannot."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

# Figures that mean something only together are taken from one person, whole.
UNITS = (
    ("base_salary_min", "base_salary_max"),
    ("pay_min", "pay_max"),
    ("example_base", "example_variable", "example_deductions"),
    ("call_window_start", "call_window_end"),
    ("screening_required", "screening_reason", "screening_stage"),
)
_UNIT_OF = {name: unit for unit in UNITS for name in unit}


def _of(content: Mapping[str, Any], name: str) -> tuple[Any, ...]:
    return tuple(content.get(one) for one in _UNIT_OF.get(name, (name,)))


def conflicts(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    fields: Collection[str],
) -> list[str]:
    """Fields that both changed since `base`, and not to the same."""
    return [
        name
        for name in fields
        if _of(mine, name) != _of(base, name)
        and _of(theirs, name) != _of(base, name)
        and _of(mine, name) != _of(theirs, name)
        and mine.get(name) != theirs.get(name)
    ]


def merged(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    fields: Collection[str],
) -> dict[str, Any]:
    """Mine where I changed it, theirs everywhere else."""
    return {
        name: mine.get(name) if _of(mine, name) != _of(base, name) else theirs.get(name)
        for name in fields
    }
