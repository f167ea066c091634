"""Reading files of messages on somebody's behalf."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.employers.access import membership_or_none
from accounts.identity.models import User
from jobs.applications.enums import Side
from jobs.applications.models import Attachment


def attachment_for(
    user: User, public_id: UUID, *, now: datetime
) -> tuple[Attachment, Side]:
    """One stored file, for the two sides of its application; else 404.

    The other side's as soon as its message has arrived; nothing of a seeker who
    withdrew for the organisation.
    """
    found = Attachment.objects.filter(storage_key__isnull=False).select_related(
        "message__sender", "message__application__seeker"
    )
    attachment = get_object_or_404(found, public_id=public_id)
    message = attachment.message
    side = _side_of(user, attachment)
    if side is None or (message.side != side and message.visible_at > now):
        raise Http404
    return attachment, side


def _side_of(user: User, attachment: Attachment) -> Side | None:
    application = attachment.message.application
    if application.seeker.user_id == user.pk:
        return Side.SEEKER
    member = membership_or_none(user)
    if member is None or member.organization.pk != application.organization_id:
        return None
    return Side.EMPLOYER if application.is_shared else None
