from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.access import check_access
from tests.cast import ROLES, Cast
from tests.make import sign_in

EVERYBODY = dict.fromkeys(ROLES, 200)


@pytest.mark.parametrize("role", ROLES)
def test_own_settings(client: Client, cast: Cast, role: str) -> None:
    sign_in(client, cast.user(role))
    answer = client.get(reverse("discreet:overview"))
    assert answer.status_code == (302 if role == "anonymous" else 200)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["discreet:pin", "discreet:pin_remove"])
def test_the_pin_asks_who_it_is_first(
    client: Client, cast: Cast, role: str, name: str
) -> None:
    sign_in(client, cast.user(role))
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert "/account/" in answer["Location"]
    assert "discreet" not in answer["Location"].partition("?")[0]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["discreet:everywhere", "discreet:awake"])
def test_buttons_need_a_form(client: Client, cast: Cast, role: str, name: str) -> None:
    sign_in(client, cast.user(role))
    expected = 302 if role == "anonymous" else 405
    assert client.get(reverse(name)).status_code == expected


@pytest.mark.parametrize("role", ROLES)
def test_nothing_to_unlock_without_a_pin(client: Client, cast: Cast, role: str) -> None:
    sign_in(client, cast.user(role))
    assert client.get(reverse("discreet:unlock"))["Location"] == "/"


@pytest.mark.parametrize("role", ROLES)
def test_anybody_may_leave(client: Client, cast: Cast, role: str) -> None:
    sign_in(client, cast.user(role))
    assert client.get(reverse("discreet:leave")).status_code == 302
    assert client.post(reverse("discreet:leave")).status_code == 204


@pytest.mark.parametrize("name", ["safety_plan", "offline", "service_worker"])
def test_kept_pages_are_for_everybody(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), EVERYBODY)


def test_the_manifest_is_for_everybody(cast: Cast) -> None:
    check_access(cast, reverse("manifest", args=["en", "ashore"]), EVERYBODY)
    check_access(cast, reverse("manifest", args=["xx", "ashore"]), {"anonymous": 404})
