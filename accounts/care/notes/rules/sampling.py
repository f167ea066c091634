"""Which signed notes a lead counselor reads: one in ten, fixed by a keyed hash."""

from __future__ import annotations

ONE_IN = 10


def is_sampled(print_: str) -> bool:
    """`print_` is a keyed hash of the note's id: its author can neither know nor choose."""
    return int(print_[:12], 16) % ONE_IN == 0
