"""A counselor prepares an application; the person sends it, lets it pass, or waits."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.assisted.access import live_grants
from accounts.assisted.models import ProfileGrant
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.seekers.models import SeekerProfile
from jobs.applications import emails_prepared as emails
from jobs.applications.enums import ApplicationState, PreparedState
from jobs.applications.models import Application, PreparedApplication
from jobs.applications.services.submissions import (
    EmployerHidden,
    SubmissionRefused,
    check_can_apply,
    submit_application,
)
from jobs.postings.models import Posting

WAITS = timedelta(days=14)
# For one person at a time: nobody reads more suggestions than that.
MOST_WAITING = 5


class GrantOver(SubmissionRefused):
    """The person does not let this counselor read any more."""


class TooManyWaiting(SubmissionRefused):
    """The person has enough to decide on."""


class AlreadyThere(SubmissionRefused):
    """This counselor prepared the same, and it still waits."""


class PreparedOver(SubmissionRefused):
    """Sent, let pass or run out meanwhile."""


@transaction.atomic
def prepare_application(
    *, grant: ProfileGrant, actor: User, posting: Posting, message: str
) -> PreparedApplication:
    """Nothing is sent. May raise a SubmissionRefused that says why it was not kept."""
    seeker = SeekerProfile.objects.select_for_update(no_key=True).get(
        pk=grant.seeker_id
    )
    if not live_grants().filter(pk=grant.pk, counselor__user=actor).exists():
        raise GrantOver
    _check(seeker, posting, actor)
    now = timezone.now()
    row = PreparedApplication.objects.create(
        seeker=seeker,
        posting=posting,
        prepared_by=actor,
        message=message,
        prepared_at=now,
        expires_at=now + WAITS,
    )
    record_event(action="prepared.made", actor=actor, on=row, about=seeker.user)
    emails.ask_person(row)
    return row


def _check(seeker: SeekerProfile, posting: Posting, actor: User) -> None:
    """Only what the counselor knows anyway: that somebody hides from this employer or
    has applied already shows on the person's own page, never here."""
    with suppress(EmployerHidden):
        check_can_apply(seeker, posting)
    waiting = PreparedApplication.objects.filter(
        seeker=seeker, prepared_by=actor, state=PreparedState.WAITING
    )
    if waiting.filter(posting=posting).exists():
        raise AlreadyThere
    if waiting.count() >= MOST_WAITING:
        raise TooManyWaiting


@transaction.atomic
def send_prepared(
    *,
    prepared: PreparedApplication,
    actor: User,
    snapshot: dict[str, Any],
    message: str,
    calls: str = "",
) -> Application:
    """The person read what goes to whom and said yes: now it is sent, by them."""
    row = _held(prepared, actor)
    application, created = submit_application(
        seeker=row.seeker,
        posting=row.posting,
        snapshot=snapshot,
        message=message,
        calls=calls,
        prepared_by=row.prepared_by,
    )
    row.application = application if created else None
    _close(row, PreparedState.SENT, actor=actor)
    return application


@transaction.atomic
def decline_prepared(*, prepared: PreparedApplication, actor: User) -> None:
    _close(_held(prepared, actor), PreparedState.DECLINED, actor=actor)


def due_prepared(*, now: datetime) -> QuerySet[PreparedApplication]:
    return PreparedApplication.objects.filter(
        state=PreparedState.WAITING, expires_at__lte=now
    )


def expire_prepared(*, now: datetime) -> int:
    """Let pass what nobody answered in time."""
    due = due_prepared(now=now).values_list("pk", flat=True)
    return sum(_expire(pk, now) for pk in due)


@transaction.atomic
def _expire(pk: int, now: datetime) -> int:
    due = due_prepared(now=now).filter(pk=pk)
    row = due.select_for_update(of=("self",), skip_locked=True).first()
    if row is None:
        return 0
    _close(row, PreparedState.EXPIRED, actor=None)
    return 1


def _held(prepared: PreparedApplication, actor: User) -> PreparedApplication:
    row = (
        PreparedApplication.objects.select_for_update(of=("self",))
        .select_related("seeker__user", "posting", "prepared_by")
        .get(pk=prepared.pk)
    )
    is_over = row.state != PreparedState.WAITING or row.expires_at <= timezone.now()
    if is_over or row.seeker.user_id != actor.pk:
        raise PreparedOver
    return row


def _close(
    row: PreparedApplication, state: PreparedState, *, actor: User | None
) -> None:
    row.state, row.message, row.ended_at = state, "", timezone.now()
    row.save()
    record_event(
        action=f"prepared.{state.value}", actor=actor, on=row, about=row.seeker.user
    )


# --- a person takes their data along, or leaves ---
def export_prepared(user: User) -> list[dict[str, Any]]:
    rows = PreparedApplication.objects.filter(seeker__user=user).order_by("pk")
    return [
        {
            "posting": row.posting.title,
            "message": row.message,
            "state": row.state,
            "prepared_at": row.prepared_at.isoformat(),
        }
        for row in rows.select_related("posting")
    ]


def forget_prepared(user: User) -> None:
    PreparedApplication.objects.filter(seeker__user=user).delete()


# --- what cohorts count ---
def count_applied(profiles: Collection[int]) -> int:
    sent = Application.objects.filter(seeker__in=profiles)
    return sent.values("seeker").distinct().count()


def count_hired(profiles: Collection[int]) -> int:
    hired = Application.objects.filter(
        seeker__in=profiles, state=ApplicationState.HIRED
    )
    return hired.values("seeker").distinct().count()
