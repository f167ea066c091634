"""Everything that waits for a seeker, in words: what the home page puts in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from accounts.identity.models import User
from accounts.lib.dates import (
    appointment_text,
    day_end,
    day_text,
    local_day,
    moment_text,
)
from accounts.seekers.models import SeekerProfile
from jobs.applications.access import applications_of, open_invitations_to
from jobs.applications.access_offers import open_check_ins_of
from jobs.applications.access_prepared import prepared_for
from jobs.applications.enums import ApplicationState, InterviewState
from jobs.applications.interview_access import interviews_of, unsaid
from jobs.applications.models import Application, Interview
from jobs.applications.views.presentation import Row
from jobs.public.rules import Errand, Kind


def errands_of(
    user: User,
    profile: SeekerProfile | None,
    rows: list[Row],
    *,
    new_count: int,
    now: datetime,
) -> list[Errand]:
    """There is always something to do next.

    `rows` are the applications under way, `answer_by` of their offers with them.
    """
    return [
        *_offers([row.application for row in rows]),
        *_booked([row.application for row in rows], now),
        *_talks(interviews_of(user), now),
        *_asked(user, now),
        *_messages(rows),
        *_standing(user, profile, new_count),
    ]


def _offers(mine: Iterable[Application]) -> Iterator[Errand]:
    for row in mine:
        if row.state != ApplicationState.OFFERED:
            continue
        last = getattr(row, "answer_by", None)
        yield Errand(
            Kind.OFFER,
            _("You have an offer"),
            reverse("applications:detail", args=[row.public_id]),
            _("Read the offer"),
            text=row.posting.title,
            detail=row.posting.employer_name,
            by=day_end(last) if last else None,
            when=_("Until %(day)s") % {"day": day_text(last)} if last else "",
            icon="briefcase",
        )


def _talks(mine: QuerySet[Interview], now: datetime) -> Iterator[Errand]:
    for talk in mine.filter(state=InterviewState.PROPOSED, due_at__gt=now):
        yield Errand(
            Kind.PICK,
            _("Pick a time to talk"),
            _interview_url(talk.application),
            _("Pick a time"),
            text=talk.application.posting.title,
            detail=talk.application.posting.employer_name,
            by=talk.due_at,
            when=_("Until %(day)s") % {"day": moment_text(talk.due_at)},
            icon="calendar",
        )
    for talk in unsaid(mine, now=now):
        yield Errand(
            Kind.OUTCOME,
            _("Did the talk take place?"),
            _interview_url(talk.application),
            _("Answer"),
            text=talk.application.posting.title,
            icon="circle-check",
        )


def _booked(mine: Iterable[Application], now: datetime) -> Iterator[Errand]:
    """The time, not the place: somebody else may look at this page too."""
    for row in mine:
        at = row.interview_at
        if row.state == ApplicationState.INTERVIEW and at is not None and at > now:
            yield Errand(
                Kind.TALK,
                _("Your interview"),
                _interview_url(row),
                _("Open"),
                text=row.posting.title,
                by=at,
                when=appointment_text(at),
                icon="calendar",
            )


def _interview_url(application: Application) -> str:
    url = reverse("applications:detail", args=[application.public_id])
    return f"{url}#interview"


def _asked(user: User, now: datetime) -> Iterator[Errand]:
    """What somebody else began and only the person can answer."""
    for row in prepared_for(user):
        yield Errand(
            Kind.PREPARED,
            _("An application is prepared for you"),
            reverse("applications:prepared", args=[row.public_id]),
            _("Look at it"),
            text=row.posting.title,
            detail=row.posting.employer_name,
            by=row.expires_at,
            when=_("Until %(day)s") % {"day": day_text(local_day(row.expires_at))},
            icon="heart-handshake",
        )
    for invitation in open_invitations_to(user, now=now):
        until = invitation.expires_at
        yield Errand(
            Kind.INVITATION,
            _("An employer invites you to apply"),
            reverse("applications:invited", args=[invitation.public_id]),
            _("Look at it"),
            text=invitation.posting.title,
            detail=invitation.posting.employer_name,
            by=until,
            when=_("Until %(day)s") % {"day": day_text(local_day(until))},
            icon="mail",
        )
    for check_in in open_check_ins_of(user, today=local_day(now)):
        yield Errand(
            Kind.CHECK_IN,
            _("How is it going?"),
            reverse("applications:checkin", args=[check_in.application.public_id]),
            _("Answer"),
            text=_("One minute, and only we read it."),
            icon="message-circle",
        )


def _messages(rows: list[Row]) -> Iterator[Errand]:
    for row in rows:
        if row.unread:
            words = ngettext("%(n)s new message", "%(n)s new messages", row.unread)
            yield Errand(
                Kind.MESSAGE,
                words % {"n": row.unread},
                reverse("applications:detail", args=[row.application.public_id]),
                _("Read"),
                text=row.application.posting.title,
                icon="mail",
            )


def _standing(
    user: User, profile: SeekerProfile | None, new_count: int
) -> Iterator[Errand]:
    """What can always be done; the last of them is there for everybody."""
    if profile is None or not profile.completed_at:
        begun = bool(profile and profile.done_steps)
        yield Errand(
            Kind.PROFILE,
            _("Carry on with your profile") if begun else _("Tell us about yourself"),
            reverse("seekers:start"),
            _("Carry on") if begun else _("Start"),
            text=_(
                "About ten minutes. Everything you enter is saved; you can stop and come "
                "back."
            ),
            icon="user",
        )
        return
    mine = applications_of(user)
    states = set(mine.order_by().values_list("state", flat=True).distinct())
    job = None
    if ApplicationState.HIRED in states:
        job = mine.filter(state=ApplicationState.HIRED).first()
    if job is not None:
        yield _hired(job)
    if new_count:
        words = ngettext("%(n)s new job for you", "%(n)s new jobs for you", new_count)
        yield Errand(
            Kind.NEW,
            words % {"n": new_count},
            reverse("matching:list"),
            _("Jobs for me"),
            text=_("They came since your last list, each with its reasons."),
            icon="sparkles",
        )
    has_applied = bool(states)
    yield Errand(
        Kind.MORE if has_applied else Kind.FIRST,
        _("More jobs that fit you") if has_applied else _("Your first application"),
        reverse("matching:list"),
        _("Jobs for me"),
        text=_("Your list is ready, best first, each with its reasons."),
        icon="sparkles",
    )


def _hired(job: Application) -> Errand:
    start = job.offer_start
    first = _("first day: %(day)s") % {"day": day_text(start)} if start else ""
    return Errand(
        Kind.HIRED,
        _("You have the job"),
        reverse("applications:detail", args=[job.public_id]),
        _("Open"),
        text=job.posting.title,
        detail=job.posting.employer_name,
        when=first,
        icon="briefcase",
    )
