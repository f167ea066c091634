"""What the privacy centre says about what follows an application: talks, offers, files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.consent.descriptions import Holding, Remainder
from accounts.identity.enums import Kind
from accounts.identity.models import User
from jobs.applications.enums import (
    DebtContact,
    InterviewBy,
    InterviewState,
    PreparedState,
    Promised,
    Side,
    StillThere,
)
from jobs.applications.models import (
    Attachment,
    CohortPledge,
    Interview,
    InterviewSlot,
    InterviewStep,
    Offer,
    PreparedApplication,
    RetentionCheck,
)


def _count_talks(user: User) -> int:
    return Interview.objects.filter(application__seeker__user=user).count()


def _count_acts(user: User) -> int:
    """What somebody who hires did about talks and offers."""
    slots = InterviewSlot.objects.filter(created_by=user).count()
    steps = InterviewStep.objects.filter(actor=user).count()
    return _count_talks(user) + slots + steps


def _count_offers(user: User) -> int:
    return Offer.objects.filter(application__seeker__user=user).count()


def _count_offers_kept(user: User) -> int:
    return _count_offers(user) + Offer.objects.filter(made_by=user).count()


def _count_check_ins(user: User) -> int:
    rows = RetentionCheck.objects.filter(application__seeker__user=user)
    return rows.filter(respondent=Side.SEEKER).count()


def _count_files(user: User) -> int:
    return Attachment.objects.filter(message__sender=user).count()


def _count_prepared(user: User) -> int:
    return PreparedApplication.objects.filter(seeker__user=user).count()


def _count_prepared_for_others(user: User) -> int:
    return PreparedApplication.objects.filter(prepared_by=user).count()


def _count_pledges(user: User) -> int:
    return CohortPledge.objects.filter(made_by=user).count()


HOLDINGS = (
    Holding(
        area="jobs.applications.interviews",
        title=_("Talks with employers"),
        what=_("Times offered and picked, what would suit you, whether it took place."),
        why=_("So that both sides know when to talk."),
        basis=_("You applied there."),
        how_long=_("Wishes until you delete the account; the bare times three years."),
        count=_count_talks,
        models=(
            "jobs_applications.Interview",
            "jobs_applications.InterviewOffer",
            "jobs_applications.InterviewSlot",
            "jobs_applications.InterviewStep",
        ),
        url_name="applications:appointments",
        kinds=(Kind.SEEKER,),
        choices={
            "state": dict(InterviewState.choices),
            "by": dict(InterviewBy.choices),
            "wanted_by": dict(InterviewBy.choices),
        },
    ),
    Holding(
        area="jobs.applications.offers",
        title=_("Offers"),
        what=_("What employers offered you: pay, hours, place, first day."),
        why=_("So that you can compare them, and hold an employer to its word."),
        basis=_("You applied there."),
        how_long=_("Free words until you delete the account; figures three years."),
        count=_count_offers,
        models=("jobs_applications.Offer",),
        url_name="applications:offers",
        kinds=(Kind.SEEKER,),
    ),
    Holding(
        area="jobs.applications.check_ins",
        title=_("How it is going in the new job"),
        what=_("Your answers after 7, 30 and 90 days. The employer never sees them."),
        why=_("So that we notice when a promise is not kept."),
        basis=_("You answered by yourself."),
        how_long=_("Until you delete the account."),
        count=_count_check_ins,
        models=("jobs_applications.RetentionCheck",),
        url_name="applications:mine",
        kinds=(Kind.SEEKER,),
        choices={
            "answer": dict(StillThere.choices),
            "promised": dict(Promised.choices),
            "debt_contact": dict(DebtContact.choices),
        },
    ),
    Holding(
        area="jobs.applications.files",
        title=_("Files in messages"),
        what=_("Pictures and PDFs you sent along, locked with a key."),
        why=_("So that the other side can open them."),
        basis=_("You sent them yourself."),
        how_long=_("Half a year after the application ended, or until you leave."),
        count=_count_files,
        models=("jobs_applications.Attachment",),
        url_name="applications:mine",
    ),
    Holding(
        area="jobs.applications.prepared",
        title=_("Applications prepared for you"),
        what=_(
            "What a counselor wrote down for you to send, and what you did with it."
        ),
        why=_("So that nothing is sent without your yes."),
        basis=_("You let this counselor help you."),
        how_long=_("Until you delete the account."),
        count=_count_prepared,
        models=("jobs_applications.PreparedApplication",),
        url_name="applications:mine",
        kinds=(Kind.SEEKER,),
        choices={"state": dict(PreparedState.choices)},
    ),
)
_THREE_YEARS = _("At least three years.")
REMAINDERS = (
    Remainder(
        code="talks",
        title=_("Bare times of talks"),
        why=_("That there was a talk, when, and who moved it: part of the record."),
        how_long=_THREE_YEARS,
        count=_count_acts,
        models=(
            "jobs_applications.Interview",
            "jobs_applications.InterviewOffer",
            "jobs_applications.InterviewSlot",
            "jobs_applications.InterviewStep",
        ),
    ),
    Remainder(
        code="offers",
        title=_("Figures of offers"),
        why=_("So that an employer can be held to what it offered."),
        how_long=_THREE_YEARS,
        count=_count_offers_kept,
        models=("jobs_applications.Offer",),
    ),
    Remainder(
        code="files",
        title=_("That a file was sent, without its name and content"),
        why=_("So that it shows that something stood there."),
        how_long=_THREE_YEARS,
        count=_count_files,
        models=("jobs_applications.Attachment",),
    ),
    Remainder(
        code="prepared",
        title=_("That a counselor prepared applications for others"),
        why=_("Others can see who prepared theirs."),
        how_long=_("Until those people delete their accounts."),
        count=_count_prepared_for_others,
        models=("jobs_applications.PreparedApplication",),
    ),
    Remainder(
        code="pledges",
        title=_("Places promised to groups"),
        why=_("So that the group can rely on the organisation's word."),
        how_long=_THREE_YEARS,
        count=_count_pledges,
        models=("jobs_applications.CohortPledge",),
    ),
)
