from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.identity.adapter import ERRORS, MISMATCH
from accounts.identity.models import OutboxMessage, User
from tests.accounts.identity.codes import code_for, latest
from tests.make import PASSWORD, make_user

pytestmark = pytest.mark.django_db
PHONE = "+8613800000000"
LOGIN, ASK, CONFIRM = (
    "/account/login/",
    "/account/login/code/",
    "/account/login/code/confirm/",
)


@pytest.fixture
def person() -> User:
    return make_user(phone=PHONE, phone_verified=True)


def is_in(client: Client, user: User) -> bool:
    return client.session.get("_auth_user_id") == str(user.pk)


@pytest.mark.parametrize(
    "name", ["138 0000 0000", "+86 13800000000", "Seeker@Example.com"]
)
def test_number_or_address_with_password(
    client: Client, person: User, name: str
) -> None:
    client.post(LOGIN, {"login": name, "password": PASSWORD})
    assert is_in(client, person)


@pytest.mark.parametrize("contact", [PHONE, "seeker@example.com"])
def test_a_code_is_enough(client: Client, person: User, contact: str) -> None:
    assert client.post(ASK, {"contact": contact})["Location"] == CONFIRM
    client.post(CONFIRM, {"code": code_for(contact)})
    assert is_in(client, person)


def test_full_width_digits_are_understood(client: Client, person: User) -> None:
    client.post(ASK, {"contact": "１３８００００００００"})
    wide = code_for(PHONE).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    )
    client.post(CONFIRM, {"code": wide})
    assert is_in(client, person)


@pytest.mark.parametrize("contact", ["", " ", "\x00", "@", "a@", "+", "1" * 300, "<b>"])
def test_nonsense_is_refused_kindly(client: Client, contact: str) -> None:
    for where in (ASK, LOGIN, reverse("account_reset_password")):
        answers = {"contact": contact, "login": contact, "email": contact}
        response = client.post(where, answers | {"password": "x"})
        assert response.status_code == 200
    assert not OutboxMessage.objects.exists()


def test_where_the_person_wanted_to_go_is_kept(client: Client, person: User) -> None:
    asked = client.post(f"{ASK}?next=/account/trail/", {"contact": PHONE})
    response = client.post(asked["Location"], {"code": code_for(PHONE)})
    assert response["Location"] == "/account/trail/"


def test_an_unknown_number_gets_no_message_but_the_same_page(client: Client) -> None:
    assert client.post(ASK, {"contact": PHONE})["Location"] == CONFIRM
    assert not OutboxMessage.objects.exists()


def test_an_unknown_address_is_told_by_mail_only(client: Client) -> None:
    client.post(ASK, {"contact": "nobody@example.com"})
    assert latest("nobody@example.com").template == "account/unknown"


def test_a_claimed_but_unproven_number_gets_no_code(client: Client) -> None:
    make_user(phone=PHONE, phone_verified=False)
    client.post(ASK, {"contact": PHONE})
    assert not OutboxMessage.objects.exists()


def test_five_wrong_passwords_pause_this_name_only(
    client: Client, person: User
) -> None:
    other = make_user(
        email="other@example.com", phone="+8613900000000", phone_verified=True
    )
    for _ in range(5):
        client.post(LOGIN, {"login": PHONE, "password": "wrong"})
    page = client.post(LOGIN, {"login": PHONE, "password": PASSWORD})
    assert str(ERRORS["too_many_login_attempts"]) in page.content.decode()
    client.post(LOGIN, {"login": other.phone, "password": PASSWORD})
    assert is_in(client, other)


def test_wrong_password_and_unknown_name_read_the_same(
    client: Client, person: User
) -> None:
    wrong = client.post(LOGIN, {"login": PHONE, "password": "wrong"})
    unknown = client.post(LOGIN, {"login": "13900000001", "password": "wrong"})
    for page in (wrong, unknown):
        assert str(MISMATCH) in page.content.decode()


def test_codes_may_not_be_asked_for_without_end(client: Client, person: User) -> None:
    for _ in range(3):
        assert Client().post(ASK, {"contact": PHONE}).status_code == 302
    assert Client().post(ASK, {"contact": PHONE}).status_code == 200
    assert OutboxMessage.objects.count() == 3


def test_the_device_learns_the_account_language(client: Client, person: User) -> None:
    User.objects.update(language="en")
    response = client.post(LOGIN, {"login": PHONE, "password": PASSWORD})
    assert response.cookies["django_language"].value == "en"


def test_a_language_chosen_on_the_device_wins(client: Client, person: User) -> None:
    client.cookies["django_language"] = "zh-hant"
    client.post(LOGIN, {"login": PHONE, "password": PASSWORD})
    person.refresh_from_db()
    assert person.language == "zh-hant"


@pytest.mark.parametrize("contact", [PHONE, "seeker@example.com"])
def test_a_forgotten_password_is_set_anew(
    client: Client, person: User, contact: str
) -> None:
    where = client.post(reverse("account_reset_password"), {"email": contact})
    where = client.post(where["Location"], {"code": code_for(contact)})
    client.post(where["Location"], {"password1": "another-long-one-8"})
    person.refresh_from_db()
    assert person.check_password("another-long-one-8")
    assert latest("seeker@example.com").template == "account/change"


def test_a_closed_account_is_told_so(client: Client, person: User) -> None:
    User.objects.update(is_active=False)
    response = client.post(LOGIN, {"login": PHONE, "password": PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("account_inactive")


def test_codes_do_not_reach_a_closed_account(client: Client, person: User) -> None:
    User.objects.update(is_active=False)
    client.post(ASK, {"contact": PHONE})
    assert not OutboxMessage.objects.exists()
