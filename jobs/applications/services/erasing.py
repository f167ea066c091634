"""A seeker's applications when they take their data along, or leave."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.identity.models import User
from jobs.applications.access import applications_of
from jobs.applications.enums import ENDED_STATES, OPEN_INVITATIONS, Side
from jobs.applications.models import (
    Application,
    ApplicationTransition,
    ContactAttempt,
    ContactStop,
    Invitation,
    Message,
)
from jobs.applications.services.invitations import decline_invitation
from jobs.applications.services.leaving import withdraw_application

# What stands where words stood; the database lets nothing else take their place.
BLANK = "—"


def export_applications(user: User) -> list[dict[str, Any]]:
    """Everything the person sent, was told and wrote, application by application."""
    return [_export(row) for row in applications_of(user).order_by("pk")]


def _export(row: Application) -> dict[str, Any]:
    return {
        "posting": row.posting.title,
        "organization": row.organization.legal_name,
        "sent_at": row.submitted_at.isoformat(),
        "state": row.state,
        "sent": row.snapshot,
        "message": row.message,
        "calls": row.calls,
        "answer": row.message_to_seeker,
        "interview_at": row.interview_at.isoformat() if row.interview_at else None,
        "interview_place": row.interview_place,
        "offer_pay": row.offer_pay,
        "steps": [
            {
                "event": step.event,
                "at": step.at.isoformat(),
                "by": step.actor_kind,
                # What an employer wrote about a wait or an end was told to the person.
                "reason": step.reason,
            }
            for step in row.transitions.order_by("at", "pk")
        ],
        "messages": _messages(row),
        "looks": [
            {"at": look.at.isoformat(), "outcome": look.outcome or look.refusal}
            for look in row.attempts.order_by("pk")
        ],
        "checks": [
            {"kind": one.kind, "at": one.asked_at.isoformat(), "answer": one.answer}
            for one in row.checks.order_by("pk")
        ],
        "noes": [
            {"kind": stop.channel, "at": stop.at.isoformat()}
            for stop in ContactStop.objects.filter(application=row).order_by("pk")
        ],
    }


def _messages(row: Application) -> list[dict[str, Any]]:
    """Not what still waits for the morning: nobody has said that to them yet."""
    arrived = row.messages.filter(visible_at__lte=timezone.now())
    own = row.messages.filter(side=Side.SEEKER)
    return [
        {"side": one.side, "at": one.sent_at.isoformat(), "text": one.body}
        for one in (arrived | own).order_by("sent_at", "pk")
    ]


@transaction.atomic
def hide_applications(user: User) -> None:
    """Active ones are withdrawn and open invitations let pass, in the usual words."""
    for row in applications_of(user).exclude(state__in=ENDED_STATES).order_by("pk"):
        withdraw_application(application=row, actor=user)
    invited = Invitation.objects.filter(seeker__user=user, state__in=OPEN_INVITATIONS)
    for invitation in invited.order_by("pk"):
        decline_invitation(invitation=invitation, actor=user)


@transaction.atomic
def forget_applications(user: User) -> None:
    """Nothing of what was sent or written is left: only that, when, and how it ended."""
    hide_applications(user)
    mine = Application.objects.filter(seeker__user=user)
    # All of these words were for or by this person alone.
    mine.update(snapshot={}, message="", message_to_seeker="", interview_place="")
    steps = ApplicationTransition.objects.filter(application__in=mine)
    steps.update(reason="", detail={})
    Message.objects.filter(application__in=mine).update(body=BLANK)


def count_applications(user: User) -> int:
    return Application.objects.filter(seeker__user=user).count()


def count_contacts(user: User) -> int:
    return ContactAttempt.objects.filter(seeker__user=user).count()


def active_applications(user: User) -> int:
    mine = Application.objects.filter(seeker__user=user)
    return mine.exclude(state__in=ENDED_STATES).count()
