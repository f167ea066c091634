from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.care.cases.access import open_case_of, open_handover_of, referrals_of
from accounts.care.cases.enums import ReferralState
from accounts.care.vault.models import Subject
from accounts.care.vault.registry import News


def news_of(subject: Subject) -> Iterator[News]:
    """What the counselor asks or suggests, and nobody has answered."""
    url = reverse("cases:mine")
    case = open_case_of(subject)
    handover = open_handover_of(case) if case else None
    if handover is not None and handover.answered_at is None:
        yield News(_("Your counselor asks you something."), url, _("Read and answer"))
    if any(row.state == ReferralState.SUGGESTED for row in referrals_of(subject)):
        yield News(_("Your counselor suggests a place to go to."), url, _("Look at it"))
