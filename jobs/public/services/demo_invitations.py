from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts.consent.enums import Purpose
from accounts.consent.models import Consent
from accounts.employers.models import Membership
from accounts.identity.services.audit import record_events
from accounts.lib.dates import local_day
from accounts.seekers.access import CONSENT_VERSION
from accounts.seekers.enums import Visibility
from accounts.seekers.models import SeekerProfile
from jobs.applications.access import PROFILE_SHOWN
from jobs.applications.models import Invitation
from jobs.applications.rules.contact import delivery_at
from jobs.applications.rules.invitations import OPEN_FOR
from jobs.postings.models import Posting


def agree_to_be_found(profile: SeekerProfile) -> None:
    """The yes that belongs to the answer on the last screen."""
    if profile.visibility == Visibility.PSEUDONYM:
        Consent.objects.create(
            user=profile.user,
            purpose=Purpose.SHOW_PROFILE,
            version=CONSENT_VERSION,
            granted_at=profile.created_at,
        )


def load_invitation(
    profile: SeekerProfile, row: dict[str, Any], posting: Posting, *, now: datetime
) -> None:
    """As if a member had found the person on the list and asked."""
    organization = posting.organization
    assert organization is not None
    first = Membership.objects.filter(organization=organization).order_by("pk")
    member = first.select_related("user")[0].user
    sent = now - timedelta(days=row["days_ago"])
    visible_at = delivery_at(sent)
    day = local_day(visible_at)
    Invitation.objects.create(
        posting=posting,
        organization=organization,
        seeker=profile,
        invited_by=member,
        sent_at=sent,
        day=day,
        number=Invitation.objects.filter(organization=organization, day=day).count()
        + 1,
        visible_at=visible_at,
        expires_at=visible_at + OPEN_FOR,
    )
    record_events(
        action=PROFILE_SHOWN,
        actor=member,
        on=organization,
        about=[profile.user_id],
        detail={"posting": str(posting.public_id)},
    )
