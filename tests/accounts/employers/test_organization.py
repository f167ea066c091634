from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.employers.models import Membership, Organization
from accounts.employers.views.organization import TAKEN
from accounts.identity.models import AuditEvent, User
from tests.make import USCC, make_member, make_organization, make_user, sign_in
from tests.words import says

pytestmark = pytest.mark.django_db
CREATE, EDIT = "/organization/new/", "/organization/edit/"


def answers(**changes: str) -> dict[str, str]:
    return {
        "legal_name": "青禾消费金融有限公司",
        "uscc": USCC,
        "display_name": "青禾",
        "legal_representative": "顾言",
        "contact_phone": "021-58880000",
        "kind": "employer",
        "city": "上海 浦东新区",
        "address": "示例路1号",
    } | changes


@pytest.fixture
def person(client: Client) -> User:
    user = make_user("employer")
    sign_in(client, user)
    return user


def test_the_first_colleague_becomes_administrator(
    client: Client, person: User
) -> None:
    response = client.post(CREATE, answers(about=" 我们 \n\n\n\n 接听电话 "))
    assert response["Location"] == reverse("employers:overview")
    row = Organization.objects.get()
    assert (row.city_code, row.district) == ("3101", "浦东新区")
    assert row.about == "我们\n\n接听电话"
    assert row.verification == "unverified"
    assert Membership.objects.get().role == "admin"
    assert AuditEvent.objects.filter(action="employers.organization_created").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"uscc": USCC[:-1]}, "18 位"),
        ({"uscc": USCC[:-1] + "O"}, "字母 I、O、S、V、Z"),
        ({"uscc": USCC[:-1] + "R"}, "有一位打错了"),
        ({"city": "不知道的地方"}, "没认出这个城市"),
        ({"legal_name": ""}, "这里要填"),
        ({"address": ""}, "这里要填"),
        ({"legal_name": "\u200b\u200b"}, "这里要填"),
        # Two letters each once it is put into one form: too long for the table.
        ({"legal_name": "\u0958" * 120}, "120"),
        ({"display_name": "\u0958" * 60}, "60"),
    ],
)
def test_mistakes_are_explained(
    client: Client, person: User, changes: dict[str, str], words: str
) -> None:
    page = client.post(CREATE, answers(**changes)).content.decode()
    assert words in page
    assert not Organization.objects.exists()


def test_a_code_is_used_once(client: Client, person: User) -> None:
    make_organization()
    page = client.post(CREATE, answers()).content.decode()
    assert says(page, TAKEN)
    assert Organization.objects.count() == 1


def test_nobody_sets_up_two(client: Client, person: User) -> None:
    client.post(CREATE, answers())
    response = client.post(CREATE, answers(uscc="91000000MA1A002002"))
    assert response["Location"] == reverse("employers:overview")
    assert Organization.objects.count() == 1


def test_without_an_organisation_the_overview_leads_to_setting_up(
    client: Client, person: User
) -> None:
    assert client.get("/organization/")["Location"] == CREATE


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"about": "新的介绍"}, "verified"),
        ({"display_name": "青禾金融"}, "verified"),
        ({"legal_name": "另一家有限公司"}, "unverified"),
        ({"uscc": "91000000MA1A002002"}, "unverified"),
        ({"kind": "agency"}, "unverified"),
        ({"legal_representative": "李四"}, "unverified"),
        ({"contact_phone": "13800000009"}, "verified"),
        ({"hr_licence_no": "（示例）1"}, "verified"),
    ],
)
def test_changing_what_was_checked_means_checking_again(
    client: Client, changes: dict[str, str], state: str
) -> None:
    row = make_organization(legal_name="青禾消费金融有限公司", display_name="青禾")
    sign_in(client, make_member(row, role="admin"))
    client.post(EDIT, answers(**changes))
    row.refresh_from_db()
    assert row.verification == state


def test_editing_keeps_others_codes_apart(client: Client) -> None:
    make_organization(uscc="91000000MA1A002002")
    row = make_organization()
    sign_in(client, make_member(row, role="admin"))
    client.post(EDIT, answers(uscc="91000000MA1A002002"))
    row.refresh_from_db()
    assert row.uscc == USCC


def test_hostile_text_is_shown_as_text(client: Client) -> None:
    row = make_organization(about="<script>alert(1)</script>", display_name="<b>x</b>")
    sign_in(client, make_member(row, role="admin"))
    page = client.get("/organization/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;x" in page


def test_the_overview_asks_the_database_little(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    row = make_organization()
    sign_in(client, make_member(row, role="admin"))
    for number in range(8):
        make_member(row, email=f"hr{number}@example.com")
    with django_assert_max_num_queries(8):
        client.get("/organization/")
    with django_assert_max_num_queries(8):
        client.get("/organization/members/")


def test_the_way_to_the_check_says_what_is_missing_and_by_when(
    client: Client,
) -> None:
    row = make_organization(verified=False, contact_phone="")
    sign_in(client, make_member(row, role="admin"))
    way = client.get("/organization/").context["way"]
    assert [entry.state for entry in way] == ["now", "next", "next", "next"]
    assert "单位电话" in way[0].text
    Organization.objects.update(contact_phone="+862158880000")
    page = client.get("/organization/")
    assert [entry.state for entry in page.context["way"]][:2] == ["done", "now"]
    assert reverse("employers:papers") in page.content.decode()
    # A Thursday: two working days later is a Monday.
    sent = "2026-11-26T02:00Z"
    Organization.objects.update(verification="submitted", submitted_at=sent)
    with time_machine.travel("2026-11-26T03:00Z", tick=False):
        way = client.get("/organization/").context["way"]
    assert [entry.state for entry in way] == ["done", "done", "done", "now"]
    assert "11月30日" in way[3].text
