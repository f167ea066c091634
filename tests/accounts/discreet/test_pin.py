from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.discreet.access import export_pin
from accounts.discreet.enums import Try
from accounts.discreet.models import Pin
from accounts.discreet.rules.lock import MOST_WRONG
from accounts.discreet.services import erase_pin, set_pin, try_pin
from accounts.identity.models import AuditEvent, User
from tests.client import StrictClient
from tests.make import PASSWORD, make_seeker, make_user, sign_in
from tests.words import says

pytestmark = pytest.mark.django_db

PIN = "2580"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HOME, ACCOUNT, UNLOCK = "/", "/account/", "/account/pin/"


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def user(clock: object) -> User:
    user = make_seeker(pseudonym="海风").user
    user.display_name = "李晓舟"
    user.save()
    set_pin(user=user, pin=PIN, idle_minutes=5, keep_session="")
    return user


@pytest.fixture
def signed_in(client: StrictClient, user: User) -> StrictClient:
    sign_in(client, user)
    return client


def later(clock: time_machine.Coordinates, **time: int) -> None:
    clock.shift(timedelta(**time))


# --- the lock ---
def test_it_is_not_asked_for_while_somebody_is_there(
    signed_in: Client, clock: time_machine.Coordinates
) -> None:
    for _click in range(6):
        later(clock, minutes=4)
        assert signed_in.get(ACCOUNT).status_code == 200


def test_after_five_minutes_it_is_asked_for(
    signed_in: Client, clock: time_machine.Coordinates
) -> None:
    later(clock, minutes=5)
    answer = signed_in.get("/account/trail/?before=9")
    assert answer["Location"] == "/account/pin/?next=%2Faccount%2Ftrail%2F%3Fbefore%3D9"
    page = signed_in.get(answer["Location"])
    assert says(page, "Your PIN, please")
    answer = signed_in.post(UNLOCK, {"pin": PIN, "next": "/account/trail/?before=9"})
    assert answer["Location"] == "/account/trail/?before=9"
    assert signed_in.get(ACCOUNT).status_code == 200


def test_asking_again_does_not_open_it(
    signed_in: Client, clock: time_machine.Coordinates
) -> None:
    later(clock, minutes=5)
    assert [signed_in.get(ACCOUNT).status_code for _try in range(3)] == [302] * 3


def test_leaving_quickly_closes_it_at_once(signed_in: Client) -> None:
    assert signed_in.post("/leave/").status_code == 204
    assert signed_in.get(ACCOUNT)["Location"].startswith(UNLOCK)


def test_an_htmx_part_is_told_where_to_go(signed_in: Client) -> None:
    signed_in.post("/leave/")
    answer = signed_in.get("/jobs/", headers={"hx-request": "true"})
    assert answer["HX-Redirect"] == UNLOCK
    assert answer.content == b""


def test_a_form_is_not_carried_out(signed_in: Client, user: User) -> None:
    signed_in.post("/leave/")
    answer = signed_in.post(ACCOUNT, {"display_name": "坏人"})
    assert answer["Location"] == UNLOCK
    user.refresh_from_db()
    assert user.display_name == "李晓舟"


