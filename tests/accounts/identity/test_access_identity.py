from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import ROLES, Cast
from tests.make import sign_in


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["identity:account", "identity:trail"])
def test_own_pages(client: Client, cast: Cast, role: str, name: str) -> None:
    sign_in(client, cast.user(role))
    response = client.get(reverse(name))
    assert response.status_code == (302 if role == "anonymous" else 200)


@pytest.mark.parametrize("role", ROLES)
def test_removing_a_number_needs_a_form(client: Client, cast: Cast, role: str) -> None:
    sign_in(client, cast.user(role))
    where = reverse("identity:remove_phone")
    assert client.post(where).status_code == 302
    assert client.get(where).status_code == (302 if role == "anonymous" else 405)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "account_change_phone",
        "account_email",
        "account_reauthenticate",
        "mfa_index",
        "mfa_list_webauthn",
        "usersessions_list",
    ],
)
def test_pages_of_the_library(client: Client, cast: Cast, role: str, name: str) -> None:
    sign_in(client, cast.user(role))
    response = client.get(reverse(name))
    assert response.status_code == (302 if role == "anonymous" else 200)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["demo:sign_in", "demo:outbox"])
def test_demo_pages_are_open(client: Client, cast: Cast, role: str, name: str) -> None:
    sign_in(client, cast.user(role))
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_anybody_chooses_a_language(client: Client, cast: Cast, role: str) -> None:
    sign_in(client, cast.user(role))
    response = client.post(
        reverse("set_language"), {"language": "en", "next": "/help/"}
    )
    assert response["Location"] == "/help/"
    assert response.cookies["django_language"].value == "en"


@pytest.mark.parametrize("role", [role for role in ROLES if role != "anonymous"])
@pytest.mark.parametrize("name", ["account_login", "account_signup"])
def test_who_is_in_need_not_sign_in(
    client: Client, cast: Cast, role: str, name: str
) -> None:
    sign_in(client, cast.user(role))
    assert client.get(reverse(name)).status_code == 302
