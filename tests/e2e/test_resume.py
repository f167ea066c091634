"""From ticks to a sent résumé, in a real browser, with and without scripts."""

from __future__ import annotations

import re

import pypdf
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.identity.models import User
from jobs.applications.models import Application
from jobs.resumes.rules.lint import lint
from tests.browser import chromium, is_too_wide, new_person, press, violations
from tests.make import make_organization, make_posting, make_seeker, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAYS = [
    *[(360, language, True) for language in ("zh-hans", "zh-hant", "en")],
    (1280, "zh-hans", True),
    (360, "zh-hans", False),
]
BAD = "不接电话就爆通讯录"
GOOD = "耐心接听，听懂了再答"
COMPANY = "青禾信息公司"


@pytest.mark.parametrize(("width", "language", "script"), WAYS)
def test_from_ticks_to_a_sent_resume(
    live_server: LiveServer, width: int, language: str, script: bool
) -> None:
    posting = make_posting(make_organization(), occupation="inbound_hotline")
    cookie = cookie_of(make_seeker().user)
    lint("先读一遍")  # loads the rules: a browser on a busy machine gives up before
    with chromium() as browser:
        person = new_person(
            browser, live_server.url, width=width, language=language, script=script
        )
        enter(person, live_server.url, cookie)
        walk = Walk(person.new_page(), width, script)
        walk.tick()
        walk.give_figures()
        walk.rewrite()
        walk.tell_of_a_job()
        walk.print_out()
        walk.take_along()
        stranger = new_person(
            browser, live_server.url, width=width, language=language, script=script
        )
        walk.share(stranger.new_page())
        walk.apply(str(posting.public_id))
    assert walk.problems == []
    sent = Application.objects.get().snapshot["resume"]
    assert sent["variant"] == "support"
    assert GOOD in sent["lines"]
    assert any("80–100" in line for line in sent["lines"])


def cookie_of(user: User) -> str:
    client = Client()
    sign_in(client, user)
    client.get("/resume/")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def enter(person: BrowserContext, url: str, cookie: str) -> None:
    name = settings.SESSION_COOKIE_NAME
    person.add_cookies([{"name": name, "value": cookie, "url": url}])


class Walk:
    """One way through; `problems` are what axe and the ruler found."""

    def __init__(self, page: Page, width: int, script: bool) -> None:
        self.page, self.width, self.script = page, width, script
        self.problems: list[tuple[str, ...]] = []

    def look(self) -> None:
        if not self.script:
            return
        path = re.sub(r"^https?://[^/]+", "", self.page.url)
        self.problems += [(path, *found) for found in violations(self.page)]
        if is_too_wide(self.page, self.width):
            self.problems.append((path, "too wide"))

    def send(self) -> None:
        press(self.page, "main form button.btn-primary")

    def tick(self) -> None:
        page = self.page
        page.goto("/resume/")
        self.look()
        page.click("main a.btn-primary")
        self.look()
        # The profile's own answer is ticked already on a later screen.
        page.locator("label", has=page.locator("[value=inbound_calls]")).click()
        while "/did/" in page.url:
            self.send()

    def give_figures(self) -> None:
        page = self.page
        page.wait_for_url("**/resume/figures/")
        self.look()
        page.fill("input[name=inbound_calls_0]", "100")
        page.fill("input[name=inbound_calls_1]", "80")
        self.send()
        expect(page.locator("[data-error-summary]")).to_be_visible()
        page.fill("input[name=inbound_calls_0]", "80")
        page.fill("input[name=inbound_calls_1]", "100")
        self.send()
        page.wait_for_url("**/resume/")
        self.look()

    def rewrite(self) -> None:
        page = self.page
        line = page.locator(".resume-column.is-current .resume-line").nth(1)
        line.locator(".resume-edit > summary").click()
        area = line.locator("textarea")
        area.fill(BAD)
        if self.script:
            expect(line.locator(".resume-notes .is-danger")).to_be_visible()
            expect(page.locator("#resume-preview")).not_to_contain_text(BAD)
            self.look()
            area.fill(GOOD)
            expect(page.locator("#resume-preview")).to_contain_text(GOOD)
            area.fill(BAD)
        line.locator(".resume-edit .btn-primary").click()
        refused = page.locator(".resume-edit[open] textarea")
        expect(refused).to_have_value(BAD)
        self.look()
        refused.fill(GOOD)
        page.click(".resume-edit[open] .btn-primary")
        expect(page.locator(".resume-line:target .resume-text")).to_have_text(GOOD)

    def tell_of_a_job(self) -> None:
        page = self.page
        page.goto("/resume/history/add/job/")
        self.look()
        self.send()
        expect(page.locator("[data-error-summary]")).to_be_visible()
        page.fill("input[name=title]", "客服")
        page.fill("input[name=place]", COMPANY)
        page.fill("input[name=begins]", "2021-03")
        self.send()
        page.wait_for_url("**/resume/history/")
        self.look()
        page.goto("/resume/")
        expect(page.locator("#resume-preview")).to_contain_text(COMPANY)

    def print_out(self) -> None:
        page = self.page
        page.click("main a[href*='/print/'] >> nth=0")
        expect(page.locator("textarea[readonly]")).to_have_value(re.compile(GOOD))
        self.look()

    def take_along(self) -> None:
        """The PDF under its button is the résumé."""
        with self.page.expect_download() as waiting:
            self.page.click("main a[href*='/download/support/pdf/']")
        file = waiting.value
        reader = pypdf.PdfReader(file.path())
        assert GOOD in reader.pages[0].extract_text()

    def share(self, stranger: Page) -> None:
        page = self.page
        page.goto("/resume/links/?variant=support")
        self.look()
        self.send()
        link = page.locator("input[readonly]").input_value()
        self.look()
        stranger.goto(link)
        expect(stranger.locator("h1")).to_have_text("海风")
        expect(stranger.locator("main")).not_to_contain_text(COMPANY)
        self.page, mine = stranger, page
        self.look()
        self.page = mine
        press(page, "form[action$='/off/'] button")
        stranger.reload()
        expect(stranger.locator("li")).to_have_count(0)

    def apply(self, posting: str) -> None:
        page = self.page
        page.goto(f"/applications/to/{posting}/")
        expect(page.locator("[name=resume][value=support]")).to_be_checked()
        self.look()
        page.fill("input[name=phone]", "138 0000 0000")
        page.check("input[name=consent]")
        page.click("main form.form button.btn-primary")
        page.wait_for_url(re.compile(r"/applications/[0-9a-f-]{36}/$"))
