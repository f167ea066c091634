"""What the privacy centre says about applications, invitations and saved jobs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from accounts.consent.descriptions import (
    Grant,
    Holding,
    Leaver,
    Look,
    Recipient,
    Remainder,
)
from accounts.consent.models import Consent
from accounts.employers.models import Organization
from accounts.identity.enums import Kind
from accounts.identity.models import AuditEvent, User
from accounts.seekers.enums import (
    CallWish,
    CanStart,
    Did,
    Education,
    PastRole,
    Skill,
)
from jobs.applications.access import APPLICATION_READ, NAME_LISTED, PROFILE_SHOWN
from jobs.applications.enums import (
    ENDED_STATES,
    ApplicationState,
    CallOutcome,
    CallRefusal,
    CheckAnswer,
    ContactChannel,
    InvitationState,
    PassReason,
    Side,
)
from jobs.applications.models import Application, Invitation, SavedPosting
from jobs.applications.services import erasing
from jobs.applications.services.leaving import withdraw_application
from jobs.applications.services.submissions import CONSENT_VERSION
from jobs.postings.enums import Screening

# The law's words, in ours: shared by what two sides rely on.
_RECORD: Promise = _(
    "That you applied, when, and how it ended: the rules for recruitment ask for it."
)
_THREE_YEARS: Promise = _("At least three years.")


def _count_invitations(user: User) -> int:
    return Invitation.objects.filter(seeker__user=user).count()


def _count_saved(user: User) -> int:
    return SavedPosting.objects.filter(user=user).count()


APPLICATIONS = Holding(
    area="jobs.applications",
    title=_("Applications"),
    what=_("What you sent to whom, answers, messages, looks at your number."),
    why=_("So that both sides know what was said, and you get an answer."),
    basis=_("You agreed to each one by itself."),
    how_long=_("Words until you delete the account; the bare record three years."),
    count=erasing.count_applications,
    models=(
        "jobs_applications.Application",
        "jobs_applications.ApplicationTransition",
        "jobs_applications.Message",
        "jobs_applications.ContactAttempt",
        "jobs_applications.ContactStop",
        "jobs_applications.CheckRequest",
    ),
    url_name="applications:mine",
    kinds=(Kind.SEEKER,),
    choices={
        "answer": dict(CheckAnswer.choices),
        "calls": dict(CallWish.choices),
        "can_start": dict(CanStart.choices),
        "did": dict(Did.choices),
        "education": dict(Education.choices),
        "kind": dict(Screening.choices) | dict(ContactChannel.choices),
        "outcome": dict(CallOutcome.choices) | dict(CallRefusal.choices),
        "past_roles": dict(PastRole.choices),
        "side": dict(Side.choices),
        "skills": dict(Skill.choices),
        "state": dict(ApplicationState.choices),
    },
)
INVITATIONS = Holding(
    area="jobs.applications.invitations",
    title=_("Invitations to apply"),
    what=_("Which employer invited you to which job, and what you said."),
    why=_("So that nobody asks you twice."),
    basis=_("You agreed to be found without your name."),
    how_long=_("Until you delete the account; the bare record three years."),
    count=_count_invitations,
    models=("jobs_applications.Invitation",),
    url_name="applications:mine",
    kinds=(Kind.SEEKER,),
    choices={
        "state": dict(InvitationState.choices),
        "pass_reason": dict(PassReason.choices),
    },
)
SAVED = Holding(
    area="jobs.applications.saved",
    title=_("Saved jobs"),
    what=_("Which jobs you put aside."),
    why=_("So that you find them again."),
    basis=_("You asked for it."),
    how_long=_("Until you take them off the list or delete the account."),
    count=_count_saved,
    models=("jobs_applications.SavedPosting",),
    url_name="applications:saved",
    kinds=(Kind.SEEKER,),
)
REMAINDERS = (
    Remainder(
        code="applications",
        title=_("Bare records of applications"),
        why=_RECORD,
        how_long=_THREE_YEARS,
        count=erasing.count_applications,
        models=(
            "jobs_applications.Application",
            "jobs_applications.ApplicationTransition",
            "jobs_applications.Message",
            "jobs_applications.CheckRequest",
            "jobs_applications.ContactStop",
        ),
    ),
    Remainder(
        code="number_looks",
        title=_("That and when an employer looked at the number"),
        why=_("So that an employer who calls too often can be held to it."),
        how_long=_THREE_YEARS,
        count=erasing.count_contacts,
        models=("jobs_applications.ContactAttempt",),
    ),
    Remainder(
        code="invitations",
        title=_("Bare records of invitations"),
        why=_("So that nobody is asked twice and every employer keeps to its number."),
        how_long=_THREE_YEARS,
        count=_count_invitations,
        models=("jobs_applications.Invitation",),
    ),
)


# ---- Agreements


def _recipients(consents: Sequence[Consent]) -> dict[int, Recipient]:
    keys = [row.pk for row in consents]
    rows = Application.objects.filter(
        Q(consent__in=keys) | Q(renewed_consent__in=keys)
    ).select_related("posting", "organization")
    found = {}
    for row in rows:
        found[row.consent_id] = found[row.renewed_consent_id or row.consent_id] = row
    return {pk: _recipient(row) for pk, row in found.items()}


def _recipient(row: Application) -> Recipient:
    name = gettext("%(organization)s, for the job “%(job)s”") % {
        "organization": row.organization.display_name,
        "job": row.posting.title,
    }
    if row.state in ENDED_STATES:
        told = gettext("The company can no longer read here what you sent.")
    else:
        told = gettext(
            "Your application is withdrawn. The company is told, and can no longer read "
            "here what you sent."
        )
    return Recipient(name, reverse("applications:detail", args=[row.public_id]), told)


def _revoke(user: User, scope: str) -> None:
    """An application that still runs ends with its yes."""
    _prefix, _colon, key = scope.partition(":")
    running = Application.objects.filter(seeker__user=user, public_id=UUID(key))
    row = running.exclude(state__in=ENDED_STATES).first()
    if row is not None:
        withdraw_application(application=row, actor=user)


SEND_APPLICATION = Grant(
    words=_("This one company reads what you sent with your application."),
    version=CONSENT_VERSION,
    recipients=_recipients,
    revoke=_revoke,
)


# ---- Who looked


def _by_organization(events: Sequence[AuditEvent]) -> dict[int, str]:
    keys = {event.object_id for event in events}
    rows = Organization.objects.filter(public_id__in=keys)
    names = {str(row.public_id): row.display_name for row in rows}
    return {event.pk: names.get(event.object_id, "") for event in events}


def _by_application(events: Sequence[AuditEvent]) -> dict[int, str]:
    keys = {event.object_id for event in events}
    rows = Application.objects.filter(public_id__in=keys).select_related("organization")
    names = {str(row.public_id): row.organization.display_name for row in rows}
    return {event.pk: names.get(event.object_id, "") for event in events}


def _by_invitation(events: Sequence[AuditEvent]) -> dict[int, str]:
    keys = {event.object_id for event in events}
    rows = Invitation.objects.filter(public_id__in=keys).select_related("organization")
    names = {str(row.public_id): row.organization.display_name for row in rows}
    return {event.pk: names.get(event.object_id, "") for event in events}


def _look(
    saw: Promise,
    because: Promise,
    who: Callable[[Sequence[AuditEvent]], dict[int, str]],
) -> Look:
    return Look(saw, because, who)


_SENT: Promise = _("You applied there.")
_FOUND: Promise = _("You let checked employers see your skills.")
LOOKS = {
    PROFILE_SHOWN: _look(
        _("Your skills and your city on a list, without your name"),
        _FOUND,
        _by_organization,
    ),
    NAME_LISTED: _look(
        _("Your name on the list of applications"), _SENT, _by_organization
    ),
    APPLICATION_READ: _look(
        _("What you sent with your application, and your messages"),
        _SENT,
        _by_application,
    ),
    "application.number_shown": _look(_("Your number"), _SENT, _by_application),
    "application.number_refused": _look(
        _("Nothing: your number was asked for and not shown"), _SENT, _by_application
    ),
    "invitation.sent": _look(
        _("Your skills on a list, and invited you to apply"), _FOUND, _by_invitation
    ),
}


# ---- Leaving


def _tells(user: User) -> str:
    running = erasing.active_applications(user)
    if not running:
        return ""
    text = ngettext(
        "%(count)s application is withdrawn. The company is told only that.",
        "%(count)s applications are withdrawn. The companies are told only that.",
        running,
    )
    return text % {"count": running}


LEAVER = Leaver(hide=erasing.hide_applications, tells=_tells)
