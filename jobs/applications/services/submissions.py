from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.consent.enums import Purpose
from accounts.consent.services import grant_consent
from accounts.employers.models import Organization
from accounts.identity.models import User
from accounts.seekers.models import SeekerProfile
from jobs.applications import emails
from jobs.applications.access import active_application
from jobs.applications.enums import SenderKind
from jobs.applications.models import Application
from jobs.applications.rules.snapshot import SNAPSHOT_VERSION
from jobs.applications.rules.workflow import SEEKER
from jobs.applications.services.history import log_step
from jobs.applications.services.invitations import note_application
from jobs.matching.services.interest import note_interest
from jobs.postings.models import Posting

# The words beside the box on the apply page; raise it when they change.
CONSENT_VERSION = "2026-11"


class SubmissionRefused(Exception):  # noqa: N818 - reads as the event it is
    """Why an application was not made; nothing was shared."""


class PostingNotOpen(SubmissionRefused):
    """The posting ended, or its employer's check is missing or has run out."""


class EmployerHidden(SubmissionRefused):
    """The seeker asked to stay hidden from this employer."""


@transaction.atomic
def submit_application(
    *,
    seeker: SeekerProfile,
    posting: Posting,
    snapshot: dict[str, Any],
    message: str,
    calls: str = "",
    prepared_by: User | None = None,
) -> tuple[Application, bool]:
    """Send one application with the seeker's consent to share what is in `snapshot`.

    `calls` is a CallWish for this employer, the profile's where it is empty.
    `prepared_by` is the counselor who wrote it down; the seeker sends it all the same.
    Returns (application, created): a second submission finds the first one.
    Raises PostingNotOpen or EmployerHidden.
    """
    # The lock puts two taps in a row; nor can the posting close between look and leap.
    locked = (
        Posting.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization")
        .get(pk=posting.pk)
    )
    if earlier := active_application(seeker, locked):
        return earlier, False
    organization = check_can_apply(seeker, locked)
    application = Application(
        posting=locked,
        organization=organization,
        seeker=seeker,
        snapshot=snapshot | {"version": SNAPSHOT_VERSION},
        message=message,
        calls=calls or seeker.calls,
        sender_kind=SenderKind.COUNSELOR if prepared_by else SenderKind.SEEKER,
        prepared_by=prepared_by,
        declared_check=locked.screening_required,
        declared_stage=locked.screening_stage,
        declared_reason=locked.screening_reason,
    )
    application.consent = grant_consent(
        user=seeker.user,
        purpose=Purpose.SEND_APPLICATION,
        version=CONSENT_VERSION,
        scope=application.consent_scope,
    )
    application.save()
    log_step(application, "submit", actor=seeker.user, actor_kind=SEEKER)
    note_application(application=application)
    note_interest(posting_ids=[locked.pk])
    emails.tell_employer_new(application)
    emails.tell_seeker_sent(application)
    return application, True


def check_can_apply(seeker: SeekerProfile, posting: Posting) -> Organization:
    """Who would receive it; raises PostingNotOpen or EmployerHidden."""
    organization = posting.organization
    if organization is None or not posting.is_open():
        raise PostingNotOpen(posting.state)
    if not organization.is_verified(now=timezone.now()):
        raise PostingNotOpen(organization.verification)
    if _hides_from(seeker, organization):
        raise EmployerHidden(str(organization.public_id))
    return organization


def _hides_from(seeker: SeekerProfile, organization: Organization) -> bool:
    names = {organization.legal_name, organization.display_name}
    return any(
        block.uscc == organization.uscc or block.name in names
        for block in seeker.blocks.all()
    )
