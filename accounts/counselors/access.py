from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User


def listed_counselors() -> QuerySet[CounselorProfile]:
    """Public: who chose to be shown and can still sign in, by what they help with."""
    return CounselorProfile.objects.filter(
        is_listed=True, user__is_active=True
    ).order_by("scope", "name", "pk")


def own_profile_for(user: User) -> CounselorProfile:
    """The person's own page, or 404 for everybody who is no counselor."""
    return get_object_or_404(CounselorProfile, user=user)
