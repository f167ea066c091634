from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User
from tests.accounts.identity.codes import code_for, latest
from tests.cast import Cast
from tests.make import make_counselor, sign_in

pytestmark = pytest.mark.django_db
LIST, MINE, EDIT = "/counselors/", "/counselors/mine/", "/counselors/mine/edit/"


def test_counselors_see_their_own_page_only(client: Client, cast: Cast) -> None:
    sign_in(client, cast.counselor.user)
    page = client.get(MINE).content.decode()
    assert "周老师" in page
    assert "何老师" not in page


@pytest.mark.parametrize("change", ["hidden", "closed"])
def test_who_is_hidden_or_gone_is_not_listed(client: Client, change: str) -> None:
    profile = make_counselor()
    if change == "hidden":
        CounselorProfile.objects.update(is_listed=False)
    else:
        User.objects.filter(pk=profile.user_id).update(is_active=False)
    assert "周老师" not in client.get(LIST).content.decode()


def test_the_list_never_shows_contact_data(client: Client) -> None:
    make_counselor(email="private@example.com")
    assert "private@example.com" not in client.get(LIST).content.decode()


def test_a_counselor_edits_words_but_not_the_credential(client: Client) -> None:
    profile = make_counselor(credential="职业指导师")
    sign_in(client, profile.user)
    answers = {
        "name": " 周老师 ",
        "about": "慢慢说",
        "languages": ["mandarin", "cantonese"],
        "scope": "psychological",
        "credential": "主任医师",
    }
    client.post(EDIT, answers)
    profile.refresh_from_db()
    assert (profile.about, profile.languages) == ("慢慢说", ["mandarin", "cantonese"])
    assert not profile.is_listed
    assert (profile.scope, profile.credential) == ("career", "职业指导师")


def test_a_page_without_a_name_comes_back_as_typed(client: Client) -> None:
    sign_in(client, make_counselor().user)
    page = client.post(EDIT, {"name": " ", "about": "慢慢说", "languages": ["x"]})
    assert page.status_code == 422
    assert "慢慢说" in page.content.decode()


def test_the_list_asks_the_database_once(
    client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(5):
        make_counselor(email=f"c{number}@example.com", name=f"老师{number}")
    with django_assert_num_queries(1):
        client.get(LIST)


def test_an_invited_counselor_signs_in_by_code_and_must_add_a_step(
    client: Client,
) -> None:
    call_command(
        "create_staff", "counselor", "Zhou@example.com", name="周老师", scope="career"
    )
    assert latest("zhou@example.com").template == "account/staff_invitation"
    client.post("/account/login/code/", {"contact": "zhou@example.com"})
    response = client.post(
        "/account/login/code/confirm/", {"code": code_for("zhou@example.com")}
    )
    assert response["Location"] == "/"
    assert client.get(MINE)["Location"] == "/account/2fa/"


@pytest.mark.parametrize("kind", ["moderator", "operator"])
def test_other_staff_get_an_account_only(kind: str) -> None:
    call_command("create_staff", kind, "a@example.com")
    assert User.objects.get().kind == kind
    assert not CounselorProfile.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("counselor", "a@example.com"), "--scope"),
        (("moderator", "no address"), "not an e-mail"),
        (("seeker", "a@example.com"), "invalid choice"),
    ],
)
def test_wrong_commands_are_explained(arguments: tuple[str, str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("create_staff", *arguments)
    assert not User.objects.exists()


def test_staff_are_invited_once() -> None:
    call_command("create_staff", "moderator", "a@example.com")
    with pytest.raises(CommandError, match="already"):
        call_command("create_staff", "operator", "A@example.com")
