from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.care.vault.services.forgetting import count_old
from accounts.lib.health import RetentionJob

LOOKS = RetentionJob(
    "accounts.care.forget_looks",
    _("Who looked, behind the wall"),
    _("Deletes lines of the log and ended permissions."),
    _("3 years after they were written or ended"),
    lambda now: count_old(now=now),
)
