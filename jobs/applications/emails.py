"""One message per function. Words stay neutral: somebody else may see the screen."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.employers.models import Membership
from accounts.identity.models import User
from accounts.identity.services.outbox import cancel_messages, queue_message
from jobs.applications.enums import Side
from jobs.applications.models import (
    Application,
    CheckRequest,
    Interview,
    Invitation,
    Message,
)
from jobs.applications.rules.contact import delivery_at
from jobs.applications.rules.leaving import UNDO_FOR


def tell_employer_new(application: Application) -> None:
    _to_employer(application, "new")


def tell_employer_reminder(application: Application) -> None:
    _to_employer(application, "reminder")


def tell_employer_accepted(application: Application) -> None:
    _to_employer(application, "accepted")


def tell_employer_withdrawn(application: Application) -> None:
    """Once it can no longer be undone; undoing takes it off the list again."""
    _to_employer(application, "withdrawn", due=timezone.now() + UNDO_FOR)


def forget_withdrawn(application: Application) -> None:
    cancel_messages(dedupe_prefix=f"application:{application.public_id}:withdrawn:")


def tell_seeker_offer_changed(application: Application) -> None:
    _by_day(application, "offer_changed")


def tell_seeker_offer_runs_out(application: Application) -> None:
    _by_day(application, "offer_reminder")


def tell_both_offer_lapsed(application: Application) -> None:
    _by_day(application, "offer_lapsed")
    due = delivery_at(timezone.now())
    _to_employer(application, "offer_lapsed_employer", due=due)


def tell_of_check_in(application: Application, side: str, day: int) -> None:
    """How it is going, to one side; neither job nor company is named."""
    event = f"{application.public_id}:checkin:{day}"
    due = delivery_at(timezone.now())
    if side == Side.SEEKER:
        path = reverse("applications:checkin", args=[application.public_id])
        user = application.seeker.user
        _queue(application, user, "checkin", path, event, due)
    else:
        _to_employer(application, "checkin_employer", event, due)


def tell_seeker_sent(application: Application) -> None:
    _to_seeker(application, "sent")


def tell_seeker_shortlisted(application: Application) -> None:
    _by_day(application, "shortlisted")


def tell_seeker_interview(application: Application) -> None:
    _by_day(application, "interview")


def tell_seeker_offer(application: Application) -> None:
    _by_day(application, "offer")


def tell_seeker_on_hold(application: Application) -> None:
    _by_day(application, "on_hold")


def tell_seeker_declined(application: Application) -> None:
    _by_day(application, "declined")


def tell_seeker_retracted(application: Application) -> None:
    _by_day(application, "retracted")


def tell_both_no_response(application: Application) -> None:
    _to_seeker(application, "no_response")
    _to_employer(application, "no_response_employer")


def tell_of_message(message: Message, *, first_unread: int) -> None:
    """One notice for all that is unread; never the words themselves."""
    event = f"{message.application.public_id}:message:{first_unread}"
    if message.side == Side.EMPLOYER:
        _to_seeker(message.application, "message", event, due=message.visible_at)
    else:
        _to_employer(message.application, "message", event)


def tell_seeker_question(request: CheckRequest) -> None:
    event = f"{request.application.public_id}:question:{request.kind}"
    _by_day(request.application, "question", event)


def tell_employer_answer(request: CheckRequest) -> None:
    event = f"{request.application.public_id}:answer:{request.kind}"
    _to_employer(request.application, "answer", event)


def tell_seeker_invited(invitation: Invitation) -> None:
    """When it arrives, and not after its fortnight; it names neither job nor sender."""
    path = reverse("applications:invited", args=[invitation.public_id])
    queue_message(
        user=invitation.seeker.user,
        template="applications/invited",
        context={
            "site_name": settings.SITE_NAME,
            "link": f"{settings.SITE_URL}{path}",
        },
        dedupe_key=f"invitation:{invitation.public_id}",
        due_at=invitation.visible_at,
        expires_at=invitation.expires_at,
    )


def _by_day(application: Application, template: str, event: str = "") -> None:
    """What an employer did is told like a message: nothing of it arrives at night."""
    _to_seeker(application, template, event, due=delivery_at(timezone.now()))


def _to_seeker(
    application: Application,
    template: str,
    event: str = "",
    due: datetime | None = None,
) -> None:
    path = reverse("applications:detail", args=[application.public_id])
    _queue(application, application.seeker.user, template, path, event, due)


def _to_employer(
    application: Application,
    template: str,
    event: str = "",
    due: datetime | None = None,
) -> None:
    path = reverse("applications:received", args=[application.public_id])
    members = Membership.objects.filter(
        organization_id=application.organization_id,
        is_active=True,
        user__is_active=True,
    ).select_related("user")
    for member in members:
        _queue(application, member.user, template, path, event, due)


def _queue(
    application: Application,
    user: User,
    template: str,
    path: str,
    event: str = "",
    due: datetime | None = None,
) -> None:
    context = {
        "site_name": settings.SITE_NAME,
        "link": f"{settings.SITE_URL}{path}",
        "application": application,
    }
    # Each step raises the version: the same news never goes out twice, a moved
    # interview or a second wait is news again.
    event = event or f"{application.public_id}:{template}:{application.version}"
    queue_message(
        user=user,
        template=f"applications/{template}",
        context=context,
        dedupe_key=f"application:{event}:{user.pk}",
        due_at=due,
    )


# ---- Appointments: neither the employer nor the work is named


def tell_seeker_moved(application: Application) -> None:
    _by_day(application, "appointment_moved")


def tell_seeker_of_appointment(
    interview: Interview, what: str, *, now: datetime
) -> None:
    _to_seeker(
        interview.application,
        f"appointment_{what}",
        _appointment(interview, what),
        due=delivery_at(now),
    )


def tell_employer_of_appointment(interview: Interview, what: str) -> None:
    """One text for every kind of news; `what` keeps two of them apart."""
    event = _appointment(interview, what)
    _to_employer(interview.application, "appointment_news", event)


def remind_of_appointment(interview: Interview, which: str, *, now: datetime) -> None:
    """The seeker, and the colleague who offered the time; never after it began."""
    application, slot = interview.application, interview.slot
    if slot is None:
        return
    people = [(application.seeker.user, "applications:detail")]
    if interview.by_whom is not None and interview.by_whom.is_active:
        people.append((interview.by_whom, "applications:received"))
    for user, page in people:
        path = reverse(page, args=[application.public_id])
        queue_message(
            user=user,
            template="applications/appointment_reminder",
            context={
                "site_name": settings.SITE_NAME,
                "link": f"{settings.SITE_URL}{path}",
                "at": slot.starts_at,
            },
            dedupe_key=f"interview:{interview.public_id}:{which}:{user.pk}",
            due_at=delivery_at(now),
            expires_at=slot.starts_at,
        )


def appointment_of(dedupe_key: str) -> UUID | None:
    """The round that a reminder is about, by the key it was queued with."""
    parts = dedupe_key.split(":")
    try:
        return UUID(parts[1])
    except (IndexError, ValueError):
        return None


def ask_how_it_went(interview: Interview, *, now: datetime) -> None:
    event = _appointment(interview, "outcome")
    application, due = interview.application, delivery_at(now)
    _to_seeker(application, "appointment_outcome", event, due=due)
    _to_employer(application, "appointment_outcome", event)


def _appointment(interview: Interview, what: str) -> str:
    return f"{interview.application.public_id}:interview:{interview.pk}:{what}"
