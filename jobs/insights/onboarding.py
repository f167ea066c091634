"""How long employers take from setting up to the first posting sent in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Min

from accounts.employers.models import Organization
from accounts.identity.models import AuditEvent
from jobs.insights.rules.record import FEWEST, minutes_between
from jobs.postings.models import PostingTransition

SINCE = timedelta(days=90)
GOAL_MINUTES = 15
_ASKED = "employers.check_requested"
_CHECKED = "employers.verified"


@dataclass(frozen=True, slots=True)
class Times:
    """Medians in minutes; None where fewer than five employers came so far.

    `own` leaves out the time between asking for the check and our answer: it is ours,
    and what is left is what the employer spent.
    """

    begun: int
    sent_in: int
    whole: int | None
    own: int | None
    ours: int | None

    @property
    def is_within_goal(self) -> bool:
        return self.own is not None and self.own <= GOAL_MINUTES


def onboarding_times(*, now: datetime) -> Times:
    """Three queries, all on histories that are never changed."""
    begun = dict(
        Organization.objects.filter(created_at__gte=now - SINCE).values_list(
            "pk", "created_at"
        )
    )
    first = _first_submits(list(begun))
    checks = _checks(list(begun))
    whole = [minutes_between(begun[pk], at) for pk, at in first.items()]
    ours = [_ours(*checks.get(pk, (None, None)), until=at) for pk, at in first.items()]
    own = [max(0, w - o) for w, o in zip(whole, ours, strict=True)]
    return Times(len(begun), len(first), _typical(whole), _typical(own), _typical(ours))


def _typical(minutes: list[int]) -> int | None:
    return round(median(minutes)) if len(minutes) >= FEWEST else None


def _first_submits(keys: list[int]) -> dict[int, datetime]:
    rows = PostingTransition.objects.filter(
        posting__organization__in=keys, event="submit"
    )
    firsts = rows.order_by().values("posting__organization").annotate(at=Min("at"))
    return dict(firsts.values_list("posting__organization", "at"))


def _checks(keys: list[int]) -> dict[int, tuple[datetime | None, datetime | None]]:
    """When each first asked for its check and first had it."""
    ids = dict(Organization.objects.filter(pk__in=keys).values_list("public_id", "pk"))
    rows = AuditEvent.objects.filter(
        action__in=[_ASKED, _CHECKED],
        object_type=Organization._meta.label,
        object_id__in=[str(public_id) for public_id in ids],
    ).order_by()
    found = rows.values("object_id", "action").annotate(at=Min("at"))
    moments = {(row["object_id"], row["action"]): row["at"] for row in found}
    return {
        pk: (moments.get((str(key), _ASKED)), moments.get((str(key), _CHECKED)))
        for key, pk in ids.items()
    }


def _ours(asked: datetime | None, checked: datetime | None, *, until: datetime) -> int:
    if asked is None or checked is None or checked <= asked:
        return 0
    return minutes_between(asked, min(checked, until))
