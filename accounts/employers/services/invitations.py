from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.employers.emails import send_invitation, tell_admins
from accounts.employers.enums import MemberRole
from accounts.employers.models import Invitation, Membership, Organization
from accounts.employers.services.errors import (
    AlreadyMember,
    InvitationGone,
    WrongKind,
)
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.identity.services.accounts import create_confirmed_account
from accounts.identity.services.audit import record_event

LIFETIME = timedelta(days=7)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_member(
    *, organization: Organization, actor: User, email: str, role: MemberRole
) -> Invitation:
    """Ask somebody in by e-mail; asking the same address again sends a new link."""
    Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    email = email.strip().lower()
    members = Membership.objects.filter(organization=organization, is_active=True)
    if members.filter(user__email=email).exists():
        raise AlreadyMember
    invitation = Invitation.objects.filter(
        organization=organization,
        email=email,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
    ).first() or Invitation(organization=organization, email=email)
    invitation.role, invitation.invited_by = role, actor
    _send(invitation)
    record_event(
        action="employers.invited",
        actor=actor,
        on=organization,
        about=actor,
        detail={"role": role},
    )
    return invitation


@transaction.atomic
def resend_invitation(*, invitation: Invitation, actor: User) -> None:
    """A new link for seven more days; the old one stops working."""
    row = _open(invitation.pk)
    _send(row)
    record_event(
        action="employers.invited_again",
        actor=actor,
        on=row.organization,
        about=actor,
    )


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, actor: User) -> None:
    row = _open(invitation.pk)
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    record_event(
        action="employers.invitation_withdrawn",
        actor=actor,
        on=row.organization,
        about=actor,
    )


@transaction.atomic
def accept_as_new(
    *, invitation: Invitation, name: str, password: str | None, language: str
) -> User:
    """A new account for the invited address: who has the link has the mailbox."""
    row = _open(invitation.pk, now=timezone.now())
    user = create_confirmed_account(
        kind=Kind.EMPLOYER,
        email=row.email,
        name=name,
        language=language,
        password=password,
    )
    _join(row, user)
    return user


@transaction.atomic
def accept_as(*, invitation: Invitation, user: User) -> None:
    """Join with an existing employer account."""
    if user.kind != Kind.EMPLOYER:
        raise WrongKind
    _join(_open(invitation.pk, now=timezone.now()), user)


def _open(pk: int, *, now: datetime | None = None) -> Invitation:
    """The locked row, or InvitationGone; with `now` it must not have run out either."""
    row = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organization")
        .filter(pk=pk, accepted_at__isnull=True, withdrawn_at__isnull=True)
        .first()
    )
    if row is None or (now is not None and row.expires_at <= now):
        raise InvitationGone
    return row


def _send(invitation: Invitation) -> None:
    token = secrets.token_urlsafe(32)
    invitation.token_hash = hash_token(token)
    invitation.expires_at = timezone.now() + LIFETIME
    invitation.save()
    send_invitation(invitation, token)


def _join(row: Invitation, user: User) -> None:
    try:
        with transaction.atomic():
            Membership.objects.update_or_create(
                organization=row.organization,
                user=user,
                defaults={"role": row.role, "is_active": True},
            )
    except IntegrityError as error:
        raise AlreadyMember from error
    row.accepted_at = timezone.now()
    row.save(update_fields=["accepted_at"])
    record_event(
        action="employers.joined",
        actor=user,
        on=row.organization,
        about=user,
        detail={"role": row.role},
    )
    tell_admins(row.organization, "employers/joined", but=user, who=user)
