from __future__ import annotations

import uuid
from typing import Any

from accounts.employers.enums import MemberRole
from accounts.employers.models import Invitation, Membership, Organization
from accounts.identity.emails import page
from accounts.identity.models import User
from accounts.identity.services.outbox import queue_message


def send_invitation(invitation: Invitation, token: str) -> None:
    """The only place where the token itself is: the message."""
    queue_message(
        user=None,
        address=invitation.email,
        template="employers/invitation",
        context={
            "organization": invitation.organization.display_name,
            "link": page("employers:accept", token=token),
        },
        dedupe_key=f"invitation:{invitation.token_hash}",
    )


def tell_member(membership: Membership, template: str) -> None:
    queue_message(
        user=membership.user,
        template=template,
        context={
            "organization": membership.organization.display_name,
            "role": membership.get_role_display(),
            "link": page("employers:overview"),
        },
        dedupe_key=f"{template}:{uuid.uuid4()}",
    )


def tell_admins(
    organization: Organization,
    template: str,
    *,
    but: User | None = None,
    key: str = "",
    **context: Any,
) -> int:
    """One message for each administrator; `key` makes it once for one occasion."""
    admins = Membership.objects.filter(
        organization=organization, role=MemberRole.ADMIN, is_active=True
    ).select_related("user")
    sent = 0
    for member in admins:
        if but is not None and member.user_id == but.pk:
            continue
        occasion = key or str(uuid.uuid4())
        message = queue_message(
            user=member.user,
            template=template,
            context={
                "organization": organization.display_name,
                "note": organization.verification_note,
                "until": organization.verification_expires_at,
                "link": page("employers:overview"),
            }
            | context,
            dedupe_key=f"{template}:{organization.pk}:{member.user_id}:{occasion}",
        )
        sent += message is not None
    return sent
