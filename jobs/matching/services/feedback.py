"""What a seeker says about suggestions: kept, taken back, cleared; each is audited."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.seekers.models import SeekerProfile
from accounts.seekers.services import note_change
from jobs.matching.enums import FeedbackReason
from jobs.matching.models import MatchFeedback, PlainOrder, StoredMatches
from jobs.matching.rules.feedback import leaning_of
from jobs.matching.services.features import facts_for
from jobs.postings.models import Posting


@transaction.atomic
def give_feedback(
    *, profile: SeekerProfile, actor: User, posting: Posting, reason: FeedbackReason
) -> MatchFeedback:
    """Never show this posting again; a second word about it replaces the first."""
    job = facts_for(posting)
    row = MatchFeedback.objects.filter(profile=profile, posting=posting).first()
    row = row or MatchFeedback(profile=profile, posting=posting)
    row.reason = reason
    row.occupation = job.occupations[0][0][:40] if job.occupations else ""
    row.leaning = leaning_of(reason, job)
    # The unique constraint answers two taps at once; full_clean would only ask first.
    row.full_clean(validate_unique=False, validate_constraints=False)
    row, _created = MatchFeedback.objects.update_or_create(
        profile=profile, posting=posting, defaults=_values(row)
    )
    _follow(profile, actor, "matching.feedback_given", {"reason": reason.value})
    return row


def _values(row: MatchFeedback) -> dict[str, Any]:
    names = ("reason", "occupation", "leaning")
    return {name: getattr(row, name) for name in names}


@transaction.atomic
def take_back(*, profile: SeekerProfile, actor: User, posting: Posting) -> bool:
    """The posting may be shown again; False when nothing was said about it."""
    found = MatchFeedback.objects.filter(profile=profile, posting=posting)
    if not found.delete()[0]:
        return False
    _follow(profile, actor, "matching.feedback_taken_back", {})
    return True


@transaction.atomic
def clear_feedback(*, profile: SeekerProfile, actor: User) -> int:
    number = MatchFeedback.objects.filter(profile=profile).delete()[0]
    if number:
        _follow(profile, actor, "matching.feedback_cleared", {"number": number})
    return number


@transaction.atomic
def choose_order(*, profile: SeekerProfile, actor: User, is_personal: bool) -> None:
    """Switch the personal order on, or off: then the newest comes first."""
    if is_personal:
        PlainOrder.objects.filter(profile=profile).delete()
    else:
        PlainOrder.objects.get_or_create(profile=profile)
    _follow(profile, actor, "matching.order_chosen", {"personal": is_personal})


def _follow(
    profile: SeekerProfile, actor: User, action: str, detail: dict[str, Any]
) -> None:
    """What was worked out from the profile before is no longer true."""
    note_change(profile=profile)
    record_event(
        action=action, actor=actor, on=profile, about=profile.user, detail=detail
    )


@transaction.atomic
def erase_feedback(user: User) -> None:
    StoredMatches.objects.filter(profile__user=user).delete()
    MatchFeedback.objects.filter(profile__user=user).delete()
    PlainOrder.objects.filter(profile__user=user).delete()
