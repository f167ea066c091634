"""From the list to why, what if, a no with its reason, and an application."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jobs.applications.models import Application
from jobs.matching.access import matches, shards
from jobs.matching.models import MatchFeedback
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.make import (
    PASSWORD,
    make_member,
    make_organization,
    make_posting,
    make_seeker,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = 360


@pytest.mark.parametrize("script", [True, False])
def test_why_what_if_not_for_me_and_apply(
    live_server: LiveServer, script: bool
) -> None:
    shards.forget()
    matches.forget()
    organization = make_organization()
    make_member(organization)
    make_posting(organization, title="白天的热线")
    make_posting(organization, title="夜里的热线", shift="night")
    make_posting(organization, title="不想要的热线")
    profile = make_seeker(
        constraints=["no_night_shift", "no_collection"],
        done_steps=["place", "limits", "wanted"],
    )
    with chromium() as browser:
        person = new_person(
            browser, live_server.url, width=WIDTH, language="zh-hans", script=script
        )
        page = person.new_page()
        sign_in(page)
        say_no(page, "不想要的热线", script=script)
        try_and_keep(page)
        read_why_and_apply(page, "白天的热线", script=script)
    profile.refresh_from_db()
    assert profile.constraints == ["no_collection"]
    assert MatchFeedback.objects.get().reason == "not_this_work"
    assert Application.objects.get().posting.title == "白天的热线"


def sign_in(page: Page) -> None:
    page.goto("/account/login/?next=/matches/")
    page.fill("input[name=login]", "seeker@example.com")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button.btn-primary >> nth=0")
    page.wait_for_url("**/matches/")


def say_no(page: Page, title: str, *, script: bool) -> None:
    card = page.locator("li.match", has_text=title)
    card.locator("summary").click()
    if script:
        assert violations(page) == []
        assert not is_too_wide(page, WIDTH)
    card.locator("button[value=not_this_work]").click()
    expect(page.get_by_text("好，不再推荐这个。")).to_be_visible()
    assert page.url.endswith("/matches/") is script
    if script:
        assert violations(page) == []
    page.goto("/matches/")
    expect(page.locator("li.match", has_text=title)).to_have_count(0)


def try_and_keep(page: Page) -> None:
    expect(page.get_by_text("夜里的热线")).to_have_count(0)
    page.click(".match-if a[href*='no_night_shift']")
    expect(page.locator(".match-try")).to_be_visible()
    expect(page.locator("li.match", has_text="夜里的热线")).to_be_visible()
    page.click(".match-try button")
    page.wait_for_url(re.compile(r"/matches/$"))
    expect(page.locator("li.match", has_text="夜里的热线")).to_be_visible()


def read_why_and_apply(page: Page, title: str, *, script: bool) -> None:
    page.locator("li.match", has_text=title).locator("a.match-why").click()
    expect(page.locator("h1")).to_have_text(title)
    if script:
        assert violations(page) == []
        assert not is_too_wide(page, WIDTH)
    page.click("main a.btn-primary[href*='/applications/to/']")
    page.fill("input[name=name]", "林小舟")
    page.fill("input[name=phone]", "138 0000 0000")
    page.check("input[name=consent]")
    page.click("main form.form button.btn-primary")
    page.wait_for_url(re.compile(r"/applications/[0-9a-f-]{36}/$"))
