"""How notices stand, for the operator's console; no address and no organisation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Min
from django.utils.translation import gettext as _, gettext_lazy

from accounts.lib.dates import moment_text
from accounts.lib.health import BAD, FINE, LOOK, Reading, Section
from jobs.webhooks.enums import DeliveryState, EndpointState
from jobs.webhooks.models import Delivery, Endpoint

# A healthy receiver's notices are gone within a minute.
LATE, VERY_LATE = timedelta(minutes=5), timedelta(hours=1)


def _notices(now: datetime) -> Iterator[Reading]:
    active = Endpoint.objects.filter(state=EndpointState.ACTIVE)
    yield Reading(_("Addresses that are told"), active.count())
    failing = active.filter(failing_since__isnull=False).count()
    yield Reading(_("Addresses that fail"), failing, LOOK if failing else FINE)
    off = Endpoint.objects.filter(state=EndpointState.OFF).count()
    yield Reading(_("Addresses turned off"), off, LOOK if off else FINE)
    yield _waiting(now)
    dead = Delivery.objects.filter(state=DeliveryState.DEAD).count()
    yield Reading(_("Given up"), dead, LOOK if dead else FINE)


def _waiting(now: datetime) -> Reading:
    """Of addresses that answer: what waits for one that fails is no fault of ours."""
    due = Delivery.objects.filter(
        state=DeliveryState.PENDING,
        due_at__lte=now,
        endpoint__state=EndpointState.ACTIVE,
        endpoint__failing_since__isnull=True,
    )
    oldest = due.aggregate(first=Min("due_at"))["first"]
    state, note = FINE, ""
    if oldest is not None:
        note = _("Oldest: %(moment)s") % {"moment": moment_text(oldest)}
        age = now - oldest
        state = BAD if age > VERY_LATE else LOOK if age > LATE else FINE
    return Reading(_("Due now"), due.count(), state, note=note)


SECTION = Section("webhooks", gettext_lazy("Notices to programs"), _notices, place=50)
