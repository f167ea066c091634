from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.urls import reverse
from django.utils import timezone

from accounts.care.scheduling import emails
from accounts.care.scheduling.models import Appointment, Reminder
from accounts.care.scheduling.registry import ATTENDED, BOOKED, MISSED
from accounts.care.scheduling.services import outcomes, reminders
from accounts.lib.workflow import TransitionRefused
from tests.accounts.care.scheduling.make_talk import make_talk
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(cast: Cast) -> Appointment:
    made = make_talk(cast.seeker, cast.counselor)
    reminders.follow(made, BOOKED)
    return made


@pytest.fixture
def link(talk: Appointment) -> str:
    return emails.visit_token(Reminder.objects.filter(appointment=talk)[0].pk)


def past(cast: Cast, *, minutes: int) -> Appointment:
    return make_talk(
        cast.seeker,
        cast.counselor,
        starts_at=timezone.now() - timedelta(minutes=minutes),
    )


# ---- The link in the message


def test_the_link_shows_a_time_and_nothing_else(
    client: StrictClient, cast: Cast, link: str
) -> None:
    page = client.get(reverse("visits:by_link", args=[link]))
    told = page.content.decode()
    assert page.status_code == 200
    assert cast.counselor.name not in told
    assert cast.seeker.pseudonym not in told
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]


def test_one_tap_gives_the_time_back(
    client: StrictClient, talk: Appointment, link: str
) -> None:
    page = client.post(reverse("visits:cancel_by_link", args=[link]), follow=True)
    talk.refresh_from_db()
    assert talk.state == "cancelled_by_seeker"
    assert "已经取消" in page.content.decode()
    assert set(Reminder.objects.values_list("state", flat=True)) == {"dropped"}


def test_a_second_tap_says_that_it_is_done(client: StrictClient, link: str) -> None:
    url = reverse("visits:cancel_by_link", args=[link])
    client.post(url)
    assert client.post(url, follow=True).status_code == 200


@pytest.mark.parametrize("token", ["nonsense", Signer(salt="other").sign("x"), "a:b:c"])
def test_no_other_link_opens(
    client: StrictClient, talk: Appointment, token: str
) -> None:
    assert client.get(reverse("visits:by_link", args=[token])).status_code == 404
    url = reverse("visits:cancel_by_link", args=[token])
    assert client.post(url).status_code == 404
    talk.refresh_from_db()
    assert talk.state == "booked"


# ---- What became of it


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []
    monkeypatch.setattr(
        outcomes, "tell_followers", lambda row, event: told.append(event)
    )
    return told


def test_it_took_place(cast: Cast, events: list[str]) -> None:
    talk = past(cast, minutes=60)
    assert outcomes.mark_attended(appointment=talk).state == "attended"
    assert events == [ATTENDED]


def test_nobody_is_missed_before_a_quarter_of_an_hour(
    cast: Cast, events: list[str]
) -> None:
    talk = past(cast, minutes=14)
    with pytest.raises(outcomes.TooEarly):
        outcomes.mark_missed(appointment=talk)
    later = past_of(talk, minutes=16)
    assert outcomes.mark_missed(appointment=later).state == "no_show"
    assert events == [MISSED]


def past_of(talk: Appointment, *, minutes: int) -> Appointment:
    start = timezone.now() - timedelta(minutes=minutes)
    talk.starts_at = talk.blocked_from = start
    talk.save()
    return talk


def test_nothing_is_said_of_a_talk_to_come(cast: Cast, talk: Appointment) -> None:
    with pytest.raises(outcomes.TooEarly):
        outcomes.mark_attended(appointment=talk)


def test_a_cancelled_talk_has_no_outcome(cast: Cast) -> None:
    talk = past(cast, minutes=60)
    talk.state, talk.ended_at = "cancelled_by_seeker", timezone.now()
    talk.save()
    with pytest.raises(TransitionRefused):
        outcomes.mark_attended(appointment=talk)


def test_the_counselor_says_it_on_the_page(cast: Cast, client: StrictClient) -> None:
    talk = past(cast, minutes=60)
    sign_in(client, cast.counselor.user)
    assert str(talk.pk) in client.get(reverse("visits:open")).content.decode()
    client.post(reverse("visits:outcome", args=[talk.pk]), {"what": "missed"})
    talk.refresh_from_db()
    assert talk.state == "no_show"
    assert str(talk.pk) not in client.get(reverse("visits:open")).content.decode()


@pytest.mark.parametrize("what", ["", "cancelled", "attended'--"])
def test_anything_else_is_asked_again(
    cast: Cast, client: StrictClient, what: str
) -> None:
    talk = past(cast, minutes=60)
    sign_in(client, cast.counselor.user)
    url = reverse("visits:outcome", args=[talk.pk])
    page = client.post(url, {"what": what}, follow=True)
    talk.refresh_from_db()
    assert talk.state == "booked"
    assert "请在两个里选一个" in page.content.decode()


# ---- How to be reminded


def test_the_wish_is_kept(cast: Cast, client: StrictClient) -> None:
    sign_in(client, cast.seeker.user)
    url = reverse("visits:wish")
    assert client.post(url, {"way": "none"}).status_code == 302
    assert 'value="none"' in client.get(url).content.decode()
    assert client.post(url, {"way": "pigeon"}).status_code == 422
    page = client.get(url).content.decode()
    assert page.count("checked") == 1
