"""Loads the tables; each is imported from the module of its noun."""

from __future__ import annotations

from jobs.screening.models import (
    appeals,
    findings,
    reports,
    rescreening,
    review,
    samples,
    sanctions,
    transparency,
)

__all__ = [
    "appeals",
    "findings",
    "reports",
    "rescreening",
    "review",
    "samples",
    "sanctions",
    "transparency",
]
