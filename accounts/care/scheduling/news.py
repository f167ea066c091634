from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.scheduling.talk_access import (
    is_paused,
    offers_to,
    seats_offered_to,
    was_called_off,
)
from accounts.care.vault.models import Subject
from accounts.care.vault.registry import News


def news_of(subject: Subject) -> Iterator[News]:
    """Times and chairs that are kept for somebody until they answer."""
    now = timezone.now()
    if was_called_off(subject):
        yield News(
            _("A time of yours was called off. You come first for the next one."),
            reverse("talks:mine"),
            _("Look at it"),
        )
    if is_paused(subject):
        yield News(
            _("Your place on the waiting list is paused."),
            reverse("talks:wait"),
            _("Look at it"),
        )
    for offer in offers_to(subject, now=now):
        url = reverse("talks:offer", args=[offer.pk])
        yield News(_("A time came free for you."), url, _("See the time"))
    for seat in seats_offered_to(subject, now=now):
        url = reverse("talks:group", args=[seat.group_id])
        yield News(_("A place in a group came free for you."), url, _("See the group"))
