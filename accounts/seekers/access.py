from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.seekers.models import SeekerProfile


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
