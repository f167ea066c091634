"""Loads the tables; each is imported from the module of its noun."""

from __future__ import annotations

from jobs.screening.models import (
    findings,
    rescreening,
    review,
    samples,
    transparency,
)

__all__ = ["findings", "rescreening", "review", "samples", "transparency"]
