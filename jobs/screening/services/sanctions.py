"""Measures against employers: how they begin, what they close, how they end."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.employers.enums import VerificationState
from accounts.employers.models import Organization
from accounts.employers.services.blocklist import block_entities, lift_block
from accounts.employers.services.verification import (
    end_suspension,
    suspend_organization,
)
from accounts.identity.models import User
from jobs.postings import services as postings
from jobs.postings.enums import LIVE_STATES, PostingState
from jobs.postings.models import Posting
from jobs.postings.rules.workflow import MODERATOR, POSTING
from jobs.screening import emails
from jobs.screening.enums import (
    AppealState,
    Concern,
    Reason,
    SanctionKind,
    SanctionState,
)
from jobs.screening.models.findings import Finding
from jobs.screening.models.reports import Report
from jobs.screening.models.sanctions import Sanction
from jobs.screening.rules.catalogue import default_catalogue
from jobs.screening.rules.trust import NEEDS_SECOND
from jobs.screening.services.errors import (
    MeasureExists,
    MeasureMisfits,
    NoteMissing,
    ObjectionOpen,
    UnknownRule,
)
from jobs.screening.services.independence import check_independent
from jobs.screening.services.steps import actor_kind, lock, take_step, write_history

BATCH = 500
logger = logging.getLogger(__name__)
_NEAR_OPEN = LIVE_STATES | {PostingState.IN_REVIEW, PostingState.EXPIRED}
_OF_A_POSTING = frozenset({SanctionKind.REMOVED})
_OF_AN_EMPLOYER = frozenset({SanctionKind.SUSPENDED, SanctionKind.BLOCKED})


@transaction.atomic
def impose_sanction(
    *,
    organization: Organization | None,
    kind: str,
    actor: User | None,
    basis: Sequence[str],
    note: str,
    posting: Posting | None = None,
    report: Report | None = None,
    until: datetime | None = None,
) -> Sanction:
    """Take a measure; no actor means the system.

    `basis` names rules of the catalogue or reason codes (Concern, Reason); the employer
    reads them and `note`. What is grave (NEEDS_SECOND) waits for a second person, but
    the postings it is about are closed at once. With a posting only that one pauses,
    without one all that the organisation has open.

    Raises NotAllowed, OwnOrganization, NoteMissing, UnknownRule, MeasureMisfits,
    MeasureExists.
    """
    kind = SanctionKind(kind)
    if actor is not None:
        check_independent(user=actor, organization=organization, posting=posting)
    _check_explained(basis, note)
    _check_fits(kind, organization, posting, until)
    target = _lock_target(kind, organization, posting)
    sanction = Sanction.objects.create(
        organization=organization,
        posting=posting,
        kind=kind,
        basis=list(dict.fromkeys(basis)),
        note=note.strip(),
        evidence=evidence_of(target) if target else {},
        imposed_by=actor,
        until=until,
    )
    write_history(sanction, event="propose", actor=actor, kind=actor_kind(actor))
    _close_postings(sanction, target)
    if report is not None:
        report.sanction = sanction
        report.save(update_fields=["sanction"])
    if kind in NEEDS_SECOND:
        emails.tell_employer(sanction, "screening/measure_proposed")
    else:
        put_in_force(sanction, event="impose", actor=actor)
    return sanction


@transaction.atomic
def lift_sanction(*, sanction: Sanction, actor: User | None, reason: str) -> Sanction:
    """End a measure before its time; what it closed opens again where it may.

    Raises ReviewTaken when it is not in force (any more), ObjectionOpen, NoteMissing,
    NotAllowed, OwnOrganization.
    """
    hold_organization(sanction.organization_id)
    locked = lock(sanction)
    if actor is not None:
        check_independent(
            user=actor, organization=locked.organization, posting=locked.posting
        )
        if locked.appeals.filter(state=AppealState.OPEN).exists():
            raise ObjectionOpen(f"measure {locked.pk}")
    _end(locked, "lift" if actor else "lapse", actor, reason)
    emails.tell_employer(locked, "screening/measure_ended")
    return locked


def lapse_sanctions(*, now: datetime, limit: int = BATCH) -> int:
    """End measures whose time is over; safe to run twice and side by side.

    One that fails does not hold up those behind it.
    """
    due = Sanction.objects.filter(state=SanctionState.IN_FORCE, until__lte=now)
    return sum(_lapse(sanction, now) for sanction in due.order_by("pk")[:limit])


def _lapse(sanction: Sanction, now: datetime) -> bool:
    try:
        with transaction.atomic():
            hold_organization(sanction.organization_id)
            locked = lock(sanction)
            over = locked.until is not None and locked.until <= now
            if locked.state != SanctionState.IN_FORCE or not over:
                return False
            _end(locked, "lapse", None, "")
            emails.tell_employer(locked, "screening/measure_ended")
    except Exception as error:  # noqa: BLE001 - it is tried again in ten minutes
        logger.warning("measure %s: %s", sanction.pk, type(error).__name__)
        return False
    return True


def may_change_identity(organization: Organization) -> bool:
    """For registry.guard_identity: a block must hit whom it was meant for."""
    standing = Sanction.objects.standing().filter(kind__in=_OF_AN_EMPLOYER)
    return not standing.filter(organization=organization).exists()


def hold_organization(organization: int | None) -> None:
    """The organisation before its measures and postings, always in this order."""
    if organization is not None:
        rows = Organization.objects.select_for_update(of=("self",), no_key=True)
        rows.get(pk=organization)


def follow_check(organization: Organization) -> None:
    """For registry.follow_checks: opened again by those who check, no longer suspended."""
    if organization.verification == VerificationState.SUSPENDED:
        return
    over = Sanction.objects.select_for_update(of=("self",)).filter(
        organization=organization,
        kind__in=_OF_AN_EMPLOYER,
        state=SanctionState.IN_FORCE,
    )
    for sanction in over:
        _end(sanction, "lapse", None, "")


def no_measure_stands(posting: Posting) -> bool:
    """For registry.guard_opening: raises MeasureStands, which says more than no."""
    if Sanction.objects.closing(posting).exists():
        raise postings.MeasureStands(f"posting {posting.pk}")
    return True


def reverse_sanction(*, sanction: Sanction, actor: User, reason: str) -> None:
    """Take a locked measure back as if it had not been; for an objection granted."""
    _end(sanction, "reverse", actor, reason)


def _end(sanction: Sanction, event: str, actor: User | None, reason: str) -> None:
    sanction.ended_at = timezone.now()
    take_step(sanction, event, actor, reason=reason)
    undo(sanction, actor, reason)


def put_in_force(sanction: Sanction, *, event: str, actor: User | None) -> None:
    """Let a locked proposal take effect, and tell the employer."""
    sanction.in_force_at = timezone.now()
    take_step(sanction, event, actor)
    if sanction.kind == SanctionKind.REMOVED:
        _remove(sanction, actor)
    if sanction.kind in _OF_AN_EMPLOYER:
        _suspend(sanction, actor)
    emails.tell_employer(sanction, "screening/measure")


def evidence_of(posting: Posting) -> dict[str, Any]:
    """The words as they stand and what was found in them, before anybody acts."""
    found = Finding.objects.filter(posting=posting).order_by("field", "start", "pk")
    return {
        "state": posting.state,
        "version": posting.version,
        "content": postings.content_of(posting),
        "findings": [
            {"rule": f.rule, "severity": f.severity, "excerpt": f.excerpt}
            for f in found
        ],
    }


def known_reasons() -> set[str]:
    rules = {rule.id for rule in default_catalogue().rules}
    return rules | set(Concern.values) | set(Reason.values)


def _check_explained(basis: Sequence[str], note: str) -> None:
    unknown = set(basis) - known_reasons()
    if unknown:
        raise UnknownRule(", ".join(sorted(unknown)))
    if not basis or not note.strip():
        raise NoteMissing("a measure names its reasons")


def _check_fits(
    kind: SanctionKind,
    organization: Organization | None,
    posting: Posting | None,
    until: datetime | None,
) -> None:
    if posting is None and (organization is None or kind in _OF_A_POSTING):
        raise MeasureMisfits(f"{kind} needs a posting")
    if organization is None and kind in _OF_AN_EMPLOYER:
        raise MeasureMisfits(f"{kind} needs an organisation")
    if posting is not None and posting.organization != organization:
        raise MeasureMisfits("the posting is another organisation's")
    if until is not None and (kind in _OF_A_POSTING or until <= timezone.now()):
        raise MeasureMisfits(f"{kind} does not end by itself")


def _lock_target(
    kind: SanctionKind, organization: Organization | None, posting: Posting | None
) -> Posting | None:
    """Of two people with the same idea one waits here, and is told afterwards."""
    standing = Sanction.objects.standing()
    if organization is not None and posting is None:
        hold_organization(organization.pk)
    if kind in _OF_AN_EMPLOYER and organization is not None:
        same = standing.filter(organization=organization, kind__in=_OF_AN_EMPLOYER)
        if same.exists():
            raise MeasureExists(str(organization.pk))
    target = postings.lock_posting(posting) if posting else None
    if target is not None and kind == SanctionKind.REMOVED:
        if standing.filter(posting=target, kind=kind).exists():
            raise MeasureExists(str(target.pk))
        if POSTING.find(state=target.state, event="remove", actor=MODERATOR) is None:
            raise postings.StepRefused(f"posting {target.pk} is {target.state}")
    return target


def _close_postings(sanction: Sanction, target: Posting | None) -> None:
    if sanction.kind == SanctionKind.WARNED:
        return
    found = [target] if target else _open_postings(sanction.organization_id)
    for posting in found:
        if posting.state == PostingState.PUBLISHED:
            postings.pause_posting(
                posting=posting, actor=None, reason=postings.MEASURE_TAKEN
            )
            sanction.hidden.append(posting.pk)
    sanction.save(update_fields=["hidden"])


def _open_postings(organization: int | None) -> Iterable[Posting]:
    """All that is open or about to open: an approval under way waits, and is asked
    again by the guard."""
    rows = Posting.objects.select_for_update(of=("self",)).filter(
        organization=organization, state__in=_NEAR_OPEN
    )
    return list(rows.order_by("pk"))


def _remove(sanction: Sanction, actor: User | None) -> None:
    """Unless the employer has ended it meanwhile: then it stays ended."""
    assert sanction.posting is not None
    posting = postings.lock_posting(sanction.posting)
    if POSTING.find(state=posting.state, event="remove", actor=actor_kind(actor)):
        postings.apply_transition(
            posting=posting, event="remove", actor=actor, reason=sanction.note
        )


def _suspend(sanction: Sanction, actor: User | None) -> None:
    organization = sanction.organization
    assert organization is not None
    assert actor is not None
    if sanction.kind == SanctionKind.BLOCKED:
        block_entities(
            organization=organization,
            actor=actor,
            basis=sanction.note,
            codes=sanction.basis,
            until=sanction.until,
        )
    organization.refresh_from_db()
    if organization.verification == VerificationState.SUSPENDED:
        return
    sanction.verification_before = organization.verification
    sanction.save(update_fields=["verification_before"])
    suspend_organization(
        organization=organization, actor=actor, reason=sanction.note, tell=False
    )


def undo(sanction: Sanction, actor: User | None, reason: str) -> None:
    """Open again what the measure closed; what a rule or another measure forbids, or
    whose last day has passed, stays closed."""
    if sanction.kind == SanctionKind.BLOCKED and actor is not None:
        # A block with an end runs out by itself: no person lifts it then.
        _lift_block(sanction, actor, reason)
    if sanction.kind in _OF_AN_EMPLOYER:
        _end_suspension(sanction, actor)
    if sanction.kind == SanctionKind.REMOVED and sanction.posting is not None:
        _reinstate(sanction.posting, actor, reason)
    for posting in Posting.objects.filter(
        pk__in=sanction.hidden, state=PostingState.PAUSED
    ).order_by("pk"):
        try:
            postings.apply_transition(posting=posting, event="resume", actor=actor)
        except postings.MeasureStands:
            _hand_over(posting)
        except postings.PostingError:
            continue


def _hand_over(posting: Posting) -> None:
    """Another measure keeps it closed: it is the one that opens it when it ends."""
    heirs = Sanction.objects.closing(posting).select_for_update(of=("self",))
    heir = heirs.order_by("pk").first()
    if heir is not None and posting.pk not in heir.hidden:
        heir.hidden.append(posting.pk)
        heir.save(update_fields=["hidden"])


def _lift_block(sanction: Sanction, actor: User, reason: str) -> None:
    if sanction.organization is not None and sanction.in_force_at is not None:
        lift_block(organization=sanction.organization, actor=actor, reason=reason)


def _end_suspension(sanction: Sanction, actor: User | None) -> None:
    organization = sanction.organization
    if organization is None or not sanction.verification_before:
        return
    organization.refresh_from_db()
    if organization.verification == VerificationState.SUSPENDED:
        end_suspension(organization=organization, actor=actor)


def _reinstate(posting: Posting, actor: User | None, reason: str) -> None:
    current = postings.lock_posting(posting)
    if current.state != PostingState.REMOVED:
        return
    removals = current.transitions.filter(event="remove").order_by("-at", "-pk")
    removal = removals.first()
    # What waited for a check when it was removed has not been read: it waits again.
    was_open = (
        removal is not None
        and removal.from_state in LIVE_STATES
        and current.valid_through is not None
    )
    postings.apply_transition(
        posting=current,
        event="reinstate" if was_open else "reinstate_to_review",
        actor=actor,
        reason=reason,
    )
