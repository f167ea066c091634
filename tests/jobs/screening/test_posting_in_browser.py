"""A posting's way in a real browser: written badly, mended, checked, found."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.identity.models import User
from jobs.postings.models import Posting
from jobs.screening.services.submission import screen_imported
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.jobs.postings.make import ANSWERS, tomorrow
from tests.jobs.screening.make import BAD, make_draft
from tests.make import make_member, make_organization, make_posting, make_user, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def session_of(user: User) -> str:
    client = Client()
    sign_in(client, user)
    return client.cookies["sessionid"].value


def signed_in(context: BrowserContext, url: str, session: str) -> BrowserContext:
    context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    return context


@pytest.mark.parametrize("script", [True, False])
def test_a_bad_posting_is_mended_checked_and_found(
    live_server: LiveServer, script: bool
) -> None:
    employer = session_of(make_member(make_organization(), role="admin"))
    moderator = session_of(make_user("moderator", email="moderator@example.com"))
    url = live_server.url
    with chromium() as browser:
        people = [
            new_person(browser, url, width=360, language="zh-hans", script=script)
            for _ in range(3)
        ]
        page = signed_in(people[0], url, employer).new_page()
        page.goto("/postings/new/")
        fill_in(page, BAD)
        if script:
            expect(page.locator("[data-lint]")).to_contain_text("爆通讯录")
        page.click("button[value=check]")
        expect(page.locator("mark.hit-block").first).to_be_visible()
        assert page.locator("form[action$='/submit/']").count() == 0
        page.click("main a.btn-primary")
        page.fill("#id_responsibilities", ANSWERS["responsibilities"])
        page.click("button[value=check]")
        page.click("form[action$='/submit/'] button")
        expect(page.locator("main .message").first).to_be_visible()
        publish(signed_in(people[1], url, moderator).new_page())
        find(people[2].new_page())
    assert Posting.objects.get().state == "published"


def fill_in(page: Page, responsibilities: str) -> None:
    answers = ANSWERS | {
        "responsibilities": responsibilities,
        "valid_through": tomorrow(),
    }
    for name, value in answers.items():
        field = page.locator(f"#posting-form [name={name}]").first
        kind = field.get_attribute("type")
        if name == "intent":
            continue
        if kind == "radio":
            box = page.locator(f"input[name={name}][value={value}]")
            page.locator("label", has=box).click()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def publish(page: Page) -> None:
    page.goto("/review/")
    page.click("main table a")
    box = page.locator("input[name=verdict][value=approve]")
    page.locator("label", has=box).click()
    page.click("form[action$='/decide/'] button")
    page.wait_for_url(re.compile(r"/review/$"))


def find(page: Page) -> None:
    page.goto("/jobs/")
    page.fill("input[name=q]", "热线客服")
    page.press("input[name=q]", "Enter")
    page.wait_for_url(re.compile("q="))
    page.click("#results article a")
    expect(page.locator("h1")).to_have_text("热线客服")


def test_filters_change_the_list_in_place_and_the_back_button_works(
    live_server: LiveServer,
) -> None:
    organization = make_organization()
    make_posting(organization, title="热线", channel="inbound_phone")
    make_posting(organization, title="打字", channel="text")
    with chromium() as browser:
        person = new_person(browser, live_server.url, width=1280, language="en")
        page = person.new_page()
        page.goto("/jobs/")
        expect(page.locator("#results article")).to_have_count(2)
        page.check("input[name=no_phone]")
        expect(page.locator("#results article")).to_have_count(1)
        assert "no_phone=on" in page.url
        page.go_back()
        expect(page.locator("#results article")).to_have_count(2)


@pytest.mark.parametrize(
    ("width", "language", "theme"), [(360, "en", "dark"), (1280, "zh-hant", "light")]
)
def test_pages_are_accessible_and_fit(
    live_server: LiveServer, width: int, language: str, theme: str
) -> None:
    organization = make_organization()
    sessions = {
        "employer": session_of(make_member(organization, role="admin")),
        "moderator": session_of(make_user("moderator", email="mod@example.com")),
    }
    draft = make_draft(organization, responsibilities=BAD)
    waiting = make_posting(organization, state="in_review", responsibilities=BAD)
    screen_imported([waiting])
    opened = make_posting(organization)
    url = live_server.url
    pages = {
        "employer": [
            "/postings/",
            "/postings/new/",
            f"/postings/{opened.public_id}/",
            f"/postings/{opened.public_id}/edit/",
            f"/postings/{opened.public_id}/close/",
            f"/postings/{opened.public_id}/renew/",
            f"/review/{draft.public_id}/check/",
        ],
        "moderator": ["/review/", f"/review/{waiting.public_id}/"],
        "": [
            "/jobs/",
            "/jobs/?q=nothing&city=3101",
            f"/jobs/{opened.public_id}/",
            "/review/rules/",
            "/review/rules/disc-age/",
        ],
    }
    wrong = {}
    with chromium() as browser:
        for role, paths in pages.items():
            context = new_person(browser, url, width=width, language=language)
            context.add_cookies([{"name": "theme", "value": theme, "url": url}])
            if role:
                signed_in(context, url, sessions[role])
            page = context.new_page()
            for path in paths:
                page.goto(path)
                found = violations(page)
                if found or is_too_wide(page, width):
                    wrong[path] = found or "too wide"
    assert wrong == {}
