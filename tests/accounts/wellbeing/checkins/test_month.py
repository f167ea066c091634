"""K6, where WHO-5 may not be asked: in English, once in thirty days, no alarm."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.care.safety.models import SafetyFlag
from accounts.care.vault.models import Subject
from accounts.care.vault.wall import behind_the_wall
from accounts.wellbeing.checkins.models import CheckIn, Notice
from accounts.wellbeing.checkins.services import drafts
from tests.accounts.wellbeing.checkins.make import keeping, reply, roster, take
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import sign_in

pytestmark = pytest.mark.django_db
__all__ = ["roster"]
START = "/care/check-ins/"


@pytest.fixture
def person(client: StrictClient, cast: Cast) -> StrictClient:
    sign_in(client, cast.seeker.user)
    return client


def speaks(cast: Cast, person: StrictClient, language: str) -> Subject:
    cast.seeker.user.language = language
    cast.seeker.user.save()
    person.cookies["django_language"] = language
    return keeping(cast.seeker.user)


def month(cast: Cast, person: StrictClient, place: int) -> str:
    """Every question answered alike; the page of the result."""
    speaks(cast, person, "en")
    person.post(reverse("checkins:begin"), {"what": "k6"})
    for _one in range(5):
        reply(person, answer=place)
    page = reply(person, answer=place)
    text = str(person.get(page["Location"]).content.decode())
    return text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(
    ("language", "is_noncommercial", "asked"),
    [
        ("en", False, "k6"),
        ("en", True, "who-5"),
        ("zh-hans", False, ""),
        ("zh-hans", True, "who-5"),
        ("zh-hant", False, ""),
        ("zh-hant", True, ""),
    ],
)
def test_who_is_asked_which(
    cast: Cast,
    person: StrictClient,
    settings: Any,
    language: str,
    is_noncommercial: bool,
    asked: str,
) -> None:
    settings.WELLBEING_NONCOMMERCIAL = is_noncommercial
    speaks(cast, person, language)
    page = person.get(START).content.decode()
    for name in ("k6", "who-5"):
        assert (f'value="{name}"' in page) == (name == asked), name
        begun = person.post(reverse("checkins:begin"), {"what": name})
        assert (begun["Location"] == reverse("checkins:question")) == (name == asked)


def test_a_hard_month_offers_a_talk_and_alarms_nobody(
    cast: Cast, person: StrictClient, roster: None
) -> None:
    text = month(cast, person, 0)
    assert "24 of 24 points" in text
    assert "It is worth talking to somebody." in text
    assert "You need not carry it alone" in text
    assert "© Ronald C. Kessler" in text
    assert 'role="alert"' not in text
    with behind_the_wall():
        assert not SafetyFlag.objects.exists()
        assert not Notice.objects.exists()


def test_an_easier_month_offers_nothing(cast: Cast, person: StrictClient) -> None:
    text = month(cast, person, 3)
    assert "6 of 24 points" in text
    assert "rather heavy at times" in text
    assert "You need not carry it alone" not in text


def test_it_looks_back_over_thirty_days(cast: Cast, person: StrictClient) -> None:
    subject = speaks(cast, person, "en")
    now = timezone.now()
    with translation.override("en"):
        take(subject, ("k6",), at=now - timedelta(days=29))
        with pytest.raises(drafts.TooEarly):
            drafts.begin_check_in(subject=subject, forms=("k6",))
        with behind_the_wall():
            CheckIn.objects.all().delete()
        take(subject, ("k6",), at=now - timedelta(days=30))
        drafts.begin_check_in(subject=subject, forms=("k6",))


def test_no_line_is_drawn_where_no_band_is_known(
    cast: Cast, person: StrictClient
) -> None:
    subject = speaks(cast, person, "en")
    with translation.override("en"):
        for days, place in ((70, 0), (35, 4)):
            at = timezone.now() - timedelta(days=days)
            take(subject, ("k6",), default=place, at=at)
    page = person.get(reverse("checkins:history")).content.decode()
    assert "How was the last month?" in page
    assert "checkin-trend" not in page
    assert "Compared with before" not in page
