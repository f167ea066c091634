from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.consent.access import agreed_to
from accounts.consent.enums import Purpose
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.seekers.enums import Visibility
from accounts.seekers.models import CompanyBlock, SeekerProfile

# The words about what employers see under a pseudonym; raise it when they change.
# Whoever agreed to earlier words is seen by nobody until asked again.
CONSENT_VERSION = "2026-11-25"
# Whoever did not come back for so long may have work by now.
ACTIVE_DAYS = 90


def profile_for(user: User) -> SeekerProfile:
    """The seeker's own profile; 404 for every other kind and before the first step."""
    if user.kind != Kind.SEEKER:
        raise Http404
    return get_object_or_404(SeekerProfile, user=user)


def profile_or_none(user: User) -> SeekerProfile | None:
    """As profile_for, but None for a seeker who has not begun."""
    if user.kind != Kind.SEEKER:
        raise Http404
    return SeekerProfile.objects.filter(user=user).first()


def visible_profiles(*, now: datetime) -> QuerySet[SeekerProfile]:
    """Who may be shown to checked employers at all, before any limit of their own.

    The answer on the profile and the standing yes must both be there.
    """
    since = now - timedelta(days=ACTIVE_DAYS)
    agreed = agreed_to(Purpose.SHOW_PROFILE, version=CONSENT_VERSION)
    return SeekerProfile.objects.filter(
        Q(updated_at__gte=since) | Q(user__last_login__gte=since),
        Exists(agreed.filter(user=OuterRef("user"))),
        visibility=Visibility.PSEUDONYM,
        completed_at__isnull=False,
        user__is_active=True,
        user__kind=Kind.SEEKER,
    )


def hides_from_anybody(user: User) -> bool:
    """Whether this person keeps any company from seeing them."""
    return CompanyBlock.objects.filter(profile__user=user).exists()


def must_agree_again(profile: SeekerProfile) -> bool:
    """Asked to be seen, but said yes to words that no longer stand."""
    agreed = agreed_to(Purpose.SHOW_PROFILE, version=CONSENT_VERSION)
    return (
        profile.visibility == Visibility.PSEUDONYM
        and not agreed.filter(user=profile.user_id).exists()
    )


def skill_sources(profile: SeekerProfile) -> dict[str, str]:
    """The seeker's skills, each with the answer that shows it. One query."""
    return dict(profile.skills.values_list("skill", "source_answer"))


_EXPORTED = (
    "pseudonym",
    "contact_name",
    "contact_phone",
    "calls",
    "city_code",
    "district",
    "also_city_codes",
    "education",
    "birth_year",
    "past_roles",
    "did",
    "wanted_occupations",
    "wish_text",
    "min_pay",
    "constraints",
    "needs_housing",
    "can_start",
    "visibility",
)


def export_profile(user: User) -> dict[str, Any] | None:
    """Everything held about a seeker here, as values that JSON can hold."""
    profile = SeekerProfile.objects.filter(user=user).first()
    if profile is None:
        return None
    return {name: getattr(profile, name) for name in _EXPORTED} | {
        "years": None if profile.years is None else float(profile.years),
        "skills": {row.skill: row.source_answer for row in profile.skills.all()},
        "hidden_from": [str(row) for row in profile.blocks.all()],
    }
