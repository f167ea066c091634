"""Every page of the sign-in library that can be reached is one of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.cache import cache
from django.template.loader import get_template
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.identity.models import User
from tests.accounts.identity.codes import code_for
from tests.accounts.identity.passkeys import Passkey
from tests.accounts.identity.test_passkeys import add_passkey
from tests.make import PASSWORD, make_user, sign_in

pytestmark = pytest.mark.django_db
PHONE = "+8613800000000"
OURS = Path(settings.BASE_DIR) / "templates"
LIBRARY = Path(allauth.__path__[0]) / "templates"
# Pages of ways that are switched off: links by mail, sign-up by passkey, trusted
# browsers, several addresses for one account.
NOT_REACHED = {
    "account/email.html",
    "account/email_confirm.html",
    "account/password_reset_done.html",
    "account/signup_by_passkey.html",
    "account/verification_sent.html",
    "account/verified_email_required.html",
    "account/base_manage_email.html",
    "account/base_manage_password.html",
    "account/base_manage_phone.html",
    "account/snippets/already_logged_in.html",
    "account/snippets/warn_no_email.html",
    "mfa/base_entrance.html",
    "mfa/base_manage.html",
    "mfa/recovery_codes/base.html",
    "mfa/totp/base.html",
    "mfa/trust.html",
    "mfa/webauthn/base.html",
    "mfa/webauthn/signup_form.html",
    "mfa/webauthn/snippets/login_script.html",
    "mfa/webauthn/snippets/scripts.html",
    "usersessions/base_manage.html",
}


def library_pages() -> list[str]:
    return sorted(
        str(path.relative_to(LIBRARY))
        for area in ("account", "mfa", "usersessions")
        for path in (LIBRARY / area).rglob("*")
        if path.is_file() and "email" not in path.relative_to(LIBRARY).parts[:-1]
    )


@pytest.mark.parametrize("name", [n for n in library_pages() if n not in NOT_REACHED])
def test_the_page_is_ours(name: str) -> None:
    origin = get_template(name).template.origin  # type: ignore[attr-defined]
    assert Path(origin.name).is_relative_to(OURS)


@pytest.fixture
def person(client: Client) -> User:
    """Signed in lately, with a code app, spare codes and a passkey."""
    user = make_user(phone=PHONE, phone_verified=True)
    sign_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    TOTP.activate(user, "SECRET")
    RecoveryCodes.activate(user)
    add_passkey(client, Passkey())
    return user


def ours(response: Any) -> bool:
    names = [template.origin.name for template in response.templates]
    return all("site-packages/allauth" not in name for name in names)


def test_pages_before_signing_in(client: Client) -> None:
    for name in ("login", "signup", "request_login_code", "reset_password", "inactive"):
        response = client.get(reverse(f"account_{name}"))
        assert response.status_code == 200, name
        assert ours(response), name
    done = client.get(reverse("account_password_reset_completed"))
    assert ours(done)


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("account_signup", {"kind": "seeker", "contact": PHONE, "agreed": "on"}),
        (
            "account_signup",
            {"kind": "seeker", "contact": "a@b.example", "agreed": "on"},
        ),
        ("account_request_login_code", {"contact": PHONE}),
        ("account_reset_password", {"email": PHONE}),
    ],
)
def test_pages_that_ask_for_a_code(
    client: Client, name: str, answers: dict[str, str]
) -> None:
    response = client.post(reverse(name), answers, follow=True)
    page = response.content.decode()
    assert ours(response)
    assert 'autocomplete="one-time-code"' in page
    assert reverse("demo:outbox") in page


def test_pages_after_signing_in(client: Client, person: User) -> None:
    key = Authenticator.objects.get(user=person, type="webauthn").pk
    pages = [
        reverse("account_email"),
        reverse("account_change_phone"),
        reverse("account_change_password"),
        reverse("account_logout"),
        reverse("account_reauthenticate"),
        reverse("mfa_index"),
        reverse("mfa_reauthenticate"),
        reverse("mfa_reauthenticate_webauthn"),
        reverse("mfa_deactivate_totp"),
        reverse("mfa_view_recovery_codes"),
        reverse("mfa_generate_recovery_codes"),
        reverse("mfa_add_webauthn"),
        reverse("mfa_list_webauthn"),
        reverse("mfa_edit_webauthn", args=[key]),
        reverse("mfa_remove_webauthn", args=[key]),
        reverse("usersessions_list"),
    ]
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        assert ours(response), page
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert file.content.decode().startswith("备用码")


def test_setting_up_pages_for_a_new_person(client: Client) -> None:
    user = make_user()
    user.set_unusable_password()
    user.save()
    sign_in(client, user)
    for name in ("account_set_password", "mfa_activate_totp", "mfa_index"):
        response = client.get(reverse(name))
        assert response.status_code == 200, name
        assert ours(response), name


def test_the_second_step_page(client: Client, person: User) -> None:
    cache.clear()
    fresh = Client()
    answers = {"login": PHONE, "password": PASSWORD}
    response = fresh.post(reverse("account_login"), answers, follow=True)
    assert response.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert ours(response)
    assert 'data-passkey="confirm"' in response.content.decode()


def test_a_new_password_page_after_the_code(client: Client) -> None:
    make_user(phone=PHONE, phone_verified=True)
    where = client.post(reverse("account_reset_password"), {"email": PHONE})["Location"]
    response = client.post(where, {"code": code_for(PHONE)}, follow=True)
    assert ours(response)
    assert 'autocomplete="new-password"' in response.content.decode()


def test_no_way_of_the_library_is_left_out() -> None:
    """A new release may bring new addresses: then this list must be looked at."""
    found = {
        name
        for name in get_resolver().reverse_dict
        if isinstance(name, str)
        and name.startswith(("account_", "mfa_", "usersessions"))
    }
    assert found == {
        "account_change_password",
        "account_change_phone",
        "account_complete_password_reset",
        "account_confirm_login_code",
        "account_confirm_password_reset_code",
        "account_email",
        "account_email_verification_sent",
        "account_inactive",
        "account_login",
        "account_logout",
        "account_password_reset_completed",
        "account_reauthenticate",
        "account_request_login_code",
        "account_reset_password",
        "account_set_password",
        "account_signup",
        "account_verify_phone",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_authenticate",
        "mfa_deactivate_totp",
        "mfa_download_recovery_codes",
        "mfa_edit_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_index",
        "mfa_list_webauthn",
        "mfa_login_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_view_recovery_codes",
        "usersessions_list",
    }
