"""What the operator's console shows: counts, never whose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.care.safety import access
from accounts.care.safety.enums import FlagState
from accounts.care.safety.models import BreakGlass, Incident, SafetyFlag
from accounts.care.safety.services import forgetting
from accounts.care.vault.wall import behind_the_wall
from accounts.lib.health import BAD, FINE, LOOK, Reading, RetentionJob, Section


@behind_the_wall()
def _read(now: datetime) -> Iterable[Reading]:
    open_now = SafetyFlag.objects.exclude(state=FlagState.CLOSED)
    late = open_now.filter(first_tried_at__isnull=True, due_at__lt=now).count()
    incidents = Incident.objects.filter(noticed_at__gt=now - timedelta(days=30)).count()
    waiting = BreakGlass.objects.filter(reviewed_at__isnull=True)
    overdue = waiting.filter(review_due_at__lt=now).count()
    has_roster = access.has_roster(now=now)
    return [
        Reading(
            _("Somebody on duty within a day"),
            _("Yes") if has_roster else _("No: nobody is offered a contact"),
            FINE if has_roster else LOOK,
        ),
        Reading(_("Safety flags that are open"), open_now.count()),
        Reading(_("Of these past their time"), late, BAD if late else FINE),
        Reading(_("Clocks that ran out, last 30 days"), incidents),
        Reading(
            _("Forced looks that wait for a judgement"),
            waiting.count(),
            BAD if overdue else FINE,
        ),
    ]


SECTION = Section(
    code="care_safety", title=_("Looking after people"), read=_read, place=60
)
RETENTION = RetentionJob(
    task="accounts.care.forget_old_flags",
    title=_("Safety flags that are closed"),
    what=_("The flag with its steps and tries; hours on duty."),
    how_long=_("Three years after it was closed; hours on duty one year."),
    count=forgetting.due,
)
