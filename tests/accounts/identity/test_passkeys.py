from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts.identity.models import User
from tests.accounts.identity.passkeys import Passkey
from tests.make import PASSWORD, make_user, sign_in

pytestmark = pytest.mark.django_db
ADD, SIGN_IN = "/account/2fa/webauthn/add/", "/account/2fa/webauthn/login/"


def add_passkey(client: Client, passkey: Passkey, name: str = "我的手机") -> Any:
    """As the page does it: read the options, let the device answer, send the form."""
    options = client.get(ADD).context["js_data"]["creation_options"]
    credential = json.dumps(passkey.make(options))
    answers = {"name": name, "credential": credential, "passwordless": "on"}
    return client.post(ADD, answers)


def enter(client: Client, passkey: Passkey) -> Any:
    asked = client.get(SIGN_IN, headers={"accept": "application/json"}).json()
    answer = passkey.use(asked["request_options"])
    return client.post(SIGN_IN, {"credential": json.dumps(answer)})


@pytest.fixture
def moderator(client: Client) -> User:
    user = make_user("moderator", email="mod@example.com")
    Authenticator.objects.filter(user=user).delete()
    sign_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return user


def test_a_passkey_is_made_and_opens_the_account(
    client: Client, moderator: User
) -> None:
    passkey, fresh = Passkey(), Client()
    response = add_passkey(client, passkey)
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    enter(fresh, passkey)
    assert fresh.session["_auth_user_id"] == str(moderator.pk)
    assert fresh.get(reverse("employers:verifications")).status_code == 200


def test_another_key_does_not_open_it(client: Client, moderator: User) -> None:
    passkey, wrong, fresh = Passkey(), Passkey(), Client()
    add_passkey(client, passkey)
    wrong.handle = passkey.handle
    assert enter(fresh, wrong)["Location"] == reverse("account_login")
    assert "_auth_user_id" not in fresh.session


@pytest.mark.parametrize("credential", ["", "{}", "[]", "not json", '{"id": 1}'])
def test_nonsense_is_refused_without_an_error(client: Client, credential: str) -> None:
    client.get(SIGN_IN, headers={"accept": "application/json"})
    response = client.post(SIGN_IN, {"credential": credential})
    assert response["Location"] == reverse("account_login")


@pytest.mark.parametrize("credential", ["{}", "[]", '{"id": 1}'])
def test_nonsense_makes_no_passkey(
    client: Client, moderator: User, credential: str
) -> None:
    client.get(ADD)
    response = client.post(ADD, {"name": "x", "credential": credential})
    assert response.status_code == 200
    assert not Authenticator.objects.exists()


def test_a_passkey_can_be_renamed_and_removed(client: Client, moderator: User) -> None:
    add_passkey(client, Passkey())
    key = Authenticator.objects.get(user=moderator, type="webauthn")
    client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "新手机"})
    assert "新手机" in client.get(reverse("mfa_list_webauthn")).content.decode()
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_the_page_has_no_inline_script(client: Client, moderator: User) -> None:
    page = client.get(ADD).content.decode()
    assert '<script id="passkey-options" type="application/json">' in page
    assert "js/passkeys.js" in page
