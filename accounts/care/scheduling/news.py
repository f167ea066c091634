from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.scheduling.enums import OfferState, SeatState
from accounts.care.scheduling.models import Offer, Seat
from accounts.care.vault.models import Subject
from accounts.care.vault.registry import News


def news_of(subject: Subject) -> Iterator[News]:
    """Times and chairs that are kept for somebody until they answer."""
    now = timezone.now()
    offers = Offer.objects.filter(
        entry__subject=subject, state=OfferState.OPEN, expires_at__gt=now
    )
    for offer in offers:
        url = reverse("talks:offer", args=[offer.pk])
        yield News(_("A time came free for you."), url, _("See the time"))
    seats = Seat.objects.filter(
        subject=subject, state=SeatState.OFFERED, offered_until__gt=now
    )
    for seat in seats:
        url = reverse("talks:group", args=[seat.group_id])
        yield News(_("A place in a group came free for you."), url, _("See the group"))
