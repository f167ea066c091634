"""Opening a file of a message, and taking one's own back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.evidence.serving import sealed_file
from accounts.identity.http import SignedInRequest
from jobs.applications.attachment_access import attachment_for
from jobs.applications.enums import Side
from jobs.applications.services.attachments import FileGone, open_file, take_back


@require_safe
def file(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    attachment, _side = attachment_for(request.user, public_id, now=timezone.now())
    data = b""
    if request.method == "GET":
        try:
            data = open_file(attachment=attachment, actor=request.user)
        except FileGone:
            raise Http404 from None
    return sealed_file(data, name=attachment.name, content_type=attachment.content_type)


@require_POST
def take_file_back(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    attachment, side = attachment_for(request.user, public_id, now=timezone.now())
    try:
        take_back(attachment=attachment, actor=request.user)
    except FileGone:
        messages.error(request, _("This file can no longer be taken back."))
    else:
        messages.success(request, _("Taken back. The file is erased."))
    page = "applications:detail" if side == Side.SEEKER else "applications:received"
    back = reverse(page, args=[attachment.message.application.public_id])
    return HttpResponseRedirect(f"{back}#messages")
