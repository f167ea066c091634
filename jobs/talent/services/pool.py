"""May we keep you in mind? Asked by an organisation, answered by the person alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.consent.enums import Purpose
from accounts.consent.services import grant_consent, withdraw_consent
from accounts.employers.models import Organization
from accounts.identity.models import User
from accounts.identity.services.audit import record_event, record_events
from accounts.lib.workflow import TransitionRefused
from jobs.applications.enums import InviteRefusal
from jobs.applications.models import Application, Invitation
from jobs.applications.rules.contact import delivery_at
from jobs.applications.rules.workflow import EMPLOYER, SEEKER, SYSTEM
from jobs.applications.services.invitations import InviteRefused, invite_known
from jobs.applications.services.parties import check_side, lock_pair
from jobs.matching.access.candidates import hides_from
from jobs.postings.models import Posting
from jobs.talent import emails
from jobs.talent.access_pool import POOL_SHOWN, refusal_to_ask, shown_today
from jobs.talent.enums import ENDED_POOL, AskRefusal, PoolState
from jobs.talent.models import PoolEntry
from jobs.talent.rules.pool import ANSWER_WITHIN, KEPT_FOR, POOL

# The wording people agree to; raise it when the words change.
CONSENT_VERSION = "2026-11"
BATCH = 2000


class AskRefused(TransitionRefused):
    """Not asked; `reason` says why."""

    def __init__(self, reason: AskRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class AnswerOver(TransitionRefused):
    """Answered already, run out, or taken back."""


@transaction.atomic
def ask_to_keep(
    *, application: Application, actor: User, now: datetime | None = None
) -> PoolEntry:
    """One question to one person. Raises AskRefused.

    Somebody who hides from the organisation is not told; to the employer it looks as
    if they had not answered.
    """
    now = now or timezone.now()
    locked = lock_pair(application)
    check_side(actor, locked, EMPLOYER)
    if not locked.is_shared:
        raise AskRefused(AskRefusal.NOT_NOW)
    if reason := refusal_to_ask(locked, now=now):
        raise AskRefused(reason)
    _end_old(locked, now)
    visible_at = delivery_at(now)
    entry = PoolEntry(
        organization=locked.organization,
        seeker=locked.seeker,
        application=locked,
        asked_by=actor,
        asked_at=now,
        visible_at=visible_at,
        answer_by=visible_at + ANSWER_WITHIN,
    )
    entry.full_clean()
    entry.save()
    record_event(
        action="talent.pool_asked", actor=actor, on=entry, about=locked.seeker.user
    )
    if not hides_from(locked.seeker, locked.organization):
        emails.ask_person(entry)
    return entry


def _end_old(application: Application, now: datetime) -> None:
    """An old one whose time is over but which the clock has not come to yet."""
    rows = PoolEntry.objects.filter(
        organization=application.organization_id, seeker=application.seeker_id
    ).exclude(state__in=ENDED_POOL)
    for row in rows:
        _end_by_clock(row.pk, now)


@transaction.atomic
def agree(
    *,
    entry: PoolEntry,
    actor: User,
    with_name: bool = False,
    now: datetime | None = None,
) -> PoolEntry:
    """The yes, for half a year; the name only where asked for. Raises AnswerOver."""
    now = now or timezone.now()
    locked = _hold(entry, actor, "agree")
    if now >= locked.answer_by:
        raise AnswerOver(f"entry {locked.pk}")
    locked.consent = grant_consent(
        user=actor,
        purpose=Purpose.TALENT_POOL,
        version=CONSENT_VERSION,
        scope=locked.consent_scope,
    )
    locked.answered_at, locked.with_name = now, with_name
    locked.expires_at = now + KEPT_FOR
    _step(locked, "agree", SEEKER, actor, now)
    emails.tell_team_of_yes(locked)
    return locked


@transaction.atomic
def decline(*, entry: PoolEntry, actor: User, now: datetime | None = None) -> PoolEntry:
    """The organisation is not told. Raises AnswerOver."""
    locked = _hold(entry, actor, "decline")
    locked.answered_at = now or timezone.now()
    return _step(locked, "decline", SEEKER, actor, locked.answered_at)


@transaction.atomic
def revoke(*, entry: PoolEntry, actor: User, now: datetime | None = None) -> PoolEntry:
    """Gone from the page at once; nobody is told. Raises AnswerOver."""
    locked = _hold(entry, actor, "revoke")
    withdraw_consent(
        user=actor, purpose=Purpose.TALENT_POOL, scope=locked.consent_scope
    )
    return _step(locked, "revoke", SEEKER, actor, now or timezone.now())


def revoke_scope(user: User, scope: str) -> None:
    """Taken back in the privacy centre."""
    rows = PoolEntry.objects.filter(seeker__user=user, state=PoolState.AGREED)
    for row in rows:
        if row.consent_scope == scope:
            revoke(entry=row, actor=user)


@transaction.atomic
def invite_from_pool(
    *, entry: PoolEntry, posting: Posting, actor: User, now: datetime | None = None
) -> tuple[Invitation, bool]:
    """Through the same service and numbers as everybody else. Raises InviteRefused."""
    now = now or timezone.now()
    locked = _locked(entry)
    is_kept = locked.state == PoolState.AGREED and (locked.expires_at or now) > now
    if not is_kept or locked.organization_id != posting.organization_id:
        raise InviteRefused(InviteRefusal.GONE)
    return invite_known(posting=posting, actor=actor, profile=locked.seeker, now=now)


@transaction.atomic
def note_pool_shown(
    *, organization: Organization, entries: Iterable[PoolEntry], actor: User
) -> int:
    """A line for everybody on the page; once a person, organisation and day."""
    people = {row.seeker.user_id for row in entries}
    if not people:
        return 0
    Organization.objects.select_for_update(of=("self",), no_key=True).get(
        pk=organization.pk
    )
    fresh = people - shown_today(organization, people)
    record_events(
        action=POOL_SHOWN, actor=actor, on=organization, about=sorted(fresh), detail={}
    )
    return len(fresh)


# ---- By the clock


def due_entries(*, now: datetime) -> QuerySet[PoolEntry]:
    asked = PoolEntry.objects.filter(state=PoolState.ASKED, answer_by__lte=now)
    kept = PoolEntry.objects.filter(state=PoolState.AGREED, expires_at__lte=now)
    return asked | kept


def expire_pool(*, now: datetime) -> int:
    """Questions nobody answered, and yeses that ran out; safe to run twice."""
    due = due_entries(now=now).order_by("pk").values_list("pk", flat=True)
    return sum(_end_by_clock(pk, now) for pk in list(due[:BATCH]))


@transaction.atomic
def _end_by_clock(pk: int, now: datetime) -> int:
    due = due_entries(now=now).filter(pk=pk)
    row = due.select_for_update(of=("self",), skip_locked=True).first()
    if row is None:
        return 0
    if row.state == PoolState.ASKED:
        _step(row, "lapse", SYSTEM, None, now)
        return 1
    withdraw_consent(
        user=row.seeker.user, purpose=Purpose.TALENT_POOL, scope=row.consent_scope
    )
    _step(row, "expire", SYSTEM, None, now)
    emails.tell_person_run_out(row)
    return 1


def _locked(entry: PoolEntry) -> PoolEntry:
    rows = PoolEntry.objects.select_for_update(of=("self",))
    return rows.select_related("seeker__user", "organization").get(pk=entry.pk)


def _hold(entry: PoolEntry, actor: User, event: str) -> PoolEntry:
    locked = _locked(entry)
    row = POOL.find(state=locked.state, event=event, actor=SEEKER)
    if row is None or locked.seeker.user_id != actor.pk:
        raise AnswerOver(f"entry {locked.pk}")
    return locked


def _step(
    entry: PoolEntry, event: str, side: str, actor: User | None, now: datetime
) -> PoolEntry:
    row = POOL.step(state=entry.state, event=event, actor=side)
    entry.state = PoolState(row.target)
    if entry.state in ENDED_POOL:
        entry.ended_at = now
    entry.save()
    record_event(
        action=f"talent.pool_{event}",
        actor=actor,
        on=entry,
        about=entry.seeker.user,
    )
    return entry


def export_pool(user: User) -> list[dict[str, Any]]:
    rows = PoolEntry.objects.filter(seeker__user=user).order_by("pk")
    return [
        {
            "organization": row.organization.display_name,
            "asked_at": row.asked_at.isoformat(),
            "state": row.state,
            "with_name": row.with_name,
            "expires_at": row.expires_at.isoformat() if row.expires_at else None,
        }
        for row in rows.select_related("organization")
    ]


@transaction.atomic
def forget_pool(user: User) -> None:
    """Nothing of it is kept: no rule asks for a record of who was kept in mind."""
    for row in PoolEntry.objects.filter(seeker__user=user, state=PoolState.AGREED):
        revoke(entry=row, actor=user)
    PoolEntry.objects.filter(seeker__user=user).delete()
