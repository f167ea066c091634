from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.identity.models import AuditEvent, OutboxMessage, User
from tests.accounts.identity.codes import code_for
from tests.client import StrictClient
from tests.make import PASSWORD, make_user
from tests.words import says

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ACCOUNT = "/account/"


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def user() -> User:
    return make_user()


def enter(client: Client, user: User, *, shared: bool) -> None:
    data = {"login": str(user.email), "password": PASSWORD}
    client.post("/account/login/", data | ({"shared_phone": "on"} if shared else {}))


def is_in(client: Client) -> bool:
    return client.get(ACCOUNT).status_code == 200


def test_it_ends_with_the_browser(client: Client, user: User) -> None:
    enter(client, user, shared=True)
    assert client.session.get_expire_at_browser_close()
    assert client.cookies["sessionid"]["max-age"] == ""


def test_on_ones_own_phone_it_lasts(client: Client, user: User) -> None:
    enter(client, user, shared=False)
    assert not client.session.get_expire_at_browser_close()


def test_after_fifteen_idle_minutes_it_is_over(
    client: Client, user: User, clock: time_machine.Coordinates
) -> None:
    enter(client, user, shared=True)
    for _click in range(3):
        clock.shift(timedelta(minutes=14))
        assert is_in(client)
    clock.shift(timedelta(minutes=15))
    answer = client.get(ACCOUNT)
    assert answer["Location"] == "/account/login/"
    page = client.get(answer["Location"])
    assert says(page, "You were away for a while, so we signed you out.")


def test_ones_own_phone_may_lie_about(
    client: Client, user: User, clock: time_machine.Coordinates
) -> None:
    enter(client, user, shared=False)
    clock.shift(timedelta(hours=20))
    assert is_in(client)


def test_a_part_of_a_page_sends_the_whole_page_away(
    client: Client, user: User, clock: time_machine.Coordinates
) -> None:
    enter(client, user, shared=True)
    is_in(client)
    clock.shift(timedelta(minutes=20))
    answer = client.get("/jobs/", headers={"hx-request": "true"})
    assert answer["HX-Redirect"] == "/account/login/"


def test_it_is_remembered_while_the_code_is_typed(client: Client, user: User) -> None:
    data = {"contact": str(user.email), "shared_phone": "on"}
    client.post("/account/login/code/", data)
    code = code_for(str(user.email))
    client.post("/account/login/code/confirm/", {"code": code})
    assert is_in(client)
    assert client.session.get_expire_at_browser_close()


def test_a_tick_taken_back_counts(client: Client, user: User) -> None:
    data = {"login": str(user.email), "password": "wrong", "shared_phone": "on"}
    page = client.post("/account/login/", data).content.decode()
    assert 'name="shared_phone" data-shared-phone checked' in page
    enter(client, user, shared=False)
    assert not client.session.get_expire_at_browser_close()


def test_the_way_out_stands_on_every_page(client: Client, user: User) -> None:
    enter(client, user, shared=True)
    for path in ("/", ACCOUNT, "/help/"):
        assert 'class="shared-bar"' in client.get(path).content.decode()


def test_such_a_phone_keeps_nothing(client: Client, user: User) -> None:
    """No worker, no home screen: the page asks for neither."""
    assert "data-worker" in client.get("/help/").content.decode()
    enter(client, user, shared=True)
    page = client.get("/help/").content.decode()
    assert "data-shared" in page
    assert "data-worker" not in page
    assert 'rel="manifest"' not in page


def test_leaving_quickly_signs_out_there(client: Client, user: User) -> None:
    enter(client, user, shared=True)
    answer = client.post("/leave/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert not is_in(client)


def test_leaving_quickly_keeps_ones_own_session(client: Client, user: User) -> None:
    enter(client, user, shared=False)
    client.post("/leave/")
    assert is_in(client)


def test_one_tap_ends_every_session(client: Client, user: User) -> None:
    others = [StrictClient() for _place in range(2)]
    for one in (client, *others):
        enter(one, user, shared=False)
    answer = client.post("/account/discreet/everywhere/")
    assert answer["Location"] == "/account/login/"
    assert [is_in(one) for one in (client, *others)] == [False, False, False]
    assert AuditEvent.objects.filter(action="discreet.signed_out_everywhere").exists()


def test_nobody_else_is_signed_out(client: Client, user: User) -> None:
    other = make_user(email="other@example.com")
    bystander = StrictClient()
    enter(bystander, other, shared=False)
    enter(client, user, shared=False)
    client.post("/account/discreet/everywhere/")
    assert is_in(bystander)
    assert not OutboxMessage.objects.exists()
