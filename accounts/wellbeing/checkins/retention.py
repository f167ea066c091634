from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.lib.health import RetentionJob
from accounts.wellbeing.checkins.services.results import purge


def _count(now: datetime) -> int:
    return sum(purge(now=now, apply=False).values())


JOB = RetentionJob(
    "accounts.wellbeing.purge_check_ins",
    _("Check-ins in accounts"),
    _(
        "Deletes answers, then results, what was half answered, and when a new job began."
    ),
    _("12 months, 24 months, a day, 146 days"),
    _count,
)
