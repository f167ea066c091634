"""What a counselor gets to see of the person behind a flag, and each look written down."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.care.safety import access, registry
from accounts.care.safety.models import SafetyFlag
from accounts.care.safety.plan import plan_shown
from accounts.care.safety.rules import workflow
from accounts.care.safety.services.plans import body_of
from accounts.care.vault.access import standing_grant, user_of
from accounts.care.vault.enums import Scope
from accounts.care.vault.services.grants import detail_of
from accounts.care.vault.services.log import note_access
from accounts.counselors.models import CounselorProfile


def person_shown(
    flag: SafetyFlag, counselor: CounselorProfile, roles: set[str], *, now: datetime
) -> dict[str, Any]:
    """Contact and last result only on their yes, and only to who took it over."""
    subject = flag.subject
    grant = standing_grant(subject, Scope.SAFETY_CONTACT)
    found: dict[str, Any] = {"is_agreed": grant is not None}

    def note(action: str, object_id: UUID) -> None:
        note_access(
            subject=subject,
            reader=access.reader_as(flag, counselor, now=now),
            counselor=counselor,
            action=action,
            object_id=object_id,
        )

    if grant is not None and workflow.OWNER in roles:
        found["contact"] = detail_of(grant)
        note("safety.contact.read", grant.pk)
        score = registry.last_score(subject)
        if score is not None:
            found["score"] = score
            note("safety.score.read", flag.pk)
    glass = access.glass_of(subject, counselor, now=now)
    if glass is not None:
        found["glass"] = glass
        user = user_of(subject)
        found["account"] = {"phone": user.phone, "email": user.email} if user else {}
        plan = access.plans_of(subject).first()
        found["plan"] = plan_shown(body_of(plan)) if plan else None
        note("safety.glass.read", glass.pk)
    return found
