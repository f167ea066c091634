from __future__ import annotations

from django.db.models import QuerySet

from accounts.consent.enums import Purpose
from accounts.consent.models import Consent
from accounts.identity.models import User


def active_consents_for(user: User) -> QuerySet[Consent]:
    return Consent.objects.filter(user=user, withdrawn_at__isnull=True)


def has_consent(user: User, purpose: Purpose, scope: str = "") -> bool:
    """A yes to everything of a purpose (empty scope) covers each single case."""
    scopes = {scope, ""}
    return active_consents_for(user).filter(purpose=purpose, scope__in=scopes).exists()


def agreed_to(purpose: Purpose, *, version: str) -> QuerySet[Consent]:
    """Everybody's standing yes to these very words; filter by `user` in a subquery."""
    return Consent.objects.filter(
        purpose=purpose, version=version, scope="", withdrawn_at__isnull=True
    )
