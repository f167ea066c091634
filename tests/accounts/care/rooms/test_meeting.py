"""The number to call: for the time of the talk only, and every look is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.care.scheduling.models import Appointment
from accounts.care.scheduling.services.sealed import PHONE
from accounts.care.vault import keys
from accounts.care.vault.access import looks_at
from accounts.care.vault.services.subjects import ensure_subject
from tests.accounts.care.rooms.make import make_appointment
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import sign_in

pytestmark = pytest.mark.django_db
NUMBER = "13711112222"


@pytest.fixture
def counselor(cast: Cast) -> Client:
    client = StrictClient()
    sign_in(client, cast.counselor.user)
    return client


def by_phone(cast: Cast, *, minutes: float) -> Appointment:
    subject = ensure_subject(user=cast.seeker.user)
    return make_appointment(
        cast.seeker,
        cast.counselor,
        mode="phone",
        phone=keys.seal(subject, PHONE, NUMBER),
        starts_at=timezone.now() + timedelta(minutes=minutes),
    )


@pytest.mark.parametrize(
    ("minutes", "is_shown"), [(11, False), (9, True), (-64, True), (-66, False)]
)
def test_the_number_for_the_time_of_the_talk(
    cast: Cast, counselor: Client, minutes: float, is_shown: bool
) -> None:
    made = by_phone(cast, minutes=minutes)
    page = counselor.get(reverse("rooms:meet", args=[made.pk])).content.decode()
    assert (NUMBER in page) is is_shown
    looks = looks_at(ensure_subject(user=cast.seeker.user))
    assert [look.action for look in looks] == ["room.number"] * is_shown
