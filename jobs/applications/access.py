from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from accounts.assisted.models import ProfileGrant
from accounts.employers.access import CHECKERS, membership_or_none, organization_for
from accounts.employers.models import Organization
from accounts.identity.enums import Kind
from accounts.identity.models import AuditEvent, User
from accounts.seekers.models import SeekerProfile
from jobs.applications.enums import (
    ENDED_STATES,
    OPEN_INVITATIONS,
    WAITING_STATES,
    ApplicationState,
    CallOutcome,
    CallRefusal,
    ContactChannel,
    InvitationState,
    Side,
)
from jobs.applications.interview_access import (
    upcoming_interviews as upcoming_interviews,  # for the home page
)
from jobs.applications.models import (
    Application,
    ContactAttempt,
    ContactStop,
    Invitation,
    Message,
    SavedPosting,
)
from jobs.applications.rules.contact import SHANGHAI, SHOWN_FOR, UNTIL, shown_until
from jobs.postings.access import published_posting
from jobs.postings.cards import SAVED, Mark
from jobs.postings.models import Posting
from jobs.screening.enums import Reason, SanctionKind
from jobs.screening.models.sanctions import Sanction, SanctionQuerySet

RECORD_DAYS = 180
# The audit trail's name for having been on an employer's list.
PROFILE_SHOWN = "seeker.profile_shown"
# Employers set times alone once; `interview` stands in the history of then.
TIMES_OFFERED = ("interview", "propose")
# … for having opened what somebody sent, and for a list with their name on it.
APPLICATION_READ = "application.read"
NAME_LISTED = "application.listed"


def has_tie_to(user: User, organization_ids: Collection[UUID]) -> bool:
    """Whether somebody ever applied to one of these, which is how they came to work there."""
    return Application.objects.filter(
        seeker__user=user, organization__public_id__in=organization_ids
    ).exists()


def applications_by_posting(posting_ids: Collection[int]) -> dict[int, int]:
    """How many people applied and did not withdraw; one query."""
    found = Application.objects.filter(posting_id__in=posting_ids)
    counted = found.exclude(state=ApplicationState.WITHDRAWN).values("posting_id")
    return dict(counted.annotate(n=Count("pk")).values_list("posting_id", "n"))


def applied_marks(user: User, postings: Sequence[int]) -> dict[int, Mark]:
    """Which of these postings the reader applied to already: for lists of postings."""
    if user.kind != Kind.SEEKER:
        return {}
    found = Application.objects.filter(seeker__user=user, posting__in=postings)
    mark = Mark(_("You applied"), "good", "check")
    return dict.fromkeys(found.values_list("posting", flat=True), mark)


def saved_marks(user: User, postings: Sequence[int]) -> dict[int, Mark]:
    """Which of these postings the reader put aside."""
    if user.kind != Kind.SEEKER:
        return {}
    found = SavedPosting.objects.filter(user=user, posting__in=postings)
    mark = Mark(_("Saved"), "sea", "bookmark", name=SAVED)
    return dict.fromkeys(found.values_list("posting", flat=True), mark)


def saved_of(user: User) -> QuerySet[SavedPosting]:
    """A seeker's own list, what was saved last first."""
    _seekers_only(user)
    rows = SavedPosting.objects.filter(user=user)
    return rows.select_related("posting__organization")


def posting_to_save(user: User, public_id: UUID) -> Posting:
    """Only what is open can be put aside."""
    _seekers_only(user)
    return get_object_or_404(Posting.objects.open(), public_id=public_id)


def posting_saved(user: User, public_id: UUID) -> Posting:
    """Anything that was open once can be taken off, also what is on no list any more."""
    _seekers_only(user)
    return published_posting(public_id)


def is_saved(user: User, posting: Posting) -> bool:
    return SavedPosting.objects.filter(user_id=user.pk, posting=posting).exists()


def _seekers_only(user: User) -> None:
    if user.kind != Kind.SEEKER:
        raise Http404


def applications_of(user: User) -> QuerySet[Application]:
    """A seeker's own, newest first."""
    return (
        Application.objects.filter(seeker__user=user)
        .select_related("posting__organization")
        .order_by("-submitted_at", "-pk")
    )


def application_of(user: User, public_id: UUID) -> Application:
    """404 for everyone but the seeker who sent it."""
    return get_object_or_404(
        applications_of(user).select_related("organization", "seeker__user"),
        public_id=public_id,
    )


def stages_for(grant: ProfileGrant) -> QuerySet[Application]:
    """The columns that a counselor sees with the person's second yes, newest first."""
    return (
        Application.objects.filter(seeker=grant.seeker_id)
        .select_related("posting__organization")
        .only(
            "state",
            "submitted_at",
            "processed_at",
            "posting__title",
            "posting__organization_name",
            "posting__organization__display_name",
        )
        .order_by("-submitted_at", "-pk")
    )


