from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.identity.models import AuditEvent, User
from tests.accounts.identity.codes import code_for, latest
from tests.make import PASSWORD, make_user
from tests.words import says

pytestmark = pytest.mark.django_db
PHONE = "+8613800000000"


@pytest.fixture
def person(client: Client) -> User:
    """Signed in with a password a moment ago."""
    user = make_user()
    enter(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return user


def enter(client: Client, user: User) -> None:
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def test_the_name_is_tidied_and_saved(client: Client, person: User) -> None:
    client.post(reverse("identity:account"), {"display_name": "  小\u200b舟 "})
    person.refresh_from_db()
    assert person.display_name == "小舟"


def test_a_new_number_counts_after_its_code(client: Client, person: User) -> None:
    where = client.post(reverse("account_change_phone"), {"phone": "13800000000"})
    assert not User.objects.filter(phone=PHONE).exists()
    client.post(where["Location"], {"code": code_for(PHONE)})
    assert User.objects.get(phone=PHONE, phone_verified=True) == person


def test_the_old_number_hears_of_the_new_one(client: Client, person: User) -> None:
    User.objects.update(phone="+8613900000000", phone_verified=True)
    where = client.post(reverse("account_change_phone"), {"phone": PHONE})
    client.post(where["Location"], {"code": code_for(PHONE)})
    assert latest("+8613900000000").template == "account/change"


def test_somebody_elses_number_cannot_be_taken(client: Client, person: User) -> None:
    make_user(email="owner@example.com", phone=PHONE, phone_verified=True)
    where = client.post(reverse("account_change_phone"), {"phone": PHONE})
    page = client.post(where["Location"], {"code": code_for(PHONE)})
    person.refresh_from_db()
    assert person.phone is None
    assert says(page, "Another account already uses this number.")


def test_a_new_address_replaces_the_old_after_its_code(
    client: Client, person: User
) -> None:
    answers = {"email": "New@example.com", "action_add": ""}
    where = client.post(reverse("account_email"), answers)
    client.post(where["Location"], {"code": code_for("new@example.com")})
    person.refresh_from_db()
    assert person.email == "new@example.com"
    assert latest("seeker@example.com").template == "account/change"


def test_changing_contacts_asks_who_it_is_first(client: Client) -> None:
    user = make_user()
    client.force_login(
        user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    response = client.post(reverse("account_change_phone"), {"phone": PHONE})
    assert response["Location"].startswith(reverse("account_reauthenticate"))


def test_the_only_way_to_sign_in_is_not_removed(client: Client) -> None:
    user = User.objects.create_user(None, None, phone=PHONE, phone_verified=True)
    client.force_login(
        user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    client.post(reverse("identity:remove_phone"))
    user.refresh_from_db()
    assert user.phone == PHONE


def test_a_spare_number_can_be_removed(client: Client, person: User) -> None:
    User.objects.update(phone=PHONE, phone_verified=True)
    client.post(reverse("identity:remove_phone"))
    person.refresh_from_db()
    assert (person.phone, person.phone_verified) == (None, False)


def test_a_new_password_signs_out_other_places(client: Client, person: User) -> None:
    other = Client()
    enter(other, person)
    answers = {"oldpassword": PASSWORD, "password1": "quite-another-one-9"}
    client.post(reverse("account_change_password"), answers)
    assert client.get(reverse("identity:account")).status_code == 200
    assert other.get(reverse("identity:account")).status_code == 302


def test_sign_out_everywhere_else(client: Client, person: User) -> None:
    other = Client()
    enter(other, person)
    assert UserSession.objects.filter(user=person).count() == 2
    client.post(reverse("usersessions_list"))
    assert other.get(reverse("identity:account")).status_code == 302
    assert client.get(reverse("identity:account")).status_code == 200
    assert AuditEvent.objects.filter(action="identity.sessions_ended").count() == 1


def test_the_language_is_kept_on_the_account(client: Client, person: User) -> None:
    client.post(reverse("set_language"), {"language": "zh-hant", "next": "/help/"})
    person.refresh_from_db()
    assert person.language == "zh-hant"


def test_an_unknown_language_changes_nothing(client: Client, person: User) -> None:
    client.post(reverse("set_language"), {"language": "xx"})
    person.refresh_from_db()
    assert person.language == "zh-hans"


def test_a_person_without_password_can_set_one(client: Client) -> None:
    user = make_user()
    user.set_unusable_password()
    user.save()
    client.force_login(
        user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    client.post(reverse("account_set_password"), {"password1": "quite-another-one-9"})
    user.refresh_from_db()
    assert user.check_password("quite-another-one-9")


def test_too_many_requests_get_our_own_page(client: Client, person: User) -> None:
    cache.clear()
    for _ in range(3):
        client.post(reverse("account_change_phone"), {"phone": "x"})
    page = client.post(reverse("account_change_phone"), {"phone": "x"})
    assert page.status_code == 429
    assert says(page, "A bit too quick")