@pytest.mark.parametrize(
    "path", ["/help/", "/help/plan/", "/offline/", UNLOCK, "/sw.js"]
)
def test_what_is_open_names_nobody(signed_in: Client, path: str) -> None:
    signed_in.post("/leave/")
    answer = signed_in.get(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    for private in (
        "李晓舟",
        "海风",
        "seeker@example.com",
        ACCOUNT + '"',
        "/applications/",
    ):
        assert private not in page


@pytest.mark.parametrize(
    "path", ["/", "/jobs/", "/profile/", "/account/discreet/", "/account/login/", "/x/"]
)
def test_everything_else_is_closed(signed_in: Client, path: str) -> None:
    signed_in.post("/leave/")
    assert signed_in.get(path)["Location"].startswith(UNLOCK)


def test_messages_that_wait_are_not_read_by_others(signed_in: Client) -> None:
    signed_in.post(ACCOUNT, {"display_name": "李晓舟"})
    signed_in.post("/leave/")
    assert not says(signed_in.get("/help/"), "Saved.")


def test_signing_out_works_while_it_is_closed(signed_in: Client) -> None:
    signed_in.post("/leave/")
    answer = signed_in.post("/account/logout/", {"next": "/account/login/"})
    assert answer["Location"] == "/account/login/"
    assert "_auth_user_id" not in signed_in.session


def test_the_language_can_be_changed_but_not_the_account(
    signed_in: Client, user: User
) -> None:
    signed_in.post("/leave/")
    signed_in.post("/language/", {"language": "en", "next": UNLOCK})
    user.refresh_from_db()
    assert user.language == "zh-hans"


def test_writing_for_long_counts_as_being_there(
    signed_in: Client, clock: time_machine.Coordinates
) -> None:
    for _minute in range(10):
        later(clock, minutes=1)
        assert signed_in.post("/account/pin/awake/").status_code == 204
    assert signed_in.get(ACCOUNT).status_code == 200


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", ""])
def test_it_leads_nowhere_else(signed_in: Client, target: str) -> None:
    signed_in.post("/leave/")
    answer = signed_in.post(UNLOCK, {"pin": PIN, "next": target})
    assert answer["Location"] == "/"


def test_no_page_costs_a_query_more(
    signed_in: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in.get("/help/")
    with django_assert_num_queries(2):  # the session, the person
        signed_in.get("/help/")


def test_who_is_not_locked_has_nothing_to_unlock(signed_in: Client) -> None:
    assert signed_in.get(UNLOCK)["Location"] == "/"


# --- wrong tries ---
def test_five_wrong_tries_sign_out(signed_in: Client, user: User) -> None:
    signed_in.post("/leave/")
    for left in (4, 3, 2, 1):
        page = signed_in.post(UNLOCK, {"pin": "1111"}).content.decode()
        assert f" {left} " in page
    answer = signed_in.post(UNLOCK, {"pin": "1111"})
    assert answer["Location"] == "/account/login/"
    assert "_auth_user_id" not in signed_in.session
    events = AuditEvent.objects.filter(action="discreet.pin_tries_spent")
    assert events.get().subject_id == user.pk


def test_the_right_one_comes_too_late_afterwards(user: User) -> None:
    for _try in range(MOST_WRONG):
        try_pin(user=user, pin="1111")
    assert try_pin(user=user, pin=PIN) == Try.SPENT


def test_another_session_of_theirs_gets_no_more_tries(
    signed_in: Client, user: User
) -> None:
    for _try in range(MOST_WRONG):
        try_pin(user=user, pin="1111")
    signed_in.post("/leave/")
    answer = signed_in.post(UNLOCK, {"pin": PIN})
    assert answer["Location"] == "/account/login/"


def test_the_right_one_forgives(user: User) -> None:
    for _round in range(3):
        for _try in range(MOST_WRONG - 1):
            assert try_pin(user=user, pin="1111") == Try.WRONG
        assert try_pin(user=user, pin=PIN) == Try.RIGHT


def test_the_ordinary_sign_in_forgives(client: Client, user: User) -> None:
    for _try in range(MOST_WRONG):
        try_pin(user=user, pin="1111")
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert client.get(ACCOUNT).status_code == 200
    assert try_pin(user=user, pin=PIN) == Try.RIGHT


# --- setting it ---
def test_it_is_set_after_the_password_was_shown(client: Client, clock: object) -> None:
    user = make_user()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    where = reverse("discreet:pin")
    assert client.get(where)["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert client.get(where).status_code == 200
    client.post(where, {"pin": PIN, "idle_minutes": "1"})
    assert export_pin(user) == {"idle_minutes": 1, "set_at": NOW.isoformat()}


def test_a_form_that_comes_too_late_leaves_no_pin_behind(client: Client) -> None:
    """The library would keep the whole form in the session for afterwards."""
    user = make_user()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    where = reverse("discreet:pin")
    answer = client.post(where, {"pin": PIN, "idle_minutes": "5"})
    assert answer["Location"] == where
    assert PIN not in str(dict(client.session.items()))
    assert not Pin.objects.exists()


@pytest.mark.parametrize("wrong", ["123", "1234567", "abcd", "1234", "7777", ""])
def test_what_is_no_pin_is_said(client: Client, wrong: str, db: None) -> None:
    user = make_user()
    user.set_unusable_password()
    user.save()
    sign_in(client, user)
    page = client.post(reverse("discreet:pin"), {"pin": wrong, "idle_minutes": "5"})
    assert page.status_code == 200
    assert not Pin.objects.exists()
    assert 'aria-invalid="true"' in page.content.decode()


def test_full_width_digits_are_digits(client: Client, db: None) -> None:
    user = code_only(client)
    client.post(reverse("discreet:pin"), {"pin": "２５８０", "idle_minutes": "5"})
    assert try_pin(user=user, pin="2580") == Try.RIGHT


def code_only(client: Client) -> User:
    """Somebody who signs in with codes has no password to show."""
    user = make_user(email="codes@example.com")
    user.set_unusable_password()
    user.save()
    sign_in(client, user)
    return user


def test_without_a_password_the_old_pin_is_shown(client: Client, db: None) -> None:
    user = code_only(client)
    where = reverse("discreet:pin")
    client.post(where, {"pin": PIN, "idle_minutes": "5"})
    client.post(where, {"current": "1357", "pin": "9053", "idle_minutes": "5"})
    assert try_pin(user=user, pin=PIN) == Try.RIGHT
    client.post(where, {"current": PIN, "pin": "9053", "idle_minutes": "5"})
    assert try_pin(user=user, pin="9053") == Try.RIGHT


def test_removing_it_by_guessing_signs_out(client: Client, db: None) -> None:
    code_only(client)
    client.post(reverse("discreet:pin"), {"pin": PIN, "idle_minutes": "5"})
    for _try in range(MOST_WRONG):
        client.post(reverse("discreet:pin_remove"), {"current": "1357"})
    assert "_auth_user_id" not in client.session
    assert Pin.objects.exists()


def test_removed_means_never_asked(
    client: Client, clock: time_machine.Coordinates
) -> None:
    code_only(client)
    client.post(reverse("discreet:pin"), {"pin": PIN, "idle_minutes": "5"})
    client.post(reverse("discreet:pin_remove"), {"current": PIN})
    later(clock, hours=3)
    assert client.get(ACCOUNT).status_code == 200


def test_setting_it_signs_out_everywhere_else(
    client: Client, clock: time_machine.Coordinates
) -> None:
    user = make_user()
    elsewhere = StrictClient()
    elsewhere.post("/account/login/", {"login": user.email, "password": PASSWORD})
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.post(reverse("discreet:pin"), {"pin": PIN, "idle_minutes": "5"})
    assert elsewhere.get(ACCOUNT).status_code == 302
    assert client.get(ACCOUNT).status_code == 200
    later(clock, minutes=6)
    assert client.get(ACCOUNT)["Location"].startswith(UNLOCK)


# --- the row ---
def test_nobody_can_read_it_in_the_database(user: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_discreet_pin")
        (stored,) = cursor.fetchone()
    assert PIN not in stored
    assert "md5" not in stored  # the hash itself is encrypted too


def test_the_database_knows_the_limits(user: User) -> None:
    with pytest.raises(IntegrityError):
        Pin.objects.filter(user=user).update(wrong_tries=MOST_WRONG + 1)


def test_erasing_takes_it_along(user: User) -> None:
    erase_pin(user)
    assert export_pin(user) is None
    erase_pin(user)
