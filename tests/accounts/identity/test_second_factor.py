from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from accounts.identity.models import User
from tests.make import PASSWORD, make_user, sign_in
from tests.words import says

pytestmark = pytest.mark.django_db
CANNOT_REMOVE = (
    "Your account needs a second step. Add another one before you remove this."
)


def totp_code(secret: str, at: float) -> str:
    return str(format_hotp_value(hotp_value(secret, int(at // 30))))


@pytest.fixture
def moderator() -> User:
    user = make_user("moderator", email="mod@example.com")
    Authenticator.objects.filter(user=user).delete()
    return user


@pytest.mark.parametrize("kind", ["counselor", "moderator", "operator"])
def test_kinds_that_see_others_must_set_up_a_second_step(
    client: Client, kind: str
) -> None:
    user = make_user(kind, email="staff@example.com")
    Authenticator.objects.filter(user=user).delete()
    sign_in(client, user)
    assert client.get("/")["Location"] == reverse("mfa_index")
    assert client.get(reverse("help")).status_code == 200


@pytest.mark.parametrize("kind", ["seeker", "employer"])
def test_other_kinds_choose_for_themselves(client: Client, kind: str) -> None:
    sign_in(client, make_user(kind))
    assert client.get(reverse("identity:account")).status_code == 200
    assert client.get("/organization/").status_code != 500


def test_spare_codes_alone_are_no_second_step(client: Client, moderator: User) -> None:
    Authenticator.objects.create(
        user=moderator, type=Authenticator.Type.RECOVERY_CODES, data={}
    )
    sign_in(client, moderator)
    assert client.get("/")["Location"] == reverse("mfa_index")


def test_setting_up_a_code_app_and_signing_in_with_it(
    client: Client, moderator: User
) -> None:
    client.post(
        reverse("account_login"), {"login": moderator.email, "password": PASSWORD}
    )
    where = reverse("mfa_activate_totp")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(where).context["form"].secret
    response = client.post(where, {"code": totp_code(secret, time.time())})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    stored = Authenticator.objects.get(user=moderator, type="totp").data["secret"]
    assert secret not in stored

    fresh = Client()
    response = fresh.post(
        reverse("account_login"), {"login": moderator.email, "password": PASSWORD}
    )
    assert response["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in fresh.session
    spare = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    fresh.post(reverse("mfa_authenticate"), {"code": spare})
    assert fresh.session["_auth_user_id"] == str(moderator.pk)


def test_the_last_second_step_stays(client: Client, moderator: User) -> None:
    TOTP.activate(moderator, "SECRET")
    client.post(
        reverse("account_login"), {"login": moderator.email, "password": PASSWORD}
    )
    sign_in(client, moderator)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.post(reverse("mfa_deactivate_totp"), follow=True)
    assert Authenticator.objects.filter(user=moderator, type="totp").exists()
    assert says(page, CANNOT_REMOVE)


def test_a_seeker_may_remove_the_code_app(client: Client) -> None:
    seeker = make_user()
    TOTP.activate(seeker, "SECRET")
    sign_in(client, seeker)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=seeker).exists()


def test_the_demo_flag_counts_only_in_the_demo(
    client: Client, moderator: User, settings: LazySettings
) -> None:
    sign_in(client, moderator)
    session = client.session
    session["demo_sign_in"] = True
    session.save()
    assert client.get(reverse("employers:verifications")).status_code == 200
    settings.DEMO = False
    response = client.get(reverse("employers:verifications"))
    assert response["Location"] == reverse("mfa_index")
