"""What the privacy centre says about people who write postings."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.consent.descriptions import Holding, Leaver, Remainder
from accounts.employers.access import membership_or_none
from accounts.employers.holdings import has_colleagues, is_last_admin
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.lib.workflow import TransitionRefused
from jobs.postings.enums import ENDED_STATES, PostingState
from jobs.postings.models import Posting, PostingRevision, PostingTransition
from jobs.postings.services import close_posting, pause_posting


def export_postings(user: User) -> list[dict[str, Any]]:
    """What the person wrote for an organisation, and what they did with it."""
    rows = Posting.objects.filter(created_by=user).order_by("pk")
    steps = PostingTransition.objects.filter(actor=user).select_related("posting")
    written = [
        {"posting": row.title, "state": row.state, "at": row.created_at.isoformat()}
        for row in rows
    ]
    done = [
        {"posting": step.posting.title, "event": step.event, "at": step.at.isoformat()}
        for step in steps.order_by("pk")
    ]
    return written + done


def _count(user: User) -> int:
    return (
        Posting.objects.filter(created_by=user).count()
        + PostingTransition.objects.filter(actor=user).count()
        + PostingRevision.objects.filter(changed_by=user).count()
    )


def _alone(user: User) -> list[Posting]:
    """What nobody could look after any more, once this person is gone."""
    membership = membership_or_none(user)
    if membership is None or not is_last_admin(user) or has_colleagues(user):
        return []
    rows = Posting.objects.filter(organization=membership.organization)
    return list(rows.exclude(state__in=ENDED_STATES).order_by("pk"))


@transaction.atomic
def pause_all(user: User) -> None:
    for posting in _alone(user):
        if posting.state == PostingState.PUBLISHED:
            pause_posting(posting=posting, actor=user)


@transaction.atomic
def close_all(user: User) -> None:
    for posting in _alone(user):
        try:
            close_posting(posting=posting, actor=user)
        except TransitionRefused:
            continue  # it is over in another way


WRITTEN = Holding(
    area="jobs.postings",
    title=_("Postings I wrote"),
    what=_("Which postings you wrote or changed for your organisation."),
    why=_("So that a posting can be checked, and nobody changes it unseen."),
    basis=_("The rules for online recruitment ask for it."),
    how_long=_("At least three years after the posting ended."),
    count=_count,
    models=(
        "jobs_postings.Posting",
        "jobs_postings.PostingTransition",
        "jobs_postings.PostingRevision",
    ),
    url_name="postings:mine",
    kinds=(Kind.EMPLOYER,),
    choices={"state": dict(PostingState.choices)},
)
KEPT = Remainder(
    code="postings",
    title=_("Postings of the organisation and their history"),
    why=_("They belong to the organisation; the rules for recruitment ask for them."),
    how_long=_("At least three years after the posting ended."),
    count=_count,
    models=(
        "jobs_postings.Posting",
        "jobs_postings.PostingTransition",
        "jobs_postings.PostingRevision",
    ),
)
LEAVER = Leaver(hide=pause_all)
