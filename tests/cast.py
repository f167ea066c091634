"""The people every access test asks: may each of them see this?"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from accounts.counselors.models import CounselorProfile
from accounts.employers.models import Organization
from accounts.identity.models import User
from accounts.seekers.models import SeekerProfile
from tests.make import (
    make_counselor,
    make_member,
    make_organization,
    make_seeker,
    make_user,
)

ROLES = (
    "anonymous",
    "seeker",
    "other_seeker",
    "employer",
    "colleague",
    "other_employer",
    "counselor",
    "other_counselor",
    "moderator",
    "operator",
)


@dataclass(frozen=True, slots=True)
class Cast:
    seeker: SeekerProfile
    other_seeker: SeekerProfile
    organization: Organization
    other_organization: Organization
    employer: User
    colleague: User
    other_employer: User
    counselor: CounselorProfile
    other_counselor: CounselorProfile
    moderator: User
    operator: User

    def user(self, role: str) -> User | None:
        """The account of a role in ROLES; None for anonymous."""
        if role == "anonymous":
            return None
        member = getattr(self, role)
        return member if isinstance(member, User) else member.user


@pytest.fixture
def cast(db: None) -> Cast:
    organization = make_organization()
    other = make_organization(uscc="91000000MA1A002002", display_name="远帆客服")
    return Cast(
        seeker=make_seeker(),
        other_seeker=make_seeker(email="other.seeker@example.com", pseudonym="晚风"),
        organization=organization,
        other_organization=other,
        employer=make_member(organization, role="admin"),
        colleague=make_member(organization, email="colleague@example.com"),
        other_employer=make_member(other, email="other.hr@example.com", role="admin"),
        counselor=make_counselor(),
        other_counselor=make_counselor(email="counselor2@example.com", name="何老师"),
        moderator=make_user("moderator", email="moderator@example.com"),
        operator=make_user("operator", email="operator@example.com"),
    )
