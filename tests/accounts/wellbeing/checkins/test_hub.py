"""One page for oneself: what is due, who listens, and what may be left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.care.vault import keys
from accounts.care.vault.enums import Scope
from accounts.care.vault.services import grants
from accounts.care.vault.wall import behind_the_wall
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.models import Mood
from accounts.wellbeing.checkins.services import around
from tests.accounts.wellbeing.checkins.make import keeping, take, with_counselor
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import sign_in

pytestmark = pytest.mark.django_db
CARE = "/care/"


@pytest.fixture
def person(client: StrictClient, cast: Cast) -> StrictClient:
    sign_in(client, cast.seeker.user)
    return client


def hub(person: StrictClient) -> str:
    return str(person.get(CARE).content.decode())


def test_seekers_find_it_and_nobody_else_is_told(cast: Cast) -> None:
    link = f'href="{CARE}"'
    for role in ("seeker", "employer", "operator"):
        client = StrictClient()
        sign_in(client, cast.user(role))
        text = client.get("/", follow=True).content.decode()
        assert (link in text) == (role == "seeker"), role
    assert link not in StrictClient().get("/").content.decode()


def test_a_stranger_to_it_is_asked_nothing(person: StrictClient) -> None:
    text = hub(person)
    assert reverse("checkins:start") in text
    assert 'name="mood"' not in text
    assert reverse("vault:privacy") in text
    assert reverse("safety_plan") in text
    assert reverse("help") in text


def test_due_is_offered_and_not_due_is_left_in_peace(
    cast: Cast, person: StrictClient
) -> None:
    subject = keeping(cast.seeker.user)
    assert "10 个问题，想答再答" in hub(person)
    take(subject, at=timezone.now() - timedelta(days=20))
    # Tiredness waits for its four weeks, the short ones are due.
    assert "4 个问题，想答再答" in hub(person)
    take(subject, ("phq-2", "gad-2"))
    text = hub(person)
    assert "想答再答" not in text
    assert "现在不用答" in text


def test_a_mood_is_one_tap_and_three_words_at_most(
    cast: Cast, person: StrictClient
) -> None:
    keeping(cast.seeker.user)
    page = person.post(reverse("checkins:mood"), {"mood": "2"})
    with behind_the_wall():
        mood = Mood.objects.select_related("subject").get()
        told = keys.unseal(mood.subject, access.TOLD, mood.told)
    assert told == {"mood": 2, "tags": []}
    url = page["Location"]
    many = {"tags": ["sleep", "money", "alone", "angry"]}
    assert person.post(url, many).status_code == 422
    assert person.post(url, {"tags": ["不睡"]}).status_code == 422
    assert person.post(url, {"tags": ["sleep", "money"]})["Location"] == CARE
    with behind_the_wall():
        mood.refresh_from_db()
        told = keys.unseal(mood.subject, access.TOLD, mood.told)
    assert told == {"mood": 2, "tags": ["sleep", "money"]}


@pytest.mark.parametrize("mood", ["0", "6", "", "x"])
def test_other_moods_there_are_not(cast: Cast, person: StrictClient, mood: str) -> None:
    keeping(cast.seeker.user)
    assert person.post(reverse("checkins:mood"), {"mood": mood}).status_code == 404
    with behind_the_wall():
        assert not Mood.objects.exists()


def test_the_counselor_and_what_they_see(cast: Cast, person: StrictClient) -> None:
    subject = keeping(cast.seeker.user)
    with_counselor(subject, cast.counselor)
    name = cast.counselor.name
    assert name in hub(person)
    assert "什么都看不到" in hub(person)
    around.share(subject=subject, scope=Scope.SHARE_ITEMS)
    assert "还有每一题的答案" in hub(person)
    grants.revoke_scope(
        subject=subject, scope=Scope.SHARE_ITEMS, counselor=cast.counselor
    )
    assert "看不到每一题的答案" in hub(person)


def test_without_a_counselor_nothing_is_shared(
    cast: Cast, person: StrictClient
) -> None:
    subject = keeping(cast.seeker.user)
    person.post(reverse("checkins:share"), {"what": "summary", "do": "give"})
    with pytest.raises(around.NoCounselor):
        around.share(subject=subject, scope=Scope.SHARE_SUMMARY)
    page = person.post(reverse("checkins:share"), {"what": "all", "do": "give"})
    assert page.status_code == 404
