"""The documents of an application: exactly what was sent, to read, print or keep."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.identity.http import SignedInRequest
from accounts.lib.dates import SHANGHAI
from jobs.applications import access
from jobs.applications.enums import ACTIVE_STATES
from jobs.applications.models import Application
from jobs.applications.views.presentation import snapshot_facts, snapshot_resume


@require_safe
def sent(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.application_of(request.user, public_id)
    context = {
        "application": application,
        "posting": application.posting,
        "facts": snapshot_facts(application.snapshot, with_phone=True),
        "resume": snapshot_resume(application.snapshot),
        "consent": application.consent,
        "may_withdraw": application.state in ACTIVE_STATES,
    }
    return render(request, "jobs/applications/sent.html", context)


@require_safe
def sent_text(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The same as a plain text file; its name says nothing about anybody."""
    application = access.application_of(request.user, public_id)
    day = application.submitted_at.astimezone(SHANGHAI)
    response = HttpResponse(
        _as_text(application), content_type="text/plain; charset=utf-8"
    )
    name = f"application-{day:%Y-%m-%d}.txt"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _as_text(application: Application) -> str:
    sent_at = application.submitted_at.astimezone(SHANGHAI)
    posting = application.posting
    parts = [
        posting.title,
        posting.employer_name,
        _("Sent on %(when)s") % {"when": f"{sent_at:%Y-%m-%d %H:%M}"},
        "",
    ]
    facts = snapshot_facts(application.snapshot, with_phone=True)
    parts += [f"{heading}: {_(', ').join(lines)}" for heading, lines in facts]
    if resume := snapshot_resume(application.snapshot):
        heading = _("Experience, for %(variant)s") % {"variant": resume["heading"]}
        parts += ["", heading, *(f"- {line}" for line in resume["lines"])]
    if application.message:
        parts += ["", application.message]
    return "\n".join(parts) + "\n"
