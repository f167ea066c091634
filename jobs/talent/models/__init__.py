from __future__ import annotations

from jobs.talent.models.cards import CardMark, CriteriaSet, Scorecard
from jobs.talent.models.notes import Note, NoteMention
from jobs.talent.models.pool import PoolEntry

__all__ = ["CardMark", "CriteriaSet", "Note", "NoteMention", "PoolEntry", "Scorecard"]
