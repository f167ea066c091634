from __future__ import annotations

from datetime import datetime

from accounts.identity.models import User
from accounts.lib.dates import local_day
from jobs.screening.enums import SampleResult
from jobs.screening.models.review import ReviewDecision
from jobs.screening.models.samples import SampleAudit
from jobs.screening.rules.samples import QUESTIONS, month_of
from jobs.screening.services.samples import answer_sample, draw_sample_audit
from jobs.screening.services.transparency import count_transparency

# So many of the month's samples have been read.
READ = 3


def load_figures(moderators: list[User], *, now: datetime) -> None:
    """This month's samples, some of them read, and the open figures so far."""
    month = month_of(local_day(now))
    draw_sample_audit(month=month)
    for sample in SampleAudit.objects.filter(month=month).order_by("pk")[:READ]:
        answer_sample(
            sample=sample,
            reviewer=_fresh_eyes(sample, moderators),
            result=SampleResult.FINE,
            checked=QUESTIONS[:6],
        )
    count_transparency()


def _fresh_eyes(sample: SampleAudit, moderators: list[User]) -> User:
    """Somebody who has not decided about it."""
    decided = ReviewDecision.objects.filter(posting=sample.posting)
    before = set(decided.values_list("reviewer", flat=True))
    return next(person for person in moderators if person.pk not in before)
