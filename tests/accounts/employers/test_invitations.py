from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.employers.models import Invitation, Membership, Organization
from accounts.employers.services.invitations import hash_token
from accounts.identity.models import OutboxMessage, User
from tests.accounts.identity.codes import latest
from tests.make import PASSWORD, make_member, make_organization, make_user, sign_in
from tests.words import says

pytestmark = pytest.mark.django_db
NEW = "new@example.com"
OTHER_KIND = (
    "You are signed in with an account of another kind. Sign out, then open this link "
    "again to create one for your organisation."
)
OTHER_ORGANISATION = (
    "You already belong to an organisation. Leave it first, then open this link again."
)
JOIN = {"name": "李晓", "agreed": "on"}


@pytest.fixture
def organization() -> Organization:
    return make_organization()


@pytest.fixture
def admin(client: Client, organization: Organization) -> User:
    user = make_member(organization, email="admin@example.com", role="admin")
    sign_in(client, user)
    return user


def invite(client: Client, email: str = NEW, role: str = "recruiter") -> str:
    """Send the form; returns the link's path out of the message."""
    client.post(reverse("employers:members"), {"email": email, "role": role})
    return link_in(email)


def link_in(email: str) -> str:
    found = re.search(r"/organization/join/\S+/", latest(email).body)
    assert found is not None
    return found.group()


def test_the_database_knows_only_the_hash(client: Client, admin: User) -> None:
    token = invite(client).rstrip("/").rpartition("/")[2]
    row = Invitation.objects.get()
    assert row.token_hash == hash_token(token)
    assert token not in str(vars(row))


def test_somebody_new_joins_with_one_form(
    client: Client, admin: User, organization: Organization
) -> None:
    link, guest = invite(client, role="admin"), Client()
    response = guest.post(link, JOIN)
    assert response["Location"] == reverse("home")
    user = User.objects.get(email=NEW)
    assert (user.kind, user.display_name) == ("employer", "李晓")
    assert guest.session["_auth_user_id"] == str(user.pk)
    assert Membership.objects.get(user=user).role == "admin"
    assert latest("admin@example.com").template == "employers/joined"


def test_a_link_works_once(client: Client, admin: User) -> None:
    link = invite(client)
    Client().post(link, JOIN)
    assert Client().get(link).status_code == 410


def test_somebody_with_an_account_joins_with_it(client: Client, admin: User) -> None:
    link, guest = invite(client), Client()
    user = make_user("employer", email="other@example.com")
    sign_in(guest, user)
    guest.post(link)
    assert Membership.objects.get(user=user).role == "recruiter"


def test_a_known_address_is_asked_to_sign_in(client: Client, admin: User) -> None:
    link = invite(client)
    make_user("employer", email=NEW)
    page = Client().post(link, JOIN).content.decode()
    assert says(
        page,
        "There is already an account with this address. Sign in, then you can join.",
    )
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("kind", ["seeker", "counselor", "moderator"])
def test_other_kinds_of_account_cannot_join(
    client: Client, admin: User, kind: str
) -> None:
    link, guest = invite(client), Client()
    sign_in(guest, make_user(kind, email="other@example.com"))
    page = guest.post(link).content.decode()
    assert says(page, OTHER_KIND)
    assert Membership.objects.count() == 1


def test_a_member_of_another_organisation_cannot_join(
    client: Client, admin: User
) -> None:
    link, guest = invite(client), Client()
    other = make_organization(uscc="91000000MA1A002002")
    sign_in(guest, make_member(other, email="b@example.com", role="admin"))
    assert says(guest.post(link), OTHER_ORGANISATION)
    assert Membership.objects.filter(organization=other).count() == 1


def test_after_seven_days_the_link_is_dead(client: Client, admin: User) -> None:
    link = invite(client)
    row = Invitation.objects.get()
    assert row.expires_at - timezone.now() > timedelta(days=6, hours=23)
    Invitation.objects.update(expires_at=timezone.now())
    page = Client().post(link, JOIN)
    assert page.status_code == 410
    assert not User.objects.filter(email=NEW).exists()


