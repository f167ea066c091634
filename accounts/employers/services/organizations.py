from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from accounts.employers.access import is_blocked_code
from accounts.employers.enums import MemberRole
from accounts.employers.models import Membership, Organization
from accounts.employers.registry import tell_followers
from accounts.employers.rules.verification import VERIFICATION
from accounts.employers.services.errors import AlreadyMember, Blocked, UsccTaken
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
    "city_code",
    "district",
    "address",
    "size",
    "industry",
    "about",
)
# What the check was about: changing it means checking again.
CHECKED_FIELDS = frozenset({"kind", "uscc", "legal_name", "legal_representative"})


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
    """Save the changes; True when they make a new check necessary."""
    try:
        with transaction.atomic():
            return _edit(organization.pk, actor, _known(values))
    except IntegrityError as error:
        raise _reason(error) from error


def _edit(pk: int, actor: User, values: dict[str, Any]) -> bool:
    row = Organization.objects.select_for_update(of=("self",)).get(pk=pk)
    changed = sorted(name for name in values if getattr(row, name) != values[name])
    if "uscc" in changed and is_blocked_code(values["uscc"]):
        raise Blocked
    checked = CHECKED_FIELDS & set(changed)
    if not row.legal_representative:
        # Said for the first time: nothing that was checked has changed.
        checked -= {"legal_representative"}
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


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in FIELDS if name in values}


def _reason(error: IntegrityError) -> Exception:
    if "member_" in str(error):
        return AlreadyMember()
    if "uscc" in str(error):
        return UsccTaken()
    return error
