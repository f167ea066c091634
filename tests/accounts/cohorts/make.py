from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.cohorts.enums import GiverKind
from accounts.cohorts.models import Cohort, CohortMember
from accounts.cohorts.services import cohorts as services
from accounts.consent.enums import Purpose
from accounts.consent.models import Consent
from accounts.identity.models import User
from accounts.seekers.models import SeekerProfile
from tests.make import make_seeker, make_user

FORMER = "青禾消费金融有限公司(虚构)"


def make_cohort(*, actor: User | None = None, **fields: Any) -> Cohort:
    """Open since yesterday, for about thirty people from one company in Shanghai."""
    now = timezone.now()
    values: dict[str, Any] = {
        "label": "一起找新工作",
        "giver_kind": GiverKind.STREET_OFFICE,
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=30),
        "size_limit": 30,
        "city_code": "3101",
        "former_employer": FORMER,
    }
    actor = actor or make_user("operator", email="op@example.com")
    return services.create_cohort(actor=actor, **(values | fields))


def join_new(cohort: Cohort, number: int) -> CohortMember:
    """Somebody new with a finished profile joins."""
    seeker = make_seeker(email=f"m{number}@example.com", pseudonym=f"人{number}")
    return services.join_cohort(cohort=cohort, user=seeker.user)


def set_offsets(cohort: Cohort, offset: int) -> None:
    cohort.figures.update(offset=offset)


def fill(cohort: Cohort, numbers: Iterable[int], *, finished: bool = True) -> None:
    """Many members at once, for counting."""
    moment = timezone.now() if finished else None
    users = User.objects.bulk_create(
        User(email=f"f{number}@example.com", password="!") for number in numbers
    )
    seekers = SeekerProfile.objects.bulk_create(
        SeekerProfile(user=user, pseudonym="人", completed_at=moment) for user in users
    )
    consents = Consent.objects.bulk_create(
        Consent(
            user=user,
            purpose=Purpose.COHORT,
            version=services.CONSENT_VERSION,
            scope=services.scope_of(cohort),
        )
        for user in users
    )
    CohortMember.objects.bulk_create(
        CohortMember(cohort=cohort, seeker=seeker, consent=consent)
        for seeker, consent in zip(seekers, consents, strict=True)
    )
