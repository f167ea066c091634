"""A report's way in a real browser: taken down, confirmed, objected, taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.employers.models import Organization
from accounts.identity.models import User
from jobs.postings.models import Posting
from jobs.screening.models.appeals import Appeal
from jobs.screening.models.reports import Report
from jobs.screening.models.sanctions import Sanction
from jobs.screening.services.appeals import file_appeal
from jobs.screening.services.reports import request_evidence
from jobs.screening.services.sanctions import impose_sanction
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.jobs.screening.make_reports import make_report
from tests.make import make_member, make_organization, make_posting, make_user, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = 360


def session_of(user: User) -> str:
    client = Client()
    sign_in(client, user)
    return client.cookies["sessionid"].value


def page_of(context: BrowserContext, url: str, session: str = "") -> Page:
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    return context.new_page()


def choose(page: Page, name: str, value: str) -> None:
    box = page.locator(f"input[name={name}][value={value}]")
    page.locator("label", has=box).click()


def fits(page: Page) -> None:
    assert not is_too_wide(page, WIDTH), page.url


@pytest.mark.parametrize("script", [True, False])
def test_reported_removed_objected_and_back(
    live_server: LiveServer, script: bool
) -> None:
    organization = make_organization()
    posting = make_posting(organization)
    employer = session_of(make_member(organization, role="admin"))
    moderators = [
        session_of(make_user("moderator", email=f"m{n}@example.com")) for n in range(3)
    ]
    url = live_server.url
    with chromium() as browser:
        people = [
            new_person(browser, url, width=WIDTH, language="zh-hans", script=script)
            for _ in range(5)
        ]
        visitor = page_of(people[0], url)
        receipt = report(visitor, posting)
        take_down(page_of(people[1], url, moderators[0]))
        expect_gone(visitor, posting, "正在核对")
        confirm(page_of(people[2], url, moderators[1]))
        expect_gone(visitor, posting, "下架")
        visitor.goto(f"/reports/{receipt}/")
        expect(visitor.locator("main")).to_contain_text("职位已下架")
        expect(visitor.locator("main")).to_contain_text("谢谢你告诉我们")
        objecting(page_of(people[3], url, employer))
        take_back(page_of(people[4], url, moderators[2]))
        visitor.goto(f"/jobs/{posting.public_id}/")
        expect(visitor.locator("h1")).to_have_text(posting.title)
        visitor.goto(f"/reports/{receipt}/")
        expect(visitor.locator("main")).to_contain_text("决定已撤销")
    assert Posting.objects.open().count() == 1
    assert Sanction.objects.get().state == "reversed"
    assert Appeal.objects.get().state == "reversed"


def report(page: Page, posting: Posting) -> str:
    page.goto(f"/jobs/{posting.public_id}/")
    page.click("a[href^='/reports/job/']")
    page.wait_for_url("**/reports/job/**")
    choose(page, "category", "fee")
    page.fill("#id_text", "面试完要先交五百元押金。")
    fits(page)
    page.click("main form button.btn-primary")
    expect(page.locator(".receipt")).to_be_visible()
    fits(page)
    return page.locator(".receipt").inner_text()


def take_down(page: Page) -> None:
    page.goto("/review/")
    page.click("nav.tabs a[href='/review/reports/']")
    page.wait_for_url(re.compile(r"/review/reports/$"))
    fits(page)
    page.click("main table a")
    choose(page, "outcome", "removed")
    page.fill("#id_note", "应聘不能收钱。")
    page.fill("#id_reporter_note", "谢谢你告诉我们。")
    fits(page)
    page.click("form[action$='/decide/'] button")
    page.wait_for_url(re.compile(r"/review/reports/$"))


def confirm(page: Page) -> None:
    page.goto("/review/confirm/")
    page.click("main table a")
    expect(page.locator("main")).to_contain_text("应聘不能收钱。")
    choose(page, "decision", "confirm")
    fits(page)
    page.click("main form button.btn-primary")
    page.wait_for_url(re.compile(r"/review/confirm/$"))


def expect_gone(page: Page, posting: Posting, words: str) -> None:
    page.goto(f"/jobs/{posting.public_id}/")
    expect(page.locator("main")).to_contain_text(re.compile(words))


def objecting(page: Page) -> None:
    page.goto("/decisions/")
    fits(page)
    page.click("main article a")
    expect(page.locator("main")).to_contain_text("应聘不能收钱。")
    page.fill("#id_text", "没有收过押金,请看转账记录。")
    fits(page)
    page.click("form[action$='/appeal/'] button")
    expect(page.locator("main")).to_contain_text("没有收过押金")


def take_back(page: Page) -> None:
    page.goto("/review/appeals/")
    page.click("main table a")
    choose(page, "decision", "reverse")
    page.fill("#id_reason", "核对过了,确实没有收。")
    fits(page)
    page.click("main form button.btn-primary")
    page.wait_for_url(re.compile(r"/review/appeals/$"))


def test_the_queue_can_be_worked_by_keys(live_server: LiveServer) -> None:
    organization = make_organization()
    first, second = (
        make_posting(organization, state="in_review", submitted_at=f"2026-11-0{n}T00Z")
        for n in (1, 2)
    )
    session = session_of(make_user("moderator", email="m@example.com"))
    with chromium() as browser:
        person = new_person(browser, live_server.url, width=1280, language="en")
        page = page_of(person, live_server.url, session)
        page.goto(f"/review/{first.public_id}/")
        page.keyboard.press("j")
        page.wait_for_url(f"**/{second.public_id}/")
        page.keyboard.press("k")
        page.wait_for_url(f"**/{first.public_id}/")
        page.keyboard.press("?")
        expect(page.locator("[data-review-keys] dl")).to_be_visible()
        page.keyboard.press("2")
        expect(page.locator("input[value=request_changes]")).to_be_checked()
        page.keyboard.press("n")
        page.keyboard.type("Please fix j, k and 3?")
        expect(page.locator("#id_note")).to_have_value("Please fix j, k and 3?")
        expect(page.locator("input[value=request_changes]")).to_be_checked()
        assert str(first.public_id) in page.url
        page.keyboard.press("Control+Enter")
        page.wait_for_url(re.compile(r"/review/$"))
    first.refresh_from_db()
    assert first.state == "changes_requested"


@pytest.mark.parametrize(
    ("width", "language", "theme"), [(360, "en", "dark"), (1280, "zh-hant", "light")]
)
def test_pages_are_accessible_and_fit(
    live_server: LiveServer, width: int, language: str, theme: str
) -> None:
    organization = make_organization()
    admin = make_member(organization, role="admin")
    moderator = make_user("moderator", email="m@example.com")
    asked = make_report(make_posting(organization))
    request_evidence(report=asked, reviewer=moderator, question="押金是怎么回事?")
    sessions = {
        "": "",
        "employer": session_of(admin),
        "moderator": session_of(moderator),
    }
    measure, appeal, waiting = _cases(organization, admin, moderator)
    report = Report.objects.filter(state="open").get()
    pages = {
        "": [
            f"/reports/job/{asked.posting.public_id if asked.posting else ''}/",
            "/reports/",
            f"/reports/{report.receipt}/",
        ],
        "employer": [
            "/",
            "/decisions/",
            f"/decisions/{measure}/",
            f"/decisions/questions/{asked.public_id}/",
            "/reports/mine/",
        ],
        "moderator": [
            "/review/reports/",
            f"/review/reports/{report.public_id}/",
            "/review/confirm/",
            f"/review/confirm/{waiting}/",
            "/review/appeals/",
            f"/review/appeals/{appeal}/",
            f"/review/employers/{organization.public_id}/",
            f"/review/measures/{measure}/",
        ],
    }
    wrong = {}
    with chromium() as browser:
        for role, paths in pages.items():
            url = live_server.url
            context = new_person(browser, url, width=width, language=language)
            context.add_cookies([{"name": "theme", "value": theme, "url": url}])
            page = page_of(context, url, sessions[role])
            for path in paths:
                answer = page.goto(path)
                assert answer is not None
                assert answer.status == 200, path
                found = violations(page)
                if found or is_too_wide(page, width):
                    wrong[path] = found or "too wide"
    assert wrong == {}


def _cases(
    organization: Organization, admin: User, moderator: User
) -> tuple[str, str, str]:
    """A warning with an objection, a removal that waits, and an undecided report."""
    given: dict[str, Any] = {
        "organization": organization,
        "actor": moderator,
        "note": "请改。",
    }
    warned = impose_sanction(kind="warned", basis=["fee", "disc-age"], **given)
    appeal = file_appeal(sanction=warned, actor=admin, text="不对。")
    posting = make_posting(organization)
    make_report(posting)
    removal = impose_sanction(kind="removed", posting=posting, basis=["fee"], **given)
    return str(warned.public_id), str(appeal.public_id), str(removal.public_id)
