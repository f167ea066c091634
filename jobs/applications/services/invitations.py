"""An employer asks somebody from its list to apply; the seeker answers, or does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.employers.models import Organization
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.workflow import TransitionRefused
from accounts.seekers.enums import BlockReason
from accounts.seekers.models import SeekerProfile
from accounts.seekers.services import HiddenFrom, hide_from
from jobs.applications import emails
from jobs.applications.access import invitations_of, not_to_show
from jobs.applications.enums import (
    OPEN_INVITATIONS,
    InvitationState,
    InviteRefusal,
    PassReason,
)
from jobs.applications.models import Application, Invitation
from jobs.applications.rules.contact import delivery_at, shanghai_day
from jobs.applications.rules.invitations import (
    INVITATION,
    MOST_A_DAY,
    MOST_WAITING,
    OPEN_FOR,
)
from jobs.applications.rules.workflow import SEEKER, SYSTEM
from jobs.applications.services import covenant
from jobs.matching.access.candidates import candidate_for, may_look, suited_among
from jobs.postings.enums import ENDED_STATES
from jobs.postings.models import Posting

BATCH = 2000


class InviteRefused(TransitionRefused):
    """Not sent; `reason` says why."""

    def __init__(self, reason: InviteRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def invite(
    *, posting: Posting, actor: User, reference: UUID, now: datetime | None = None
) -> tuple[Invitation, bool]:
    """Ask the person behind the reference to apply; (invitation, whether it is new).

    Organisation, posting and person are locked in this order: colleagues who invite at
    once are counted in turn, and nobody is invited while they say no.
    Raises InviteRefused.
    """
    now = now or timezone.now()
    locked, organization = _lock(posting, now)
    profile = _person(locked, reference, now)
    return _send(locked, organization, profile, actor, now)


@transaction.atomic
def invite_known(
    *,
    posting: Posting,
    actor: User,
    profile: SeekerProfile,
    now: datetime | None = None,
) -> tuple[Invitation, bool]:
    """The same for somebody who let this organisation keep them in mind: whether that
    yes stands is for the caller to hold; their limits and the numbers are looked at
    here. Raises InviteRefused.
    """
    now = now or timezone.now()
    locked, organization = _lock(posting, now)
    rows = SeekerProfile.objects.select_for_update(of=("self",), no_key=True)
    rows.get(pk=profile.pk)
    found = suited_among(locked, [profile.pk], now=now)
    applied = Application.objects.filter(posting=locked, seeker=profile.pk)
    if not found or applied.exists():
        raise InviteRefused(InviteRefusal.GONE)
    return _send(locked, organization, found[0].profile, actor, now)


def _send(
    locked: Posting,
    organization: Organization,
    profile: SeekerProfile,
    actor: User,
    now: datetime,
) -> tuple[Invitation, bool]:
    """Under the locks: count, write, tell."""
    if earlier := invitations_of(locked).filter(seeker=profile).first():
        return earlier, False
    visible_at = delivery_at(now)
    day = shanghai_day(visible_at)
    if reason := _limit(locked, organization, profile, now=now, visible_at=visible_at):
        raise InviteRefused(reason)
    invitation = Invitation(
        posting=locked,
        organization=organization,
        seeker=profile,
        invited_by=actor,
        sent_at=now,
        day=day,
        number=_sent_on(organization, day) + 1,
        visible_at=visible_at,
        expires_at=visible_at + OPEN_FOR,
    )
    invitation.full_clean()
    invitation.save()
    emails.tell_seeker_invited(invitation)
    _record("sent", invitation, actor)
    return invitation, True


def _lock(posting: Posting, now: datetime) -> tuple[Posting, Organization]:
    if posting.organization_id is None:
        raise InviteRefused(InviteRefusal.NOT_OPEN)
    organization = covenant.hold(posting.organization_id)
    locked = (
        Posting.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization")
        .get(pk=posting.pk)
    )
    if not may_look(locked, now=now):
        raise InviteRefused(InviteRefusal.NOT_OPEN)
    return locked, organization


def _person(posting: Posting, reference: UUID, now: datetime) -> SeekerProfile:
    """Found, locked, and found again: they may have left in between."""
    try:
        found = candidate_for(
            posting, reference, without=not_to_show(posting), now=now
        ).profile
        rows = SeekerProfile.objects.select_for_update(of=("self",), no_key=True)
        rows.get(pk=found.pk)
        return candidate_for(
            posting, reference, without=not_to_show(posting), now=now
        ).profile
    except Http404:
        raise InviteRefused(InviteRefusal.GONE) from None


def _limit(
    posting: Posting,
    organization: Organization,
    profile: SeekerProfile,
    *,
    now: datetime,
    visible_at: datetime,
) -> InviteRefusal | None:
    """Counted by the clock alone: a no gives no place back, so nobody can tell it."""
    waiting = Invitation.objects.filter(
        organization=organization, expires_at__gt=now
    ).exclude(state=InvitationState.APPLIED)
    if waiting.filter(seeker=profile).exists():
        return InviteRefusal.WAITS
    if _sent_on(organization, shanghai_day(visible_at)) >= MOST_A_DAY:
        return InviteRefusal.DAY_FULL
    if waiting.filter(posting=posting).count() >= MOST_WAITING:
        return InviteRefusal.POSTING_FULL
    return None


def _sent_on(organization: Organization, day: date) -> int:
    """The highest number of that day, so that none is given twice."""
    sent = Invitation.objects.filter(organization=organization, day=day)
    return int(sent.aggregate(last=Max("number"))["last"] or 0)


def see_invitation(*, invitation: Invitation, actor: User) -> Invitation:
    """The seeker opened it; later visits change nothing, and no employer is told."""
    if invitation.state != InvitationState.SENT:
        return invitation
    return _try("view", invitation, actor, seen_at=timezone.now())


def decline_invitation(
    *, invitation: Invitation, actor: User, reason: str = ""
) -> Invitation:
    """A no, with a PassReason or without; saying it again, or too late, is fine."""
    return _try("decline", invitation, actor, pass_reason=reason)


@transaction.atomic
def never_again(*, invitation: Invitation, actor: User) -> Invitation:
    """A no to the whole organisation: its other invitations end as well."""
    organization = invitation.organization
    hide_from(
        profile=invitation.seeker,
        actor=actor,
        employer=HiddenFrom(
            name=organization.display_name,
            uscc=organization.uscc,
            reason=BlockReason.CHOSEN,
        ),
    )
    rows = Invitation.objects.filter(
        seeker=invitation.seeker_id,
        organization=organization,
        state__in=OPEN_INVITATIONS,
    )
    for row in rows.order_by("pk"):
        _try("decline", row, actor, pass_reason=PassReason.EMPLOYER)
    invitation.refresh_from_db()
    return invitation


def note_application(*, application: Application) -> None:
    """Call in the transaction that sent it: an invitation it answers has done its work."""
    found = Invitation.objects.filter(
        posting=application.posting_id,
        seeker=application.seeker_id,
        state__in=OPEN_INVITATIONS,
    ).first()
    if found is not None:
        actor = application.seeker.user
        _try("apply", found, actor, application=application)


def follow_postings(postings: Sequence[Posting]) -> None:
    """What closes takes its open invitations with it, in the same transaction."""
    closed = [posting.pk for posting in postings if posting.state in ENDED_STATES]
    if closed:
        rows = Invitation.objects.filter(posting__in=closed)
        _end_each(rows.filter(state__in=OPEN_INVITATIONS), "withdraw")


def expire_invitations(*, now: datetime) -> int:
    """End what had its fortnight; safe to run twice and side by side."""
    due = Invitation.objects.filter(state__in=OPEN_INVITATIONS, expires_at__lte=now)
    return _end_each(due, "expire")


def _end_each(rows: QuerySet[Invitation], event: str) -> int:
    """How many this call ended; one that somebody else was faster with is none."""
    due = list(rows.order_by("expires_at", "pk")[:BATCH])
    ended = [_try(event, row, None) for row in due]
    target = {"expire": InvitationState.EXPIRED, "withdraw": InvitationState.WITHDRAWN}
    return sum(row.state == target[event] for row in ended)


def _try(
    event: str, invitation: Invitation, actor: User | None, **changes: Any
) -> Invitation:
    """Take the step if the table still has it; else leave everything as it is."""
    with transaction.atomic():
        locked = (
            Invitation.objects.select_for_update(of=("self",), no_key=True)
            .select_related("seeker__user", "organization", "posting")
            .get(pk=invitation.pk)
        )
        side = SYSTEM if actor is None else SEEKER
        row = INVITATION.find(state=locked.state, event=event, actor=side)
        if row is None or (actor is not None and actor.pk != locked.seeker.user_id):
            return locked
        locked.state = InvitationState(row.target)
        for name, value in changes.items():
            setattr(locked, name, value)
        if locked.state not in OPEN_INVITATIONS:
            locked.ended_at = timezone.now()
        locked.save()
        _record(event, locked, actor)
    return locked


def _record(event: str, invitation: Invitation, actor: User | None) -> None:
    record_event(
        action=f"invitation.{event}",
        actor=actor,
        on=invitation,
        about=invitation.seeker.user,
    )


def export_invitations(user: User) -> list[dict[str, Any]]:
    """What a person was invited to and how it ended."""
    rows = Invitation.objects.filter(seeker__user=user).order_by("pk")
    return [
        {
            "posting": row.posting.title,
            "organization": row.organization.legal_name,
            "sent_at": row.sent_at.isoformat(),
            "state": row.state,
            "pass_reason": row.pass_reason,
        }
        for row in rows.select_related("posting", "organization")
    ]


@transaction.atomic
def forget_invitations(user: User) -> None:
    """Open ones end, reasons go; the bare row stays, so that nobody is asked twice."""
    rows = Invitation.objects.filter(seeker__user=user)
    for row in rows.filter(state__in=OPEN_INVITATIONS).order_by("pk"):
        _try("decline", row, user)
    rows.exclude(pass_reason="").update(pass_reason="")
