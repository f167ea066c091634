from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.consent.descriptions import Holding
from accounts.identity.enums import Kind
from accounts.identity.models import User
from jobs.matching.enums import FeedbackReason
from jobs.matching.models import MatchFeedback, PlainOrder


def _count(user: User) -> int:
    return (
        MatchFeedback.objects.filter(profile__user=user).count()
        + PlainOrder.objects.filter(profile__user=user).count()
    )


SAID = Holding(
    area="jobs.matching",
    title=_("What I said about suggestions"),
    what=_("Jobs you took off the list, why, the order you chose, your stored list."),
    why=_("So that what you do not want does not come up again."),
    basis=_("You said it for that. You can take each back."),
    how_long=_("Until you take it back or delete the account."),
    count=_count,
    models=(
        "jobs_matching.MatchFeedback",
        "jobs_matching.PlainOrder",
        "jobs_matching.StoredMatches",
    ),
    url_name="matching:said",
    kinds=(Kind.SEEKER,),
    choices={"reason": dict(FeedbackReason.choices)},
)
