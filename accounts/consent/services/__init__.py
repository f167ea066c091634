from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.consent.access import active_consents_for
from accounts.consent.descriptions import grant_of
from accounts.consent.enums import Purpose
from accounts.consent.models import Consent
from accounts.identity.models import User
from accounts.identity.services.audit import record_event

# The wording people agree to at sign-up; raise it when the words change.
TERMS_VERSION = "2026-11"


@transaction.atomic
def grant_consent(
    *, user: User, purpose: Purpose, version: str, scope: str = ""
) -> Consent:
    """Record a yes; asking twice changes nothing, new words end the old yes."""
    # The lock makes two taps at once one consent.
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    current = active_consents_for(user).filter(purpose=purpose, scope=scope).first()
    if current is not None and current.version == version:
        return current
    if current is not None:
        _end(current)
    consent = Consent.objects.create(
        user=user,
        purpose=purpose,
        version=version,
        scope=scope,
        # As `_end` asks it: one clock for both, whoever sets it.
        granted_at=timezone.now(),
    )
    record_event(
        action="consent.granted",
        actor=user,
        on=consent,
        about=user,
        detail={"purpose": purpose, "version": version},
    )
    return consent


@transaction.atomic
def withdraw_consent(*, user: User, purpose: Purpose, scope: str = "") -> bool:
    """Take a yes back; False when there was none."""
    locked = active_consents_for(user).select_for_update(of=("self",))
    consent = locked.filter(purpose=purpose, scope=scope).first()
    if consent is None:
        return False
    _end(consent)
    record_event(
        action="consent.withdrawn",
        actor=user,
        on=consent,
        about=user,
        detail={"purpose": purpose},
    )
    return True


def agree_to_terms(user: User) -> None:
    """What the tick at sign-up means."""
    grant_consent(user=user, purpose=Purpose.TERMS, version=TERMS_VERSION)


def _end(consent: Consent) -> None:
    consent.withdrawn_at = timezone.now()
    consent.save(update_fields=["withdrawn_at"])


@transaction.atomic
def end_grant(*, user: User, consent: Consent) -> None:
    """Take back one standing yes, with all that its purpose sets off."""
    grant = grant_of(consent.purpose)
    if grant is not None and grant.revoke is not None:
        grant.revoke(user, consent.scope)
    # Whatever the purpose's own app did: the yes itself is over.
    withdraw_consent(user=user, purpose=Purpose(consent.purpose), scope=consent.scope)


def agree_anew(*, user: User, consent: Consent, version: str) -> Consent:
    """The same yes to today's words; the old one ends with its version."""
    return grant_consent(
        user=user,
        purpose=Purpose(consent.purpose),
        version=version,
        scope=consent.scope,
    )
