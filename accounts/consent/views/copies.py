"""A copy of one's data: asked for, watched, fetched."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.consent import access
from accounts.consent.descriptions import holdings_for
from accounts.consent.enums import UNFINISHED_EXPORTS, ExportState
from accounts.consent.rules.workflow import EXPORTS_A_DAY, KEPT_FOR
from accounts.consent.services import exports
from accounts.identity.freshness import fresh_sign_in
from accounts.identity.http import SignedInRequest

SHOWN = 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        return _ask(request)
    found = list(access.exports_of(request.user)[:SHOWN])
    running = next((row for row in found if row.state in UNFINISHED_EXPORTS), None)
    ready = next((row for row in found if row.state == ExportState.READY), None)
    if ready and ready.expires_at and ready.expires_at <= timezone.now():
        ready = None
    context = {
        "running": running,
        "done": running.parts.count() if running else 0,
        "ready": ready,
        "failed": bool(found) and found[0].state == ExportState.FAILED,
        "areas": [one.title for one in holdings_for(request.user)],
        "days": KEPT_FOR.days,
    }
    return render(request, "accounts/consent/export.html", context)


def _ask(request: SignedInRequest) -> HttpResponse:
    try:
        _export, created = exports.request_export(user=request.user)
    except exports.TooManyExports:
        text = _(
            "You have asked %(most)s times within a day. Please come back tomorrow."
        )
        messages.error(request, text % {"most": EXPORTS_A_DAY})
    else:
        if created:
            messages.success(
                request, _("It is being made. We tell you when it is ready.")
            )
        else:
            messages.info(request, _("One is being made already."))
    return redirect("consent:export")


@never_cache
@require_safe
@fresh_sign_in
def fetch(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Only for its owner, and only right after they showed that it is them."""
    row = access.export_for(request.user, public_id)
    if request.method == "HEAD":
        return HttpResponse(content_type="application/zip")
    try:
        data = exports.fetch_export(export=row, actor=request.user)
    except exports.ExportGone as gone:
        raise Http404 from gone
    name = f"ashore-{timezone.localdate(row.ready_at):%Y%m%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="application/zip", headers=headers)
