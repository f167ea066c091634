"""Pauses for silence, and how an employer's word ends them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _, override

from accounts.employers.enums import MemberRole
from accounts.employers.models import Membership, Organization
from accounts.employers.services.covenant import accept_covenant
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from jobs.applications.access import covenant_measures, waiting_under
from jobs.applications.enums import ApplicationState
from jobs.applications.models import Application
from jobs.applications.rules.covenant import (
    WINDOW,
    Breach,
    Pause,
    counted,
    may_confirm,
    pause_for,
)
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.screening.enums import Reason, SanctionKind, SanctionState
from jobs.screening.models.sanctions import Sanction, SanctionTransition
from jobs.screening.services.sanctions import impose_sanction, lift_sanction

# In the history of a measure: it ended because the employer answers again.
CONFIRMED = "confirmed"
# From here a posting can still, or again, be open.
CAN_REOPEN = frozenset(
    {
        PostingState.PUBLISHED,
        PostingState.PAUSED,
        PostingState.EXPIRED,
        PostingState.IN_REVIEW,
        PostingState.CHANGES_REQUESTED,
    }
)


class CovenantError(Exception):
    """The employer's word was not taken; subclasses say why."""


class MeasureOver(CovenantError):  # noqa: N818 - reads as the event it is
    """The pause has ended already, or was taken back."""


class StillWaiting(CovenantError):  # noqa: N818
    """Somebody waits for an answer under this pause."""


class WholeFirst(CovenantError):  # noqa: N818
    """All postings are paused: that pause has to end first."""


class TooOften(CovenantError):  # noqa: N818
    """The posting opened twice on the employer's word within 60 days."""


class NotTheirs(CovenantError):  # noqa: N818
    """Only members say it for a posting, only administrators for all."""


def hold(organization: int) -> Organization:
    """Locked before anything else is: two silences at once are counted in turn."""
    rows = Organization.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=organization)


def note_breach(*, application: Application, now: datetime) -> Sanction | None:
    """Pause what a wait that just ended unanswered calls for.

    Call it in the transaction that ended the wait, after `hold`.
    """
    organization, posting = application.organization, application.posting
    if not organization.covenant_version:
        return None
    standing = covenant_measures().standing().filter(organization=organization)
    pause = pause_for(
        len(breaches_of(organization, now=now)),
        is_all_paused=standing.filter(posting__isnull=True).exists(),
        is_posting_paused=standing.filter(posting=posting).exists(),
        can_reopen=posting.state in CAN_REOPEN,
    )
    if pause == Pause.NOTHING:
        return None
    return impose_sanction(
        organization=organization,
        kind=SanctionKind.PAUSED,
        actor=None,
        basis=[Reason.RESPONSE_COVENANT],
        note=_note(pause),
        posting=posting if pause == Pause.POSTING else None,
    )


def breaches_of(organization: Organization, *, now: datetime) -> list[Breach]:
    """Waits that ended unanswered and still count."""
    found = Application.objects.filter(
        organization=organization,
        state=ApplicationState.NO_RESPONSE,
        processed_at__gt=now - WINDOW,
    ).values_list("posting", "processed_at")
    ended = covenant_measures().filter(organization=organization)
    whole = ended.filter(
        posting__isnull=True, state__in=[SanctionState.LAPSED, SanctionState.REVERSED]
    )
    reversed_ones = ended.filter(posting__isnull=False, state=SanctionState.REVERSED)
    return counted(
        [Breach(posting, at) for posting, at in found if at is not None],
        since=whole.aggregate(last=Max("ended_at"))["last"],
        forgiven=dict(
            reversed_ones.order_by()
            .values_list("posting")
            .annotate(last=Max("ended_at"))
        ),
        now=now,
    )


def _note(pause: Pause) -> str:
    """Kept with the measure, so in the site's language; its page says it in all."""
    with override(settings.LANGUAGE_CODE):
        if pause == Pause.ALL:
            return _(
                "Three applications within 60 days had no answer. You had promised to "
                "answer every application within 14 days."
            )
        return _(
            "An application to this posting had no answer. You had promised to answer "
            "every application within 14 days."
        )


@transaction.atomic
def confirm_answering(*, measure: Sanction, actor: User, now: datetime) -> Sanction:
    """End a pause on the employer's word that they are answering again.

    For all postings that is the whole promise once more, and an administrator's to give.
    Raises MeasureOver, NotTheirs, StillWaiting, WholeFirst, TooOften.
    """
    assert measure.organization_id is not None
    organization = hold(measure.organization_id)
    locked = covenant_measures().select_for_update(of=("self",)).get(pk=measure.pk)
    if locked.state != SanctionState.IN_FORCE:
        raise MeasureOver(f"measure {locked.pk} is {locked.state}")
    _check_may_say(locked, actor)
    if waiting_under(locked).exists():
        raise StillWaiting(f"measure {locked.pk}")
    if locked.posting is not None:
        _check_may_open(organization, locked.posting, now)
    lifted = lift_sanction(sanction=locked, actor=None, reason=CONFIRMED)
    if locked.posting is None:
        accept_covenant(organization=organization, actor=actor)
    record_event(action="covenant.confirmed", actor=actor, on=lifted)
    return lifted


def _check_may_say(measure: Sanction, actor: User) -> None:
    members = Membership.objects.filter(
        organization=measure.organization_id, user=actor, is_active=True
    )
    if measure.posting is None:
        members = members.filter(role=MemberRole.ADMIN)
    if not members.exists():
        raise NotTheirs(f"account {actor.pk}")


def _check_may_open(
    organization: Organization, posting: Posting, now: datetime
) -> None:
    if all_paused(organization).exists():
        raise WholeFirst(f"organisation {organization.pk}")
    if not may_confirm(confirmations(posting), now=now):
        raise TooOften(f"posting {posting.pk}")


def all_paused(organization: Organization) -> QuerySet[Sanction]:
    whole = covenant_measures().standing().filter(posting__isnull=True)
    return whole.filter(organization=organization)


def confirmations(posting: Posting) -> list[datetime]:
    """When the employer's word opened this posting."""
    steps = SanctionTransition.objects.filter(
        sanction__in=covenant_measures().filter(posting=posting),
        event="lapse",
        reason=CONFIRMED,
    )
    return list(steps.values_list("at", flat=True))
