"""Applications at a moment, with a check declared or a talk by phone arranged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.identity.models import User
from accounts.seekers.models import SeekerProfile
from jobs.applications.enums import InterviewBy
from jobs.applications.models import Application, ContactAttempt, Message
from jobs.applications.services import contact, messages
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.jobs.applications.make_interviews import offer, take_slot
from tests.make import make_posting

PHONE = "+8613800000000"
CHECK = {
    "screening_required": "credit_report",
    "screening_reason": "这份工作直接管钱。",
    "screening_stage": "offered",
}


def received(cast: Cast, *, state: str = "viewed", **posting: Any) -> Application:
    """Sent by cast.seeker to a posting of cast.organization."""
    made = make_posting(cast.organization, **posting)
    return make_application(cast.seeker, made, state=state)


def with_check(cast: Cast, *, state: str, **changes: str) -> Application:
    return received(cast, state=state, **(CHECK | changes))


def look(
    application: Application, actor: User, now: datetime | None = None
) -> ContactAttempt:
    return contact.show_number(application=application, actor=actor, now=now)


def say(
    application: Application,
    actor: User,
    text: str = "您好，周五下午方便吗？",
    now: datetime | None = None,
) -> Message:
    return messages.send_message(
        application=application, actor=actor, text=text, now=now
    )


def phone_talk(application: Application, actor: User, at: datetime) -> Application:
    """By phone, offered and picked."""
    offered = offer(application, actor, [at], by=InterviewBy.PHONE, place="我们打给你")
    return take_slot(offered).application


def second(cast: Cast, seeker: SeekerProfile | None = None) -> Application:
    """Another application to the same organisation."""
    posting: Posting = make_posting(cast.organization)
    return make_application(seeker or cast.seeker, posting, state="viewed")
