"""A counselor suggests changes to a profile; the person takes each one or leaves it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.assisted import emails
from accounts.assisted.access import live_grants
from accounts.assisted.enums import ProposalState
from accounts.assisted.models import ProfileGrant, ProfileProposal
from accounts.assisted.rules import MAY_SUGGEST, WAITS, is_over
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.identity.services.outbox import forget_message
from accounts.seekers.enums import Step
from accounts.seekers.models import SeekerProfile
from accounts.seekers.services import save_step


class ProposalRefused(Exception):  # noqa: N818 - reads as the refusal it is
    """Nothing was written."""


class GrantOver(ProposalRefused):
    """The person does not let this counselor read any more."""


class NothingChanged(ProposalRefused):
    """All is as it stands in the profile already."""


class OneWaits(ProposalRefused):
    """An earlier suggestion was not answered yet."""


class ProposalOver(ProposalRefused):
    """Answered, taken back or run out meanwhile."""


@transaction.atomic
def suggest(
    *, grant: ProfileGrant, actor: User, answers: Mapping[str, Any]
) -> ProfileProposal:
    """Keep what differs from the profile and ask the person. Nothing changes by it."""
    row = ProfileGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    if not live_grants().filter(pk=row.pk, counselor__user=actor).exists():
        raise GrantOver
    waiting = ProfileProposal.objects.filter(grant=row, state=ProposalState.WAITING)
    for earlier in waiting:
        if not _expire(earlier.pk, timezone.now()):
            raise OneWaits
    changed = differing(row.seeker, answers)
    if not changed:
        raise NothingChanged
    now = timezone.now()
    proposal = ProfileProposal.objects.create(
        grant=row,
        answers=json.dumps(changed, cls=DjangoJSONEncoder, ensure_ascii=False),
        created_at=now,
        expires_at=now + WAITS,
    )
    record_event(
        action="assisted.suggested", actor=actor, on=row, about=row.seeker.user
    )
    emails.ask_about_changes(proposal)
    return proposal


def differing(profile: SeekerProfile, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the fields that may be suggested whose value would be another one."""
    return {
        name: answers[name]
        for names in MAY_SUGGEST.values()
        for name in names
        if name in answers
        and _same(value_of(name, answers[name])) != _same(getattr(profile, name))
    }


def value_of(name: str, told: Any) -> Any:
    """What JSON holds, as the profile has it: "2.5" is a decimal again."""
    field: Any = SeekerProfile._meta.get_field(name)
    return field.to_python(told)


def _same(value: Any) -> Any:
    """The order of ticks does not matter; nothing is nothing, however it is written."""
    return sorted(value) if isinstance(value, list) else value or None


def suggested(proposal: ProfileProposal) -> dict[str, Any]:
    """By profile field; empty once it is over."""
    told: dict[str, Any] = json.loads(proposal.answers) if proposal.answers else {}
    return {name: value_of(name, value) for name, value in told.items()}


@transaction.atomic
def answer(
    *, proposal: ProfileProposal, actor: User, accepted: Collection[str]
) -> list[str]:
    """What the person ticked is saved by them; the rest is as if it was never said."""
    row = _waiting(proposal)
    seeker = row.grant.seeker
    if seeker.user_id != actor.pk:
        raise ValueError("only the person themselves changes their profile")
    told = suggested(row)
    taken: list[str] = []
    for step, names in MAY_SUGGEST.items():
        values = {
            name: told[name] for name in names if name in told and name in accepted
        }
        if values:
            save_step(profile=seeker, actor=actor, step=Step(step), answers=values)
            taken += values
    _close(row, ProposalState.ANSWERED, actor=actor)
    return taken


@transaction.atomic
def take_back(*, proposal: ProfileProposal, actor: User) -> None:
    """By the counselor, before it is answered."""
    row = _waiting(proposal)
    if row.grant.counselor.user_id != actor.pk:
        raise ValueError("only who suggested it takes it back")
    _close(row, ProposalState.ENDED, actor=actor)


def due_proposals(*, now: datetime) -> QuerySet[ProfileProposal]:
    return ProfileProposal.objects.filter(
        state=ProposalState.WAITING, expires_at__lte=now
    )


def expire_proposals(*, now: datetime) -> int:
    """Erase what nobody answered in time."""
    due = due_proposals(now=now).values_list("pk", flat=True)
    return sum(_expire(pk, now) for pk in due)


@transaction.atomic
def _expire(pk: int, now: datetime) -> int:
    due = due_proposals(now=now).filter(pk=pk).select_related("grant__seeker__user")
    row = due.select_for_update(of=("self",), skip_locked=True).first()
    if row is None:
        return 0
    _close(row, ProposalState.ENDED, actor=None)
    return 1


def _waiting(proposal: ProfileProposal) -> ProfileProposal:
    row = (
        ProfileProposal.objects.select_for_update(of=("self",))
        .select_related("grant__seeker__user", "grant__counselor")
        .get(pk=proposal.pk)
    )
    is_live = live_grants().filter(pk=row.grant_id).exists()
    late = is_over(expires_at=row.expires_at, now=timezone.now())
    if row.state != ProposalState.WAITING or late or not is_live:
        raise ProposalOver
    return row


def _close(row: ProfileProposal, state: ProposalState, *, actor: User | None) -> None:
    row.state, row.answers, row.ended_at = state, "", timezone.now()
    row.save()
    forget_message(dedupe_key=emails.key_of_changes(row))
    record_event(
        action=f"assisted.suggestion_{state.value}",
        actor=actor,
        on=row.grant,
        about=row.grant.seeker.user,
    )
