from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.employers.models import Organization
from accounts.employers.rules.covenant import COVENANT_VERSION
from accounts.identity.models import User
from accounts.identity.services.audit import record_event


@transaction.atomic
def accept_covenant(*, organization: Organization, actor: User) -> Organization:
    """The organisation promises to answer; said again, it is a new promise."""
    row = Organization.objects.select_for_update(of=("self",), no_key=True).get(
        pk=organization.pk
    )
    row.covenant_version = COVENANT_VERSION
    row.covenant_accepted_at = timezone.now()
    row.covenant_accepted_by = actor
    row.save(
        update_fields=[
            "covenant_version",
            "covenant_accepted_at",
            "covenant_accepted_by",
        ]
    )
    record_event(
        action="employers.covenant_accepted",
        actor=actor,
        on=row,
        about=actor,
        detail={"version": COVENANT_VERSION},
    )
    return row