def test_sending_again_revives_it_with_a_new_link(client: Client, admin: User) -> None:
    old = invite(client)
    row = Invitation.objects.get()
    Invitation.objects.update(expires_at=timezone.now())
    client.post(reverse("employers:resend", args=[row.public_id]))
    assert Client().get(old).status_code == 410
    assert Client().get(link_in(NEW)).status_code == 200


def test_inviting_the_same_address_again_is_one_invitation(
    client: Client, admin: User
) -> None:
    invite(client)
    invite(client, role="admin")
    assert Invitation.objects.get().role == "admin"
    assert OutboxMessage.objects.count() == 2


def test_a_withdrawn_invitation_is_dead(client: Client, admin: User) -> None:
    link = invite(client)
    row = Invitation.objects.get()
    client.post(reverse("employers:withdraw", args=[row.public_id]))
    assert Client().get(link).status_code == 410
    again = client.post(reverse("employers:resend", args=[row.public_id]))
    assert again.status_code == 404


def test_a_colleague_is_not_invited_twice(
    client: Client, admin: User, organization: Organization
) -> None:
    make_member(organization, email="here@example.com")
    answers = {"email": "Here@example.com", "role": "recruiter"}
    page = client.post(reverse("employers:members"), answers).content.decode()
    assert says(page, "This colleague is already here.")
    assert not Invitation.objects.exists()


def test_who_left_can_be_invited_back(
    client: Client, admin: User, organization: Organization
) -> None:
    user = make_member(organization, email="back@example.com")
    Membership.objects.filter(user=user).update(is_active=False)
    link, guest = invite(client, email=user.email or ""), Client()
    guest.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    guest.post(link)
    assert Membership.objects.get(user=user).is_active


@pytest.mark.parametrize("password", ["123", "password", "12345678"])
def test_a_weak_password_is_refused(client: Client, admin: User, password: str) -> None:
    link = invite(client)
    response = Client().post(link, JOIN | {"password": password})
    assert response.status_code == 200
    assert not User.objects.filter(email=NEW).exists()


def test_several_are_invited_at_once(client: Client, admin: User) -> None:
    typed = "a@example.com, b@example.com；\nC@example.com a@example.com"
    response = client.post(
        reverse("employers:members"), {"email": typed, "role": "recruiter"}
    )
    assert response.status_code == 302
    sent = sorted(Invitation.objects.values_list("email", flat=True))
    assert sent == ["a@example.com", "b@example.com", "c@example.com"]
    assert OutboxMessage.objects.filter(template="employers/invitation").count() == 3


def test_one_wrong_address_sends_none_and_loses_nothing(
    client: Client, admin: User
) -> None:
    typed = "a@example.com\nnot-an-address"
    page = client.post(
        reverse("employers:members"), {"email": typed, "role": "recruiter"}
    ).content.decode()
    assert "这不是邮箱：not-an-address" in page
    assert "a@example.com" in page
    assert not Invitation.objects.exists()


def test_who_is_here_already_keeps_nobody_out(
    client: Client, admin: User, organization: Organization
) -> None:
    make_member(organization, email="here@example.com")
    page = client.post(
        reverse("employers:members"),
        {"email": "here@example.com new@example.com", "role": "recruiter"},
        follow=True,
    ).content.decode()
    assert "已经在这里了：here@example.com" in page
    assert Invitation.objects.get().email == NEW


def test_twenty_at_a_time(client: Client, admin: User) -> None:
    typed = " ".join(f"p{n}@example.com" for n in range(21))
    page = client.post(
        reverse("employers:members"), {"email": typed, "role": "recruiter"}
    ).content.decode()
    assert "一次最多 20 个" in page
    assert not Invitation.objects.exists()
