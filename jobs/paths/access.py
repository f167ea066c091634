from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models import Count

from accounts.identity.enums import Kind
from accounts.seekers.access import profile_or_none
from accounts.seekers.models import SeekerProfile
from jobs.paths.rules.content import TIERS
from jobs.paths.rules.score import Person
from jobs.postings.models import Posting

COUNTED_FOR_SECONDS = 300
# Four first and fifteen "new first" cities, as they are commonly listed.
_FIRST = frozenset({"1101", "3101", "4401", "4403"})
_NEW_FIRST = frozenset(
    {
        *("5101", "3301", "5001", "3205", "4201", "6101", "3201", "4301"),
        *("1201", "4101", "4419", "3202", "3302", "3702", "3401"),
    }
)


def profile_of(user: Any) -> SeekerProfile | None:
    """The viewer's own profile; None for everybody who is not a seeker with answers."""
    if getattr(user, "kind", "") != Kind.SEEKER:
        return None
    return profile_or_none(user)


def person_of(profile: SeekerProfile | None) -> Person:
    if profile is None:
        return Person()
    return Person(
        roles=tuple(profile.past_roles),
        claims=frozenset(profile.skills.values_list("skill", flat=True)),
        education=profile.education,
    )


def tier_of(profile: SeekerProfile | None) -> str:
    """The kind of city whose pay is shown first."""
    code = profile.city_code if profile else ""
    if code in _FIRST:
        return TIERS[0]
    return TIERS[1] if code in _NEW_FIRST or not code else TIERS[2]


def open_by_occupation() -> dict[str, int]:
    """How many open postings name each occupation; at most five minutes old."""
    found: dict[str, int] | None = cache.get("open-by-occupation")
    if found is None:
        rows = (
            Posting.objects.open()
            .exclude(occupation="")
            .values("occupation")
            .annotate(total=Count("pk"))
            .order_by("occupation")
        )
        found = {row["occupation"]: row["total"] for row in rows}
        cache.set("open-by-occupation", found, COUNTED_FOR_SECONDS)
    return found
