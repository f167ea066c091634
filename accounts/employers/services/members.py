from __future__ import annotations

from django.db import transaction

from accounts.employers.emails import tell_member
from accounts.employers.enums import MemberRole
from accounts.employers.models import Invitation, Membership, Organization
from accounts.employers.services.errors import LastAdmin
from accounts.identity.access import addresses_of
from accounts.identity.models import User
from accounts.identity.services.audit import record_event


@transaction.atomic
def change_role(*, membership: Membership, actor: User, role: MemberRole) -> None:
    """Give a colleague another role; the last administrator stays one."""
    row = _locked(membership)
    if row.role == role:
        return
    if role != MemberRole.ADMIN:
        _keep_an_admin(row)
    row.role = role
    row.save(update_fields=["role"])
    _record("employers.role_changed", actor, row, {"role": role})
    tell_member(row, "employers/role_changed")


@transaction.atomic
def remove_member(*, membership: Membership, actor: User) -> None:
    """End somebody's membership; the row stays, so the trail keeps its names."""
    row = _locked(membership)
    if not row.is_active:
        return
    _keep_an_admin(row)
    row.is_active = False
    row.save(update_fields=["is_active"])
    left = actor.pk == row.user_id
    _record("employers.member_left" if left else "employers.member_removed", actor, row)
    if not left:
        tell_member(row, "employers/removed")


@transaction.atomic
def forget_member(user: User) -> None:
    """The place of somebody who leaves the site; safe to repeat.

    Whoever is alone stays as an empty number: an organisation is never without an
    administrator. A colleague who is there takes over.
    """
    Invitation.objects.filter(email__in=addresses_of(user)).delete()
    for row in Membership.objects.filter(user=user, is_active=True):
        place = _locked(row)
        others = Membership.objects.filter(
            organization=place.organization_id, is_active=True
        ).exclude(pk=place.pk)
        heir = others.order_by("role", "created_at", "pk").first()
        if heir is None:
            continue
        if place.role == MemberRole.ADMIN and heir.role != MemberRole.ADMIN:
            change_role(membership=heir, actor=user, role=MemberRole.ADMIN)
        remove_member(membership=place, actor=user)


def _locked(membership: Membership) -> Membership:
    """The lock on the organisation makes changes of its members wait for each other."""
    Organization.objects.select_for_update(of=("self",)).get(
        pk=membership.organization_id
    )
    return Membership.objects.select_related("user", "organization").get(
        pk=membership.pk
    )


def _keep_an_admin(row: Membership) -> None:
    if row.role != MemberRole.ADMIN or not row.is_active:
        return
    others = Membership.objects.filter(
        organization=row.organization_id, role=MemberRole.ADMIN, is_active=True
    ).exclude(pk=row.pk)
    if not others.exists():
        raise LastAdmin


def _record(
    action: str, actor: User, row: Membership, detail: dict[str, str] | None = None
) -> None:
    record_event(
        action=action, actor=actor, on=row.organization, about=row.user, detail=detail
    )
