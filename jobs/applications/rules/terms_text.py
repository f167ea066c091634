"""What the free words of an offer may not say: whatever no advert may say either."""

from __future__ import annotations

from datetime import date

from jobs.screening.rules.adverts import Advert
from jobs.screening.rules.catalogue import Severity
from jobs.screening.rules.engine import screen


def refused_terms(text: str, *, today: date) -> str:
    """The first passage that a blocking rule of the catalogue finds, or nothing."""
    if not text:
        return ""
    found = screen(Advert(description=text), today=today, missing_fields=False).findings
    blocked = [f for f in found if f.severity == Severity.BLOCK and f.excerpt]
    return blocked[0].excerpt if blocked else ""
