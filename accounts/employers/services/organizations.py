from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from accounts.employers.access import is_blocked_code
from accounts.employers.enums import MemberRole, VerificationState
from accounts.employers.models import Membership, Organization
from accounts.employers.registry import may_change_identity, tell_followers
from accounts.employers.rules.verification import VERIFICATION
from accounts.employers.services.errors import (
    AlreadyMember,
    Blocked,
    FactsFixed,
    UsccTaken,
)
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.identity.services.audit import record_event

FIELDS = (
    "kind",
    "uscc",
    "legal_name",
    "display_name",
    "legal_representative",
    "contact_phone",
    "hr_licence_no",
    "dispatch_licence_no",
    "city_code",
    "district",
    "address",
    "size",
    "industry",
    "about",
)
# What the check was about: changing it means checking again.
CHECKED_FIELDS = frozenset(
    {
        "kind",
        "uscc",
        "legal_name",
        "legal_representative",
        "hr_licence_no",
        "dispatch_licence_no",
    }
)
# What a measure recognises it by: none of it changes while one stands.
IDENTITY_FIELDS = CHECKED_FIELDS | {"contact_phone"}


def create_organization(*, actor: User, values: dict[str, Any]) -> Organization:
    """A new organisation with the person as its first administrator."""
    if actor.kind != Kind.EMPLOYER:
        raise AlreadyMember
    if is_blocked_code(values["uscc"]):
        raise Blocked
    try:
        with transaction.atomic():
            return _create(actor, values)
    except IntegrityError as error:
        raise _reason(error) from error


def _create(actor: User, values: dict[str, Any]) -> Organization:
    organization = Organization.objects.create(**_known(values))
    Membership.objects.create(
        organization=organization, user=actor, role=MemberRole.ADMIN
    )
    record_event(
        action="employers.organization_created",
        actor=actor,
        on=organization,
        about=actor,
    )
    return organization


def edit_organization(
    *, organization: Organization, actor: User, values: dict[str, Any]
) -> bool:
    """Save the changes; True when they make a new check necessary.

    Raises FactsFixed, and saves nothing, for who it is while a measure stands.
    """
    try:
        with transaction.atomic():
            return _edit(organization.pk, actor, _known(values))
    except IntegrityError as error:
        raise _reason(error) from error


def _edit(pk: int, actor: User, values: dict[str, Any]) -> bool:
    row = Organization.objects.select_for_update(of=("self",)).get(pk=pk)
    changed = sorted(name for name in values if getattr(row, name) != values[name])
    fixed = [name for name in changed if name in IDENTITY_FIELDS]
    if fixed and is_identity_fixed(row):
        raise FactsFixed(fixed)
    if "uscc" in changed and is_blocked_code(values["uscc"]):
        raise Blocked
    # Said for the first time: nothing that was checked has changed.
    checked = {name for name in changed if name in CHECKED_FIELDS if getattr(row, name)}
    for name in changed:
        setattr(row, name, values[name])
    asks_again = bool(checked) and "reset" in VERIFICATION.events(
        state=row.verification, actor="admin"
    )
    if asks_again:
        row.verification = "unverified"
        row.verification_expires_at = None
    row.save()
    if asks_again:
        tell_followers(row)
    if changed:
        record_event(
            action="employers.organization_edited",
            actor=actor,
            on=row,
            about=actor,
            detail={"fields": changed, "check_again": asks_again},
        )
    return asks_again


def is_identity_fixed(organization: Organization) -> bool:
    """While a measure is open nobody slips out of it under another name or code.

    A suspension may end as if it had never been; there is no new check after it.
    """
    is_suspended = organization.verification == VerificationState.SUSPENDED
    return is_suspended or not may_change_identity(organization)


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in FIELDS if name in values}


def _reason(error: IntegrityError) -> Exception:
    if "member_" in str(error):
        return AlreadyMember()
    if "uscc" in str(error):
        return UsccTaken()
    return error
