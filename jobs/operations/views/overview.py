from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.identity.http import SignedInRequest
from accounts.lib.health import BAD, LOOK, Reading, Section, sections
from jobs.operations import access

logger = logging.getLogger(__name__)
PATIENCE_MS = 5_000


@never_cache
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    access.operators_only(request.user)
    now = timezone.now()
    shown = [(section, list(_readings(section, now))) for section in sections()]
    states = Counter(row.state for _one, rows in shown for row, _href in rows)
    context = {
        "sections": shown,
        "bad": states[BAD],
        "to_look_at": states[LOOK],
        "now": now,
    }
    return render(request, "jobs/operations/overview.html", context)


def _readings(section: Section, now: datetime) -> Iterator[tuple[Reading, str]]:
    """Each with its address. One section that breaks must not hide the others."""
    try:
        with transaction.atomic(), impatient():
            found = list(section.read(now))
    except Exception as error:  # noqa: BLE001 - whatever broke, the others are shown
        logger.warning("section %s: %s", section.code, type(error).__name__)
        found = [Reading(_("This part"), _("could not be read"), BAD)]
    for reading in found:
        yield reading, _address(reading.url_name)


def _address(url_name: str) -> str:
    """Empty where a part of the site names a page that is not served."""
    try:
        return reverse(url_name) if url_name else ""
    except NoReverseMatch:
        return ""


@contextmanager
def impatient() -> Iterator[None]:
    """A count that takes too long is given up: the page is asked when things go badly."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = %s", [PATIENCE_MS])
        yield
        cursor.execute("SET LOCAL statement_timeout = DEFAULT")