def active_application(seeker: SeekerProfile, posting: Posting) -> Application | None:
    """The one application of this seeker to this posting that has not ended."""
    return (
        Application.objects.filter(seeker=seeker, posting=posting)
        .exclude(state__in=ENDED_STATES)
        .first()
    )


def inbox_of(user: User) -> QuerySet[Application]:
    """What the user's organisation received, those waiting longest first."""
    return (
        Application.objects.filter(organization=organization_for(user))
        .select_related("posting", "seeker", "consent")
        .order_by("submitted_at", "pk")
    )


def received_application(user: User, public_id: UUID) -> Application:
    """404 for everyone outside the organisation it was sent to."""
    return get_object_or_404(
        inbox_of(user).select_related("organization", "seeker__user"),
        public_id=public_id,
    )


def with_unread(
    rows: QuerySet[Application], side: Side, *, now: datetime
) -> QuerySet[Application]:
    """Each row with `unread`: what this side has not read yet."""
    counted = (
        unread_for(side, now=now)
        .filter(application=OuterRef("pk"))
        .order_by()
        .values("application")
        .annotate(total=Count("pk"))
        .values("total")
    )
    found = Subquery(counted, output_field=IntegerField())
    return rows.annotate(unread=Coalesce(found, 0))


def unread_for(side: Side, *, now: datetime) -> QuerySet[Message]:
    """What the other side wrote, has arrived, and was not read by `side`."""
    return Message.objects.exclude(side=side).filter(
        read_at__isnull=True, visible_at__lte=now
    )


def thread_of(
    application: Application, side: Side, *, now: datetime
) -> QuerySet[Message]:
    """One's own words, and those of the other side that have arrived."""
    arrived = application.messages.filter(visible_at__lte=now)
    own = application.messages.filter(side=side)
    return (arrived | own).select_related("sender").order_by("sent_at", "pk")


def is_stopped(application: Application, channel: ContactChannel) -> bool:
    """Whether the seeker said no to this application's organisation."""
    return ContactStop.objects.filter(
        organization=application.organization_id,
        seeker=application.seeker_id,
        channel=channel,
        lifted_at__isnull=True,
    ).exists()


def looks_on(application: Application, day: date) -> int:
    """How often the organisation saw this seeker's number that day, by anyone there."""
    return ContactAttempt.objects.filter(
        organization=application.organization_id,
        seeker=application.seeker_id,
        day=day,
        number__isnull=False,
    ).count()


def invited_at(application: Application) -> datetime | None:
    """When its time was last offered, or set."""
    steps = application.transitions.filter(event__in=TIMES_OFFERED)
    steps = steps.order_by("-at", "-pk")
    return steps.values_list("at", flat=True).first()


def interviews_on(application: Application, day: date) -> int:
    """How often times were offered, or one set, on that Shanghai day."""
    start = datetime.combine(day, time(), tzinfo=SHANGHAI)
    steps = application.transitions.filter(
        event__in=TIMES_OFFERED, at__gte=start, at__lt=start + timedelta(days=1)
    )
    return steps.count()


def open_look(
    user: User, application: Application, *, now: datetime
) -> ContactAttempt | None:
    """The person's own last look at the number, if its quarter of an hour still runs."""
    look = (
        application.attempts.filter(
            by=user, number__isnull=False, at__gt=now - SHOWN_FOR, at__lte=now
        )
        .order_by("-at", "-pk")
        .first()
    )
    return look if look and now < shown_until(look.at) else None


def unanswered_on(application: Application, day: date) -> int:
    """Lines of the organisation that arrive that day, since the seeker last wrote."""
    between = Message.objects.filter(
        application__organization=application.organization_id,
        application__seeker=application.seeker_id,
    )
    last = between.filter(side=Side.SEEKER).order_by("-pk").first()
    evening = datetime.combine(day, UNTIL, tzinfo=SHANGHAI)
    arriving = between.filter(
        side=Side.EMPLOYER,
        visible_at__gt=evening - timedelta(days=1),
        visible_at__lt=evening,
        pk__gt=last.pk if last else 0,
    )
    asked = invitations_on(application.organization_id, application.seeker_id, day)
    return arriving.count() + asked.count()


def lines_since(application: Application, moment: datetime) -> int:
    """What the seeker wrote in this one application after that moment."""
    return application.messages.filter(side=Side.SEEKER, sent_at__gt=moment).count()


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """How an organisation reached its applicants in the last half year.

    `refused` counts by CallRefusal; `stops` are noes to calls.
    """

    organization: Organization
    since: datetime
    shown: int
    answered: int
    refused: dict[CallRefusal, int]
    stops: int

    @property
    def refused_total(self) -> int:
        return sum(self.refused.values())


