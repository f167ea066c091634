from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.notes.access import given_since
from accounts.care.vault.models import Subject
from accounts.care.vault.registry import News

# So long a summary counts as new.
FRESH = timedelta(days=7)


def news_of(subject: Subject) -> Iterator[News]:
    if given_since(subject, timezone.now() - FRESH).exists():
        url = reverse("notes:mine")
        yield News(_("Your counselor wrote a summary for you."), url, _("Read it"))
