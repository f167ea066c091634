"""Who did what to which object. Looking it up is itself a line of the trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.identity.models import AuditEvent, User
from accounts.identity.registry import words_for
from accounts.identity.services.audit import record_event
from accounts.identity.words import WORDS
from accounts.lib.keyset import newest_first
from jobs.operations import access
from jobs.operations.forms import TrailSearch, day_begins

PAGE_SIZE = 50
KINDS = {**dict(Kind.choices), "system": ""}


@dataclass(frozen=True, slots=True)
class Line:
    event: AuditEvent
    what: str
    who: str

    @property
    def detail(self) -> str:
        """Codes and numbers; that is all a line ever holds."""
        return ", ".join(f"{key}={value}" for key, value in self.event.detail.items())


@never_cache
@require_safe
def trail(request: SignedInRequest) -> HttpResponse:
    events = access.trail(request.user)
    form = TrailSearch(request.GET or None, staff=access.staff())
    asked = form.cleaned_data if form.is_valid() else {}
    is_wrong = form.is_bound and not form.is_valid()
    found = events.none() if is_wrong else _filtered(events, asked)
    page = newest_first(found, request, by="at", size=PAGE_SIZE)
    names = access.staff_names(list(page.rows))
    lines = [_line(event, names) for event in page.rows]
    # Written after reading: a look does not find itself.
    _note(request.user, asked)
    context = {"form": form, "lines": lines, "page": page}
    return render(
        request, "jobs/operations/trail.html", context, status=422 if is_wrong else 200
    )


def _filtered(
    events: QuerySet[AuditEvent], asked: dict[str, Any]
) -> QuerySet[AuditEvent]:
    exact = {
        "actor_id": asked.get("who") or None,
        "actor_kind": asked.get("kind"),
        "object_id": asked.get("object"),
        "action__startswith": asked.get("action"),
    }
    events = events.filter(**{name: value for name, value in exact.items() if value})
    if number := asked.get("number"):
        # Done by this account, or to it.
        events = events.filter(actor_id=number) | events.filter(subject_id=number)
    if since := asked.get("since"):
        events = events.filter(at__gte=day_begins(since))
    if until := asked.get("until"):
        events = events.filter(at__lt=day_begins(until) + timedelta(days=1))
    return events


def _line(event: AuditEvent, names: dict[int, str]) -> Line:
    words = WORDS.get(event.action) or words_for(event.action)
    kind = str(KINDS.get(event.actor_kind, event.actor_kind))
    if event.actor_id is None:
        return Line(event, str(words or ""), _("The site itself"))
    name = names.get(event.actor_id) or f"№ {event.actor_id}"
    return Line(event, str(words or ""), f"{name} ({kind})")


def _note(reader: User, asked: dict[str, Any]) -> None:
    """Which boxes were filled in; a person who was looked up reads it in their trail."""
    number = asked.get("number")
    about = User.objects.filter(pk=number).first() if number else None
    record_event(
        action="operations.trail_read",
        actor=reader,
        about=about,
        detail={"by": sorted(name for name, value in asked.items() if value)},
    )
