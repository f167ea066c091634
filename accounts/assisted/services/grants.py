from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.assisted import emails
from accounts.assisted.enums import ProposalState
from accounts.assisted.models import ProfileGrant, ProfileProposal
from accounts.assisted.rules import GRANT
from accounts.consent.enums import Purpose
from accounts.consent.services import grant_consent, withdraw_consent
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.seekers.models import SeekerProfile

# The words beside the box; raise it when they change.
CONSENT_VERSION = "2026-11-26"


# … and beside the one about applications.
STAGES_VERSION = "2026-11-26"


def scope_of(counselor: CounselorProfile) -> str:
    return f"counselor:{counselor.public_id}"


@transaction.atomic
def let_read(
    *, seeker: SeekerProfile, counselor: CounselorProfile, actor: User
) -> ProfileGrant:
    """The person's own yes, for thirty days; a yes that still stands is kept."""
    if actor.pk != seeker.user_id:
        raise ValueError("only the person themselves lets somebody read")
    # Two taps at once make one grant.
    SeekerProfile.objects.select_for_update(no_key=True).get(pk=seeker.pk)
    now = timezone.now()
    open_rows = ProfileGrant.objects.filter(
        seeker=seeker, counselor=counselor, ended_at__isnull=True
    )
    for row in open_rows:
        if row.expires_at > now:
            return row
        _end(row, actor=None)
    consent = grant_consent(
        user=actor,
        purpose=Purpose.COUNSELOR_ACCESS,
        version=CONSENT_VERSION,
        scope=scope_of(counselor),
    )
    grant = ProfileGrant.objects.create(
        seeker=seeker,
        counselor=counselor,
        consent=consent,
        granted_at=now,
        expires_at=now + GRANT,
    )
    record_event(action="assisted.let_read", actor=actor, on=counselor, about=actor)
    return grant


@transaction.atomic
def stop_reading(*, grant: ProfileGrant, actor: User) -> bool:
    """At once and without a reason; the counselor is not told. False if it was over."""
    row = ProfileGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    if row.ended_at is not None:
        return False
    _end(row, actor=actor)
    return True


@transaction.atomic
def ask_for_help(
    *,
    seeker: SeekerProfile,
    counselor: CounselorProfile,
    actor: User,
    shows_stages: bool,
) -> ProfileGrant:
    """As let_read, with the second yes where it was given; the counselor is told."""
    grant = let_read(seeker=seeker, counselor=counselor, actor=actor)
    if shows_stages:
        show_stages(grant=grant, actor=actor)
    emails.tell_asked(grant)
    return grant


@transaction.atomic
def show_stages(*, grant: ProfileGrant, actor: User) -> bool:
    """The second yes, by itself: also how the applications stand. False if it is over."""
    row = _live(grant, actor)
    if row is None or row.shows_stages:
        return row is not None
    row.stages_consent = grant_consent(
        user=actor,
        purpose=Purpose.COUNSELOR_STAGES,
        version=STAGES_VERSION,
        scope=scope_of(row.counselor),
    )
    row.save(update_fields=["stages_consent"])
    record_event(
        action="assisted.let_see_stages", actor=actor, on=row.counselor, about=actor
    )
    return True


@transaction.atomic
def hide_stages(*, grant: ProfileGrant, actor: User) -> bool:
    """Reading the profile goes on; False if nothing was shown."""
    row = _live(grant, actor)
    return row is not None and _hide_stages(row)


def _live(grant: ProfileGrant, actor: User) -> ProfileGrant | None:
    row = (
        ProfileGrant.objects.select_for_update(of=("self",))
        .select_related("seeker", "counselor", "stages_consent")
        .get(pk=grant.pk)
    )
    if actor.pk != row.seeker.user_id:
        raise ValueError("only the person themselves lets somebody read")
    is_over = row.ended_at is not None or row.expires_at <= timezone.now()
    return None if is_over else row


def _hide_stages(row: ProfileGrant) -> bool:
    return withdraw_consent(
        user=row.seeker.user,
        purpose=Purpose.COUNSELOR_STAGES,
        scope=scope_of(row.counselor),
    )


def note_stages(*, grant: ProfileGrant, actor: User) -> None:
    record_event(
        action="assisted.read_stages", actor=actor, on=grant, about=grant.seeker.user
    )


def note_read(*, grant: ProfileGrant, actor: User) -> None:
    """Every look is a line that the person reads in their trail."""
    record_event(action="assisted.read", actor=actor, on=grant, about=grant.seeker.user)


def due_grants(*, now: datetime) -> QuerySet[ProfileGrant]:
    return ProfileGrant.objects.filter(ended_at__isnull=True, expires_at__lte=now)


def end_grants(*, now: datetime) -> int:
    """End what ran out, and the yes behind it."""
    due = due_grants(now=now).values_list("pk", flat=True)
    return sum(_end_one(pk, now) for pk in due)


@transaction.atomic
def _end_one(pk: int, now: datetime) -> int:
    due = due_grants(now=now).filter(pk=pk)
    row = due.select_for_update(of=("self",), skip_locked=True).first()
    if row is None:
        return 0
    _end(row, actor=None)
    return 1


def _end(row: ProfileGrant, *, actor: User | None) -> None:
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    # What was suggested and not answered goes with the yes that allowed to look.
    ProfileProposal.objects.filter(grant=row, state=ProposalState.WAITING).update(
        state=ProposalState.ENDED, answers="", ended_at=row.ended_at
    )
    _hide_stages(row)
    person = row.seeker.user
    withdraw_consent(
        user=person, purpose=Purpose.COUNSELOR_ACCESS, scope=scope_of(row.counselor)
    )
    action = "assisted.stopped" if actor else "assisted.ran_out"
    record_event(action=action, actor=actor, on=row.counselor, about=person)


@transaction.atomic
def forget_grants(user: User) -> None:
    """The person's own; those to a counselor who leaves come to an end."""
    to_them = ProfileGrant.objects.filter(counselor__user=user, ended_at__isnull=True)
    for row in to_them.select_related("seeker__user", "counselor"):
        _end(row, actor=None)
    ProfileGrant.objects.filter(seeker__user=user).delete()