def contact_record(user: User, public_id: UUID, *, now: datetime) -> ContactRecord:
    """For the organisation's own members and for people who check; else 404."""
    organization = get_object_or_404(Organization, public_id=public_id)
    membership = membership_or_none(user)
    is_member = membership is not None and membership.organization == organization
    if user.kind not in CHECKERS and not is_member:
        raise Http404
    since = now - timedelta(days=RECORD_DAYS)
    looks = ContactAttempt.objects.filter(organization=organization, at__gte=since)
    counted = Counter(looks.values_list("refusal", flat=True))
    stops = ContactStop.objects.filter(
        organization=organization, channel=ContactChannel.PHONE, at__gte=since
    )
    return ContactRecord(
        organization=organization,
        since=since,
        shown=counted[""],
        answered=looks.filter(outcome=CallOutcome.ANSWERED).count(),
        refused={r: counted[r] for r in CallRefusal if counted[r]},
        stops=stops.count(),
    )


# ---- Pauses because somebody waited in vain


def covenant_measures() -> SanctionQuerySet:
    """Pauses that the system took because the promise to answer was broken."""
    return Sanction.objects.filter(
        kind=SanctionKind.PAUSED,
        imposed_by__isnull=True,
        basis__contains=[Reason.RESPONSE_COVENANT],
    )


def covenant_pauses_of(user: User) -> SanctionQuerySet:
    """Of the user's organisation, the newest first; 404 without one."""
    found = covenant_measures().filter(organization=organization_for(user))
    return found.select_related("posting", "organization").order_by("-at", "-pk")


def covenant_pause_of(user: User, public_id: UUID) -> Sanction:
    return get_object_or_404(covenant_pauses_of(user), public_id=public_id)


def waiting_under(measure: Sanction) -> QuerySet[Application]:
    """Who has to be answered before this pause can end, the longest waiting first."""
    waiting = Application.objects.filter(
        organization=measure.organization, state__in=WAITING_STATES
    )
    if measure.posting is not None:
        waiting = waiting.filter(posting=measure.posting)
    found = waiting.select_related("posting", "seeker", "consent")
    return found.order_by("submitted_at", "pk")


# ---- Invitations to apply


def invitations_on(organization: int, seeker: int, day: date) -> QuerySet[Invitation]:
    """What arrives that day and was no application: a line that waits for an answer."""
    return Invitation.objects.filter(
        organization=organization, seeker=seeker, day=day
    ).exclude(state=InvitationState.APPLIED)


def not_to_show(posting: Posting) -> set[int]:
    """Profiles that this posting's employer must not find on its list.

    Whoever applied there once, to anything: the application names them, and a list
    without names would give them away. Whoever wants no messages from there.
    """
    organization = posting.organization_id
    applied = Application.objects.filter(organization=organization)
    stopped = ContactStop.objects.filter(
        organization=organization,
        channel=ContactChannel.MESSAGE,
        lifted_at__isnull=True,
    )
    return {
        *applied.values_list("seeker", flat=True),
        *stopped.values_list("seeker", flat=True),
    }


def invitations_to(user: User, *, now: datetime) -> QuerySet[Invitation]:
    """What has arrived for a seeker, the newest first."""
    return (
        Invitation.objects.filter(seeker__user=user, visible_at__lte=now)
        .select_related("posting__organization", "organization", "seeker__user")
        .order_by("-visible_at", "-pk")
    )


def open_invitations_to(user: User, *, now: datetime) -> QuerySet[Invitation]:
    """Those that can still be answered: the posting is open, the fortnight runs."""
    postings = Posting.objects.open(now=now).values("pk")
    return invitations_to(user, now=now).filter(
        state__in=OPEN_INVITATIONS, expires_at__gt=now, posting__in=postings
    )


def invitation_to(user: User, public_id: UUID, *, now: datetime) -> Invitation:
    """404 for everyone but the person invited, and for them before it arrives."""
    return get_object_or_404(invitations_to(user, now=now), public_id=public_id)


def invitations_of(posting: Posting) -> QuerySet[Invitation]:
    """All of one posting; whose they are is for the list of people to say."""
    return Invitation.objects.filter(posting=posting)


def invited_applications(posting: Posting) -> QuerySet[Application]:
    """Who was invited and applied: ordinary applications, with names."""
    return (
        Application.objects.filter(invitation__posting=posting)
        .select_related("posting", "seeker", "consent")
        .order_by("-submitted_at", "-pk")
    )


def viewers_since(user: User, since: datetime) -> list[str]:
    """The organisations that had this person on a list since then, by name."""
    seen = AuditEvent.objects.filter(
        subject_id=user.pk, action=PROFILE_SHOWN, at__gte=since
    )
    ids = set(seen.values_list("object_id", flat=True))
    found = Organization.objects.filter(public_id__in=ids).order_by("display_name")
    return list(found.values_list("display_name", flat=True))
