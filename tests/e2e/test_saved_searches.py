"""A visitor's search, kept, told about, paused and stopped, with and without scripts."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jobs.alerts.access import stop_token
from jobs.alerts.models import SavedSearch
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.jobs.alerts.make import percolate
from tests.make import PASSWORD, make_organization, make_posting, make_seeker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = 360


@pytest.mark.parametrize("script", [True, False])
def test_a_search_is_kept_and_stopped(live_server: LiveServer, script: bool) -> None:
    organization = make_organization()
    make_posting(organization, title="热线客服")
    percolate(timezone.now())
    make_seeker()
    with chromium() as browser:
        person = new_person(
            browser, live_server.url, width=WIDTH, language="zh-hans", script=script
        )
        page = person.new_page()
        look_and_save(page, script=script)
        look_now(page)
        pause_and_change(page)
        person.close()
    search = SavedSearch.objects.get()
    assert (search.name, search.frequency, search.is_paused) == (
        "我要的",
        "at_once",
        False,
    )
    make_posting(organization, title="新来的热线客服")
    percolate(timezone.now())
    assert search.matches.count() == 1
    link = f"/alerts/stop/{stop_token(search)}/"
    with chromium() as browser:
        stranger = new_person(
            browser, live_server.url, width=WIDTH, language="zh-hans", script=script
        )
        stop(stranger.new_page(), link, script=script)
    search.refresh_from_db()
    assert search.frequency == "never"


def look_and_save(page: Page, *, script: bool) -> None:
    """Nobody is signed in yet, and signing in loses nothing of the search."""
    page.goto("/jobs/")
    page.fill("input[name=q]", "热线客服")
    page.click("#search button")
    expect(page.locator(".filter-chip")).to_have_count(1)
    page.get_by_role("link", name="保存这个搜索").click()
    page.fill("input[name=login]", "seeker@example.com")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button.btn-primary >> nth=0")
    page.wait_for_url("**/alerts/new/**")
    expect(page.locator("main .badge")).to_have_text(["热线客服（接电话）"])
    expect(page.locator("input[name=name]")).to_have_value("热线客服（接电话）")
    if script:
        assert violations(page) == []
        assert not is_too_wide(page, WIDTH)
    page.click("main form.form button.btn-primary")
    page.wait_for_url(re.compile(r"/alerts/[0-9a-f-]{36}/$"))


def look_now(page: Page) -> None:
    expect(page.get_by_text("还没有新的")).to_be_visible()
    page.get_by_role("link", name="现在搜").click()
    expect(page.locator(".filter-chip")).to_have_count(1)
    expect(page.get_by_text("热线客服", exact=True).first).to_be_visible()


def pause_and_change(page: Page) -> None:
    page.goto("/alerts/")
    page.get_by_role("button", name="暂停").click()
    expect(page.get_by_text("已暂停", exact=True)).to_be_visible()
    page.get_by_role("button", name="继续").click()
    page.get_by_role("link", name="修改").click()
    page.fill("input[name=name]", "我要的")
    page.locator("label", has=page.locator("input[value=at_once]")).click()
    page.click("main form.form button.btn-primary")
    page.wait_for_url(re.compile(r"/alerts/[0-9a-f-]{36}/$"))
    expect(page.locator("h1")).to_have_text("我要的")


def stop(page: Page, link: str, *, script: bool) -> None:
    page.goto(link)
    if script:
        assert violations(page) == []
        assert not is_too_wide(page, WIDTH)
    page.click("main form button")
    expect(page.locator("h1")).to_have_text("完成")
