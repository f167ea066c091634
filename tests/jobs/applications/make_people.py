"""People who agreed to be found, employers apart from each other, invitations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.consent.enums import Purpose
from accounts.consent.models import Consent
from accounts.employers.models import Organization
from accounts.identity.models import User
from accounts.seekers.access import CONSENT_VERSION
from accounts.seekers.enums import Visibility
from accounts.seekers.models import SeekerProfile, SkillClaim
from accounts.seekers.rules import claims_from
from jobs.applications.models import Invitation
from jobs.applications.services.invitations import invite
from jobs.matching.access.candidates import reference_of
from jobs.postings.models import Posting
from tests.make import make_organization, make_seeker


def agree(profile: SeekerProfile, *, version: str = CONSENT_VERSION) -> Consent:
    """Shown under a pseudonym, by the answer and by the yes."""
    profile.visibility = Visibility.PSEUDONYM
    profile.save()
    # The field's default would not follow a clock that a test has set.
    return Consent.objects.create(
        user=profile.user,
        purpose=Purpose.SHOW_PROFILE,
        version=version,
        granted_at=timezone.now(),
    )


def make_visible(number: int = 1, **fields: Any) -> SeekerProfile:
    """A seeker in Shanghai whom a hotline posting suits, and who agreed to be found."""
    email = f"visible{number}@example.com"
    profile = make_seeker(**({"email": email, "pseudonym": f"白帆{number}"} | fields))
    SkillClaim.objects.bulk_create(
        SkillClaim(
            profile=profile,
            skill=claim.skill,
            source_answer=claim.source_answer,
            level=claim.level,
        )
        for claim in claims_from(profile.did)
    )
    agree(profile)
    return profile


def make_apart(number: int, name: str, **fields: Any) -> Organization:
    """An organisation that shares nothing with the others of the tests."""
    return make_organization(
        uscc=f"91000000MA1B{number:06}",
        display_name=name,
        **(
            {
                "legal_representative": f"代表{number}",
                "contact_phone": f"+8621588800{number:02}",
            }
            | fields
        ),
    )


def ask(
    posting: Posting, seeker: SeekerProfile, actor: User, now: datetime | None = None
) -> Invitation:
    """Invited through the service, as a member would."""
    reference = reference_of(posting, seeker)
    return invite(posting=posting, actor=actor, reference=reference, now=now)[0]


def people_url(posting: Posting) -> str:
    return reverse("applications:people", args=[posting.public_id])


def person_url(posting: Posting, seeker: SeekerProfile, name: str = "person") -> str:
    reference = reference_of(posting, seeker)
    return reverse(f"applications:{name}", args=[posting.public_id, reference])
