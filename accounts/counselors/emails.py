from __future__ import annotations

import uuid

from accounts.counselors.models import CounselorProfile
from accounts.identity.emails import page
from accounts.identity.services.outbox import queue_message


def tell_counselor(profile: CounselorProfile, template: str, *, key: str = "") -> int:
    """One message; `key` makes it once for one occasion."""
    message = queue_message(
        user=profile.user,
        template=template,
        context={
            "note": profile.verification_note,
            "until": profile.verification_expires_at,
            "link": page("counselors:mine"),
        },
        dedupe_key=f"{template}:{profile.pk}:{key or uuid.uuid4()}",
    )
    return int(message is not None)
