from __future__ import annotations

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
