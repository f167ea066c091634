"""An organisation is checked on its papers, and for no longer than they last."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.employers.models import Organization
from accounts.employers.services import verification
from accounts.employers.services.errors import PaperEndsSooner, PapersMissing
from accounts.evidence.enums import DocumentKind
from accounts.evidence.models import Document
from accounts.evidence.services import accept_document
from accounts.identity.models import User
from accounts.lib.dates import day_end, today
from tests.make import (
    make_document,
    make_member,
    make_organization,
    make_papers,
    make_posting,
    make_user,
    sign_in,
)
from tests.words import says

pytestmark = pytest.mark.django_db
SUBMIT, OVERVIEW = "/organization/submit/", "/organization/"
REGISTER = dict.fromkeys(("same_name", "in_business", "nothing_listed"), "on")


@pytest.fixture
def organization() -> Organization:
    return make_organization(verified=False)


@pytest.fixture
def admin(organization: Organization) -> User:
    return make_member(organization, role="admin")


@pytest.fixture
def moderator() -> User:
    return make_user("moderator", email="mod@example.com")


def verify(
    client: Client, organization: Organization, *, days: int = 100, unticked: str = ""
) -> str:
    until = (today() + timedelta(days=days)).isoformat()
    where = reverse("employers:verify", args=[organization.public_id])
    answers = REGISTER | {"until": until, "note": "看过执照"}
    answers.pop(unticked, None)
    return client.post(where, answers, follow=True).content.decode()


def test_without_papers_it_is_not_sent_in_and_says_what_is_missing(
    client: Client, organization: Organization, admin: User
) -> None:
    Organization.objects.update(contact_phone="")
    make_document(organization, "business_licence")
    make_document(organization, "agent_id", state="refused")
    sign_in(client, admin)
    page = client.post(SUBMIT, follow=True).content.decode()
    sentence = page.split("提交之前还缺：")[1].split("。")[0]
    assert sentence.split("；") == [
        "单位电话",
        "招聘简章",
        "经办人身份证",
        "经办人授权书",
    ]
    organization.refresh_from_db()
    assert organization.verification == "unverified"


@pytest.mark.parametrize(
    ("kind", "paper", "fact"),
    [
        ("agency", "hr_licence", "hr_licence_no"),
        ("dispatch", "dispatch_licence", "dispatch_licence_no"),
    ],
)
def test_agencies_and_dispatchers_need_their_licence(
    organization: Organization, admin: User, kind: str, paper: str, fact: str
) -> None:
    make_papers(organization, state="waiting")
    Organization.objects.update(kind=kind)
    with pytest.raises(PapersMissing) as missing:
        verification.submit_for_check(organization=organization, actor=admin)
    assert (missing.value.papers, missing.value.facts) == ([paper], [fact])


def test_a_public_office_shows_how_it_was_founded(admin: User) -> None:
    row = Organization.objects.get()
    Organization.objects.update(kind="public", legal_representative="")
    make_document(row, "business_licence")
    verification.submit_for_check(organization=row, actor=admin)


def test_the_wizard_leads_from_papers_to_sending_in(
    client: Client, organization: Organization, admin: User
) -> None:
    sign_in(client, admin)
    page = client.get(OVERVIEW).content.decode()
    assert page.count(str(DocumentKind.AGENT_ID.label)) >= 1
    assert page.count("还缺") == 4
    make_papers(organization, state="waiting")
    page = client.get(OVERVIEW).content.decode()
    assert "还缺" not in page
    client.post(SUBMIT)
    organization.refresh_from_db()
    assert organization.verification == "submitted"


def test_recruiters_do_not_see_the_papers(
    client: Client, organization: Organization
) -> None:
    make_document(organization, "agent_id", name="王小明.png")
    sign_in(client, make_member(organization, email="r@example.com"))
    page = client.get(OVERVIEW).content.decode()
    assert "王小明" not in page
    assert "documents/" not in page


def test_nobody_is_confirmed_before_every_paper_is_accepted(
    client: Client, organization: Organization, admin: User, moderator: User
) -> None:
    papers = make_papers(organization, state="waiting")
    verification.submit_for_check(organization=organization, actor=admin)
    for paper in papers[1:]:
        Document.objects.filter(pk=paper.pk).update(
            state="accepted", reviewed_at=timezone.now()
        )
    sign_in(client, moderator)
    page = verify(client, organization)
    assert "没有确认。这些材料还没有通过：营业执照或设立文件。" in page
    assert "看过执照" in page
    organization.refresh_from_db()
    assert organization.verification == "submitted"


@pytest.mark.parametrize("missing", sorted(REGISTER))
def test_every_look_at_the_register_is_ticked(
    client: Client,
    organization: Organization,
    admin: User,
    moderator: User,
    missing: str,
) -> None:
    make_papers(organization)
    verification.submit_for_check(organization=organization, actor=admin)
    sign_in(client, moderator)
    page = verify(client, organization, unticked=missing)
    assert says(page, "This field is required.")
    organization.refresh_from_db()
    assert organization.verification == "submitted"


def test_the_check_ends_with_the_first_paper(
    client: Client, organization: Organization, admin: User, moderator: User
) -> None:
    make_papers(organization)
    last = today() + timedelta(days=40)
    Document.objects.filter(kind="agent_authorisation").update(valid_until=last)
    verification.submit_for_check(organization=organization, actor=admin)
    sign_in(client, moderator)
    page = verify(client, organization, days=41)
    assert f"请选明天到 {last.isoformat()} 之间的一天。" in page
    verify(client, organization, days=40)
    organization.refresh_from_db()
    assert organization.verification_expires_at == day_end(last)


def test_the_service_refuses_a_check_longer_than_a_paper(
    organization: Organization, admin: User, moderator: User
) -> None:
    make_papers(organization, valid_until=today() + timedelta(days=5))
    verification.submit_for_check(organization=organization, actor=admin)
    with pytest.raises(PaperEndsSooner):
        verification.verify_organization(
            organization=organization,
            actor=moderator,
            expires_at=timezone.now() + timedelta(days=9),
        )


def test_reasons_given_paper_by_paper_are_the_draft_of_the_note(
    client: Client, organization: Organization, admin: User, moderator: User
) -> None:
    make_papers(organization, state="waiting")
    verification.submit_for_check(organization=organization, actor=admin)
    Document.objects.filter(kind="agent_id").update(
        state="refused", reviewed_at=timezone.now(), reason="过期了"
    )
    sign_in(client, moderator)
    page = client.get(reverse("employers:check", args=[organization.public_id]))
    assert page.context["reason_form"].initial["reason"] == "经办人身份证: 过期了"


def test_job_seekers_see_when_and_on_what(
    client: Client, organization: Organization, admin: User, moderator: User
) -> None:
    make_papers(organization)
    make_document(organization, "financial_licence", state="accepted")
    verification.submit_for_check(organization=organization, actor=admin)
    sign_in(client, moderator)
    verify(client, organization)
    organization.refresh_from_db()
    posting = make_posting(organization)
    page = Client().get(f"/jobs/{posting.public_id}/").content.decode()
    next_check = (today() + timedelta(days=101)).isoformat()
    assert f"{today().isoformat()} 核验，下次核验最晚 {next_check}。" in page
    assert "看过：营业执照或设立文件、金融许可证。" in page
    assert "身份证。" not in page.split("看过")[1].split("</p>")[0]


@pytest.mark.parametrize(("days", "shown"), [(29, True), (31, False)])
def test_the_last_month_is_marked(client: Client, days: int, *, shown: bool) -> None:
    row = make_organization(verification_expires_at=timezone.now() + timedelta(days))
    sign_in(client, make_member(row, role="admin"))
    assert says(client.get(OVERVIEW), "Ends within a month") is shown


def test_renewing_needs_papers_that_still_hold(admin: User) -> None:
    soon = timezone.now() + timedelta(days=20)
    Organization.objects.update(
        verification="verified",
        verified_at=timezone.now(),
        verification_expires_at=soon,
    )
    row = Organization.objects.get()
    make_papers(row, valid_until=today() - timedelta(days=1))
    with pytest.raises(PapersMissing):
        verification.submit_for_check(organization=row, actor=admin)
    Document.objects.update(valid_until=None)
    assert verification.submit_for_check(organization=row, actor=admin).waits_for_check


def test_a_new_paper_of_a_checked_organisation_comes_before_the_checkers(
    client: Client, moderator: User
) -> None:
    row = make_organization(verified=True)
    make_papers(row)
    sign_in(client, moderator)
    waiting = reverse("employers:verifications")
    assert row.display_name not in client.get(waiting).content.decode()
    paper = Document.objects.get(kind="business_licence")
    Document.objects.filter(pk=paper.pk).update(replaced_at=timezone.now())
    make_document(row, "business_licence", state="waiting")
    page = client.get(waiting).content.decode()
    assert row.display_name in page
    assert says(page, "New paper")
    fresh = Document.objects.current().get(kind="business_licence")
    accept_document(document=fresh, actor=moderator, valid_until=None)
    assert row.display_name not in client.get(waiting).content.decode()
