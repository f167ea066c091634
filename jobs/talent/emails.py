"""One message per function. Words stay neutral: somebody else may see the screen."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from accounts.employers.models import Membership
from accounts.identity.emails import page
from accounts.identity.models import User
from accounts.identity.services.outbox import queue_message
from jobs.applications.rules.contact import delivery_at
from jobs.talent.models import Note, PoolEntry


def _context(link: str) -> dict[str, Any]:
    return {"site_name": settings.SITE_NAME, "link": link}


def tell_mentioned(note: Note, person: User) -> None:
    """Once a note, however often it is changed; neither applicant nor words in it."""
    application = note.application.public_id
    queue_message(
        user=person,
        template="talent/mentioned",
        context=_context(page("applications:received", public_id=application)),
        dedupe_key=f"note:{note.public_id}:{person.pk}",
    )


def ask_person(entry: PoolEntry) -> None:
    """When it arrives, and not after its time; it names neither company nor job."""
    queue_message(
        user=entry.seeker.user,
        template="talent/asked",
        context=_context(page("talent:asked", public_id=entry.public_id)),
        dedupe_key=f"pool:{entry.public_id}:asked",
        due_at=entry.visible_at,
        expires_at=entry.answer_by,
    )


def tell_team_of_yes(entry: PoolEntry) -> None:
    members = Membership.objects.filter(
        organization=entry.organization_id, is_active=True, user__is_active=True
    ).select_related("user")
    for member in members:
        queue_message(
            user=member.user,
            template="talent/agreed",
            context=_context(page("talent:pool")),
            dedupe_key=f"pool:{entry.public_id}:agreed:{member.user_id}",
        )


def tell_person_run_out(entry: PoolEntry) -> None:
    ended = entry.ended_at or entry.asked_at
    queue_message(
        user=entry.seeker.user,
        template="talent/run_out",
        context=_context(page("consent:grants")),
        dedupe_key=f"pool:{entry.public_id}:run_out",
        due_at=delivery_at(ended),
    )
