from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.employers.models import Membership
from accounts.identity.models import User
from accounts.lib.dates import SHANGHAI
from jobs.applications.enums import InterviewBy
from jobs.applications.models import Application, Interview, InterviewSlot
from jobs.applications.services import interviews
from jobs.applications.services.interviews import Plan

PLACE = "示例路1号"


def at(clock: str = "10:00", *, days: int = 3) -> datetime:
    """So many days from what the clock says, at that time of day in Shanghai."""
    day = timezone.now().astimezone(SHANGHAI).date() + timedelta(days=days)
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=SHANGHAI)


def plan(**values: Any) -> Plan:
    facts: dict[str, Any] = {
        "by": InterviewBy.IN_PERSON,
        "minutes": 30,
        "place": PLACE,
    }
    return Plan(**facts | values)


def member_of(application: Application) -> User:
    found = Membership.objects.filter(organization=application.organization_id)
    return found.order_by("pk")[0].user


def offer(
    application: Application,
    actor: User | None = None,
    starts: Sequence[datetime] = (),
    *,
    version: int | None = None,
    again: Sequence[int] = (),
    reason: str = "",
    **facts: Any,
) -> Interview:
    """Times through the service, as an employer would; one unless others are told."""
    application.refresh_from_db()
    return interviews.propose(
        application=application,
        actor=actor or member_of(application),
        version=version or application.version,
        plan=plan(**facts),
        starts=list(starts) or ([] if again else [at()]),
        again=again,
        reason=reason,
    )


def slot_of(interview: Interview, place: int = 0) -> InterviewSlot:
    return interview.slots.order_by("starts_at", "pk")[place]


def take_slot(
    interview: Interview, place: int = 0, now: datetime | None = None
) -> Interview:
    application = interview.application
    return interviews.pick(
        application=application,
        actor=application.seeker.user,
        slot_id=slot_of(interview, place).pk,
        now=now,
    )


def settle(
    application: Application, start: datetime | None = None, **facts: Any
) -> Interview:
    """Offered and picked."""
    return take_slot(offer(application, starts=[start or at()], **facts))
