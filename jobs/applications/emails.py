"""One message per function. Words stay neutral: somebody else may see the screen."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from accounts.employers.models import Membership
from accounts.identity.models import User
from accounts.identity.services.outbox import queue_message
from jobs.applications.models import Application


def tell_employer_new(application: Application) -> None:
    _to_employer(application, "new")


def tell_employer_reminder(application: Application) -> None:
    _to_employer(application, "reminder")


def tell_employer_accepted(application: Application) -> None:
    _to_employer(application, "accepted")


def tell_employer_withdrawn(application: Application) -> None:
    _to_employer(application, "withdrawn")


def tell_seeker_sent(application: Application) -> None:
    _to_seeker(application, "sent")


def tell_seeker_shortlisted(application: Application) -> None:
    _to_seeker(application, "shortlisted")


def tell_seeker_interview(application: Application) -> None:
    _to_seeker(application, "interview")


def tell_seeker_offer(application: Application) -> None:
    _to_seeker(application, "offer")


def tell_seeker_on_hold(application: Application) -> None:
    _to_seeker(application, "on_hold")


def tell_seeker_declined(application: Application) -> None:
    _to_seeker(application, "declined")


def tell_seeker_retracted(application: Application) -> None:
    _to_seeker(application, "retracted")


def tell_both_no_response(application: Application) -> None:
    _to_seeker(application, "no_response")
    _to_employer(application, "no_response_employer")


def _to_seeker(application: Application, template: str) -> None:
    path = reverse("applications:detail", args=[application.public_id])
    _queue(application, application.seeker.user, template, path)


def _to_employer(application: Application, template: str) -> None:
    path = reverse("applications:received", args=[application.public_id])
    members = Membership.objects.filter(
        organization_id=application.organization_id,
        is_active=True,
        user__is_active=True,
    ).select_related("user")
    for member in members:
        _queue(application, member.user, template, path)


def _queue(application: Application, user: User, template: str, path: str) -> None:
    context = {
        "site_name": settings.SITE_NAME,
        "link": f"{settings.SITE_URL}{path}",
        "application": application,
    }
    # Each step raises the version: the same news never goes out twice, a moved
    # interview or a second wait is news again.
    event = f"{application.public_id}:{template}:{application.version}"
    queue_message(
        user=user,
        template=f"applications/{template}",
        context=context,
        dedupe_key=f"application:{event}:{user.pk}",
    )
