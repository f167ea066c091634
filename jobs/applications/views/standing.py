"""What the seeker's page says first: the offer, the way back, the no, the question."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.lib.dates import SHANGHAI, today
from jobs.applications import access_offers
from jobs.applications.enums import ApplicationState as S, Side
from jobs.applications.models import Application
from jobs.applications.views.declines import decline_of
from jobs.applications.views.offers import own_offer

WITH_OFFER = frozenset({S.OFFERED, S.HIRED, S.RETRACTED})


def standing_of(application: Application) -> dict[str, Any]:
    """Only what the state calls for is read."""
    context: dict[str, Any] = {}
    if application.state in WITH_OFFER:
        context |= own_offer(application)
    if application.state == S.HIRED:
        context["others"] = list(access_offers.undecided_beside(application))
        context["check_in"] = access_offers.open_check_in(
            application, Side.SEEKER, today=today()
        )
    elif application.state == S.DECLINED:
        context["decline"] = decline_of(application)
    elif application.state == S.WITHDRAWN:
        until = access_offers.undo_open(application, now=timezone.now())
        context["undo_until"] = f"{until.astimezone(SHANGHAI):%H:%M}" if until else ""
    return context
