"""What a seeker said about suggestions; only they themselves see it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from accounts.identity.models import User
from accounts.seekers.models import SeekerProfile
from jobs.matching.access.stored import export_stored
from jobs.matching.enums import FeedbackReason
from jobs.matching.models import MatchFeedback, PlainOrder
from jobs.matching.rules.feedback import dislikes_of
from jobs.postings.models import Posting

# Posting's public id, reason, occupation, leaning.
_Row = tuple[uuid.UUID, str, str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """Everything one seeker said, as the rules take it."""

    hidden_postings: frozenset[str]
    dislikes: tuple[tuple[str, float], ...]
    leanings: frozenset[str]


def said_by(profile: SeekerProfile) -> Said:
    """One query."""
    return said_by_each([profile])[profile.pk]


def said_by_each(profiles: Collection[SeekerProfile]) -> dict[int, Said]:
    """By the profile's key. One query."""
    found: dict[int, list[_Row]] = {profile.pk: [] for profile in profiles}
    rows = MatchFeedback.objects.filter(profile__in=found).values_list(
        "profile_id", "posting__public_id", "reason", "occupation", "leaning"
    )
    for key, public_id, reason, occupation, leaning in rows:
        found[key].append((public_id, reason, occupation, leaning))
    return {key: _said(rows) for key, rows in found.items()}


def _said(rows: Sequence[_Row]) -> Said:
    kind = FeedbackReason.NOT_THIS_WORK
    return Said(
        hidden_postings=frozenset(str(row[0]) for row in rows),
        dislikes=dislikes_of(code for _id, reason, code, _l in rows if reason == kind),
        leanings=frozenset(row[3] for row in rows if row[3]),
    )


def feedback_of(profile: SeekerProfile) -> QuerySet[MatchFeedback]:
    """Newest first, with postings and employers."""
    found = MatchFeedback.objects.filter(profile=profile)
    return found.select_related("posting__organization").order_by("-created_at", "-pk")


def feedback_on(profile: SeekerProfile, posting: Posting) -> MatchFeedback | None:
    return MatchFeedback.objects.filter(profile=profile, posting=posting).first()


def posting_to_judge(profile: SeekerProfile, public_id: uuid.UUID) -> Posting:
    """An open posting, or one this seeker has judged before; 404 otherwise."""
    judged = MatchFeedback.objects.filter(profile=profile).values("posting")
    is_open = Q(pk__in=Posting.objects.open().values("pk"))
    found = Posting.objects.filter(is_open | Q(pk__in=judged))
    return get_object_or_404(found.select_related("organization"), public_id=public_id)


def is_plain_order(profile: SeekerProfile) -> bool:
    return PlainOrder.objects.filter(profile=profile).exists()


def export_feedback(user: User) -> dict[str, Any] | None:
    rows = MatchFeedback.objects.filter(profile__user=user).select_related("posting")
    plain = PlainOrder.objects.filter(profile__user=user).exists()
    stored = export_stored(user)
    if not rows and not plain and not stored:
        return None
    return {
        "not_for_me": [
            {
                "posting": row.posting.title,
                "reason": row.reason,
                "occupation": row.occupation,
                "leaning": row.leaning,
                "at": row.created_at.isoformat(),
            }
            for row in rows.order_by("pk")
        ],
        "newest_first": plain,
        "stored_list": stored,
    }
