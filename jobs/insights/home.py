"""An employer's home: what waits, in order; how they stand; the way to begin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, ngettext

from accounts.employers.access import response_record
from accounts.employers.answering import answers_text
from accounts.employers.enums import VerificationState
from accounts.employers.groups import waiting_links_of
from accounts.employers.models import Invitation, Membership, Organization
from accounts.identity.models import User
from accounts.lib.dates import appointment_text, day_end, day_text, local_day
from jobs.applications.access import inbox_of
from jobs.applications.enums import WAITING_STATES, ApplicationState
from jobs.applications.models import Application
from jobs.applications.services.showing import note_listed
from jobs.insights.rules.errands import (
    Errand,
    Kind,
    Step,
    first_steps,
    in_order,
    minutes_left,
    next_step,
)
from jobs.insights.texts import STEPS
from jobs.postings.access import postings_of
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.screening.access import measures_on, questions_to
from jobs.screening.enums import Reason, ReportState, SanctionKind
from jobs.screening.models.sanctions import STANDING, Sanction

SHOWN = 3
MOST_ERRANDS = 6
# A posting that closes by itself within so many days.
CLOSES_WITHIN = timedelta(days=5)
MOST_MEASURES = 20
# Still with the employer.
UNFINISHED = (PostingState.CHANGES_REQUESTED, PostingState.DRAFT)


@dataclass(frozen=True, slots=True)
class Line:
    """A step of the beginning, in words."""

    step: Step
    text: str | Promise
    url: str
    is_next: bool


def home_of(user: User, membership: Membership, *, now: datetime) -> dict[str, Any]:
    organization = membership.organization
    mine = postings_of(user)
    inbox = inbox_of(user)
    waiting = inbox.filter(state__in=WAITING_STATES)
    oldest = list(waiting[:SHOWN])
    count = waiting.count() if len(oldest) == SHOWN else len(oldest)
    talks = list(_talks(inbox, now))
    note_listed(applications=[*oldest, *talks], actor=user)
    unfinished = mine.filter(state__in=UNFINISHED).order_by("state", "-updated_at")
    measures = list(measures_on(user).filter(state__in=STANDING)[:MOST_MEASURES])
    found = [
        *_people(oldest, count, talks),
        *_decisions(user, measures),
        *_check(organization, now),
        *_group(organization),
        *_postings(list(unfinished[:MOST_ERRANDS])),
    ]
    beginning = _beginning(organization, mine)
    open_now = list(
        mine.filter(state=PostingState.PUBLISHED, valid_through__gt=now).order_by(
            "valid_through"
        )
    )
    found += _closing(open_now, now)
    ordered = in_order(found, now=now)
    return {
        "organization": organization,
        "is_checked": organization.is_verified(now=now),
        # Whoever begins has one list to follow, not two.
        "next": None if beginning["steps"] or not ordered else ordered[0],
        "errands": ordered[: MOST_ERRANDS + 1][0 if beginning["steps"] else 1 :],
        "waiting_count": count,
        "oldest": oldest,
        "measures": [row for row in measures if not _is_silence(row)][:SHOWN],
        "open_count": len(open_now),
        "closing": open_now[:SHOWN],
        "answers_text": answers_text(response_record(organization)),
        **beginning,
    }


def home_without_organization() -> dict[str, Any]:
    steps = first_steps(
        has_organization=False,
        has_papers=False,
        has_promised=False,
        has_posting=False,
        has_colleagues=False,
    )
    return {"organization": None, **_lines(steps)}


def _beginning(organization: Organization, mine: QuerySet[Posting]) -> dict[str, Any]:
    """The list of first steps, until the first posting has been open."""
    if mine.filter(published_at__isnull=False).exists():
        return {"steps": []}
    sent_in = VerificationState.SUBMITTED, VerificationState.VERIFIED
    others = Membership.objects.filter(organization=organization, is_active=True)
    asked = Invitation.objects.filter(
        organization=organization, withdrawn_at__isnull=True
    )
    steps = first_steps(
        has_organization=True,
        has_papers=organization.verification in sent_in,
        has_promised=organization.has_promised,
        has_posting=mine.filter(submitted_at__isnull=False).exists(),
        has_colleagues=others.count() > 1 or asked.exists(),
    )
    return _lines(steps)


def _lines(steps: list[Step]) -> dict[str, Any]:
    following = next_step(steps)
    lines = [
        Line(step, STEPS[step.code][0], reverse(STEPS[step.code][1]), step == following)
        for step in steps
    ]
    return {"steps": lines, "minutes": minutes_left(steps)}


def _talks(inbox: QuerySet[Application], now: datetime) -> QuerySet[Application]:
    """Talks of today that have not begun."""
    return inbox.filter(
        state=ApplicationState.INTERVIEW,
        interview_at__gt=now,
        interview_at__lte=day_end(local_day(now)),
    )


def _is_silence(measure: Sanction) -> bool:
    """A pause that ends once everybody is answered, not by an objection alone."""
    return (
        measure.kind == SanctionKind.PAUSED
        and measure.imposed_by_id is None
        and Reason.RESPONSE_COVENANT in measure.basis
    )


def _people(
    oldest: list[Application], waiting: int, talks: list[Application]
) -> Iterator[Errand]:
    for talk in talks:
        if talk.interview_at is None:
            continue
        yield Errand(
            Kind.TALK,
            _("Interview today: %(name)s") % {"name": talk.applicant_name},
            reverse("applications:received", args=[talk.public_id]) + "#interview",
            _("Open"),
            text=talk.posting.title,
            by=talk.interview_at,
            when=appointment_text(talk.interview_at),
            icon="calendar",
        )
    if oldest:
        first = oldest[0]
        title = ngettext(
            "%(n)s person waits for your answer",
            "%(n)s people wait for your answer",
            waiting,
        )
        yield Errand(
            Kind.ANSWER,
            title % {"n": waiting},
            reverse("applications:received", args=[first.public_id]),
            _("Answer the one waiting longest"),
            text=f"{first.applicant_name} · {first.posting.title}",
            by=first.answer_due,
            when=_("by %(day)s") % {"day": day_text(local_day(first.answer_due))},
            icon="inbox",
        )


def _decisions(user: User, measures: list[Sanction]) -> Iterator[Errand]:
    for asked in questions_to(user).filter(state=ReportState.EVIDENCE_REQUESTED):
        yield Errand(
            Kind.QUESTION,
            _("We have a question"),
            reverse("measures:question", args=[asked.public_id]),
            _("Read and answer"),
            text=asked.posting.title if asked.posting else "",
            by=asked.due_at,
            icon="message-circle",
        )
    for pause in filter(_is_silence, measures):
        yield Errand(
            Kind.PAUSE,
            _("Paused because somebody had no answer"),
            reverse("applications:paused", args=[pause.public_id]),
            _("See how it opens again"),
            text=pause.posting.title if pause.posting else _("All your postings"),
            icon="pause",
        )


def _check(organization: Organization, now: datetime) -> Iterator[Errand]:
    ends = organization.verification_expires_at
    is_asked = organization.waits_for_check
    if organization.is_expiring(now=now) and ends and not is_asked:
        yield Errand(
            Kind.CHECK,
            _("Your check runs out"),
            reverse("employers:overview"),
            _("Ask for the next check"),
            text=_("Then nothing is interrupted."),
            by=ends,
            when=_("on %(day)s") % {"day": day_text(local_day(ends))},
            icon="badge-check",
        )
    elif organization.verification in {
        VerificationState.REJECTED,
        VerificationState.EXPIRED,
    }:
        yield Errand(
            Kind.CHECK,
            organization.get_verification_display(),
            reverse("employers:overview"),
            _("See what is missing"),
            text=_("Until then your postings rest."),
            icon="badge-check",
        )


def _group(organization: Organization) -> Iterator[Errand]:
    for link in waiting_links_of(organization)[:SHOWN]:
        yield Errand(
            Kind.GROUP,
            _("Do you belong together?"),
            reverse("employers:group"),
            _("Answer"),
            text=link.proposer.display_name,
            icon="building-2",
        )


def _postings(rows: list[Posting]) -> Iterator[Errand]:
    for row in rows:
        is_back = row.state == PostingState.CHANGES_REQUESTED
        yield Errand(
            Kind.CHANGES if is_back else Kind.DRAFT,
            _("A posting needs changes")
            if is_back
            else _("A draft is not sent in yet"),
            reverse("screening:check", args=[row.public_id]),
            _("See what to change") if is_back else _("Go on"),
            text=row.title,
            icon="pencil" if is_back else "file-text",
        )


def _closing(open_now: list[Posting], now: datetime) -> Iterator[Errand]:
    for row in open_now[:SHOWN]:
        until = row.valid_through
        if until is None or until > now + CLOSES_WITHIN:
            continue
        yield Errand(
            Kind.CLOSING,
            _("A posting closes soon"),
            reverse("postings:posting", args=[row.public_id]),
            _("Look at it"),
            text=row.title,
            by=until,
            when=_("on %(day)s") % {"day": day_text(local_day(until))},
            icon="calendar-clock",
        )
