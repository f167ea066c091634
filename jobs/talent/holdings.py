"""What the privacy centre says about notes, scorecards and being kept in mind."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from accounts.consent.descriptions import Grant, Holding, Look, Recipient, Remainder
from accounts.consent.models import Consent
from accounts.employers.models import Organization
from accounts.identity.enums import Kind
from accounts.identity.models import AuditEvent, User
from jobs.talent.access_pool import POOL_SHOWN
from jobs.talent.enums import PoolState
from jobs.talent.models import NoteMention, PoolEntry
from jobs.talent.services import pool
from jobs.talent.services.retention import count_about, count_written


def _count_pool(user: User) -> int:
    return PoolEntry.objects.filter(seeker__user=user).count()


def _count_kept(user: User) -> int:
    return count_written(user) + NoteMention.objects.filter(person=user).count()


ABOUT_YOU = Holding(
    area="jobs.talent",
    title=_("Notes and scorecards about you"),
    what=_("What teams noted while they decided about your applications."),
    why=_("So that colleagues decide together, and for reasons."),
    basis=_("You applied there. You may read all of it in your copy."),
    how_long=_(
        "Half a year after the application ended; a week after you withdraw it."
    ),
    count=count_about,
    models=(
        "jobs_talent.Note",
        "jobs_talent.Scorecard",
        "jobs_talent.CardMark",
    ),
    url_name="consent:export",
    kinds=(Kind.SEEKER,),
)
IN_MIND = Holding(
    area="jobs.talent.pool",
    title=_("Companies that may keep you in mind"),
    what=_("Who asked, what you said, and until when."),
    why=_("So that they can invite you when a job fits."),
    basis=_("You agreed to each company by itself."),
    how_long=_("A yes half a year; the record seven months after you were asked."),
    count=_count_pool,
    models=("jobs_talent.PoolEntry",),
    url_name="consent:grants",
    kinds=(Kind.SEEKER,),
    choices={"state": dict(PoolState.choices)},
)
WRITTEN = Remainder(
    code="team_records",
    title=_("Notes and scorecards that you wrote for your company"),
    why=_("They are about applicants, who may read them; your name is gone."),
    how_long=_("Half a year after each application ended."),
    count=_count_kept,
    models=(
        "jobs_talent.Note",
        "jobs_talent.NoteMention",
        "jobs_talent.Scorecard",
        "jobs_talent.CriteriaSet",
        "jobs_talent.PoolEntry",
    ),
)


def _recipients(consents: Sequence[Consent]) -> dict[int, Recipient]:
    rows = PoolEntry.objects.filter(consent__in=[row.pk for row in consents])
    told = gettext("The company can no longer find you on its list. It is not told.")
    return {
        row.consent_id: Recipient(
            row.organization.display_name,
            reverse("talent:asked", args=[row.public_id]),
            told,
        )
        for row in rows.select_related("organization")
        if row.consent_id is not None
    }


KEPT_IN_MIND = Grant(
    words=_(
        "This company keeps you in mind for half a year and may invite you to a job."
    ),
    version=pool.CONSENT_VERSION,
    recipients=_recipients,
    revoke=pool.revoke_scope,
)


def _who(events: Sequence[AuditEvent]) -> dict[int, str]:
    keys = {event.object_id for event in events}
    rows = Organization.objects.filter(public_id__in=keys)
    names = {str(row.public_id): row.display_name for row in rows}
    return {event.pk: names.get(event.object_id, "") for event in events}


LOOKS = {
    POOL_SHOWN: Look(
        _("Your skills on the list of people it may invite"),
        _("You let this company keep you in mind."),
        _who,
    ),
}
WORDS = {
    "talent.note_written": _("An employer's team noted something about you"),
    "talent.note_changed": _("An employer's team changed a note about you"),
    "talent.note_deleted": _("An employer's team deleted a note about you"),
    "talent.card_sent": _("An employer filled in a scorecard about you"),
    "talent.card_waived": _("You read scorecards without filling in your own"),
    "talent.criteria_set": _("You chose what applications are judged by"),
    POOL_SHOWN: _("You were on the list of people an employer may invite"),
    "talent.pool_asked": _("An employer asked to keep you in mind"),
    "talent.pool_agree": _("You let an employer keep you in mind"),
    "talent.pool_decline": _("You said no to being kept in mind"),
    "talent.pool_lapse": _("A question to keep you in mind ran out"),
    "talent.pool_revoke": _("You no longer let an employer keep you in mind"),
    "talent.pool_expire": _("An employer's time to keep you in mind ran out"),
}
