"""How reliably and how fast an employer answers, from its ended waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from jobs.applications.enums import ApplicationState as S
from jobs.applications.rules.timeline import answer_due

PERIOD = timedelta(days=180)
# Steps of the employer that tell the applicant something; having looked does not.
ANSWERS = frozenset(
    {"shortlist", "interview", "propose", "offer", "decline", "postpone"}
)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """One application: when it was sent and first answered, and where it stands."""

    sent: datetime
    answered: datetime | None
    state: str

    @property
    def is_over(self) -> bool:
        """Whoever still waits, or left before there was an answer, is not counted."""
        return self.answered is not None or self.state == S.NO_RESPONSE


@dataclass(frozen=True, slots=True)
class Count:
    waits: int
    answered: int
    median_hours: int | None


def count_waits(waits: Iterable[Wait]) -> Count:
    over = [wait for wait in waits if wait.is_over]
    took = [(w.answered - w.sent) / HOUR for w in over if w.answered is not None]
    in_time = [w for w in over if w.answered and w.answered <= answer_due(w.sent)]
    return Count(
        waits=len(over),
        answered=len(in_time),
        median_hours=round(median(took)) if took else None,
    )
