from __future__ import annotations

import threading

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.identity.emails import send_code
from accounts.identity.models import AuditEvent, OutboxMessage, User
from tests.accounts.identity.codes import code_for, latest
from tests.make import make_user
from tests.words import says

pytestmark = pytest.mark.django_db
PHONE = "+8613800000000"


def sign_up(client: Client, contact: str, **fields: str) -> str:
    """Send the form; returns where the site went."""
    answers = {"kind": "seeker", "contact": contact, "agreed": "on"} | fields
    response = client.post(reverse("account_signup"), answers)
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def test_a_phone_is_confirmed_by_code_and_signs_in(client: Client) -> None:
    where = sign_up(client, "138 0000 0000")
    assert where == reverse("account_verify_phone")
    response = client.post(where, {"code": code_for(PHONE)})
    assert response["Location"] == reverse("home")
    user = User.objects.get()
    assert (user.phone, user.phone_verified, user.email) == (PHONE, True, None)
    assert not user.has_usable_password()


def test_an_email_is_confirmed_by_code_and_signs_in(client: Client) -> None:
    where = sign_up(
        client, "Li@Example.com", password1="not-so-easy-7", kind="employer"
    )
    assert where == reverse("account_email_verification_sent")
    client.post(where, {"code": code_for("li@example.com")})
    user = User.objects.get()
    assert (user.email, user.kind) == ("li@example.com", "employer")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.check_password("not-so-easy-7")


@pytest.mark.parametrize("kind", ["counselor", "moderator", "operator", ""])
def test_only_self_service_kinds_sign_up(client: Client, kind: str) -> None:
    answers = {"kind": kind, "contact": "a@example.com", "agreed": "on"}
    response = client.post(reverse("account_signup"), answers)
    assert response.status_code == 200
    assert not User.objects.exists()


def test_the_page_does_not_tell_that_an_account_exists(client: Client) -> None:
    make_user(email="li@example.com")
    where = sign_up(client, "li@example.com")
    assert where == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert latest("li@example.com").template == "account/already_here"


def test_the_page_does_not_tell_that_a_phone_exists(client: Client) -> None:
    make_user(phone=PHONE, phone_verified=True)
    assert sign_up(client, PHONE) == reverse("account_verify_phone")
    assert User.objects.count() == 1
    assert latest(PHONE).template == "account/already_here"


def test_an_unproven_claim_does_not_block_the_owner(client: Client) -> None:
    """Somebody signs up with my number and a password only they know; I come later."""
    sign_up(Client(), PHONE, password1="attacker-knows-7")
    cache.clear()
    sign_up(client, PHONE)
    client.post(reverse("account_verify_phone"), {"code": code_for(PHONE)})
    user = User.objects.get()
    assert user.phone_verified
    assert not user.check_password("attacker-knows-7")


def test_wrong_codes_end_the_attempt(client: Client) -> None:
    where = sign_up(client, PHONE)
    for _ in range(2):
        client.post(where, {"code": "000000"})
    response = client.post(where, {"code": "000000"})
    assert response["Location"] == reverse("account_login")
    assert client.post(where, {"code": code_for(PHONE)})["Location"].startswith(
        reverse("account_login")
    )
    assert not User.objects.get().phone_verified


def test_signing_up_is_audited_without_contact_data(client: Client) -> None:
    sign_up(client, "li@example.com")
    event = AuditEvent.objects.get(action="identity.signed_up")
    assert event.subject_id == User.objects.get().pk
    assert "li@" not in str(event.detail) + event.object_id


def test_the_code_is_urgent_and_runs_out(client: Client) -> None:
    sign_up(client, PHONE)
    message = OutboxMessage.objects.get()
    assert message.priority == 9
    assert message.expires_at is not None


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        ("12345", "手机号"),
        ("+1 415 555 2671", "香港"),
        ("66123456", "+852"),
        ("li@", "邮箱"),
        # One typed character, two kept: longer than the column once it is half-width.
        (f"li@{'.'.join(['㎏' * 28] * 5)}.com", "邮箱"),
    ],
)
def test_a_wrong_contact_is_explained(client: Client, contact: str, words: str) -> None:
    answers = {"kind": "seeker", "contact": contact, "agreed": "on"}
    page = client.post(reverse("account_signup"), answers).content.decode()
    assert words in page


def test_asking_for_codes_too_quickly_is_explained(client: Client) -> None:
    sign_up(Client(), PHONE)
    answers = {"kind": "seeker", "contact": PHONE, "agreed": "on"}
    page = client.post(reverse("account_signup"), answers)
    assert page.status_code == 429
    assert says(page, "A bit too quick")
    cache.clear()
    assert sign_up(client, PHONE) == reverse("account_verify_phone")


def test_what_happened_is_said_once(client: Client) -> None:
    page = client.get(sign_up(client, PHONE)).content.decode()
    assert page.count("验证码已发出") == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("contact", [PHONE, "li@example.com"])
def test_the_same_person_twice_at_once_is_one_account(contact: str) -> None:
    answers = {"kind": "seeker", "contact": contact, "agreed": "on"}
    start = threading.Barrier(3)
    statuses: list[int] = []

    def send() -> None:
        start.wait()
        try:
            response = Client().post(reverse("account_signup"), answers)
            statuses.append(response.status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert User.objects.count() == 1
    assert len(statuses) == 3
    assert set(statuses) <= {302, 429}
    assert 302 in statuses


@pytest.mark.django_db
def test_a_code_for_an_account_that_gave_way_is_not_written() -> None:
    user = User.objects.create_user("gone@example.com", None)
    User.objects.filter(pk=user.pk).delete()
    send_code(code="123456", user=user, address="gone@example.com")
    assert not OutboxMessage.objects.exists()
