"""The admin under its own content policy: nothing it needs is refused, nothing more."""

from __future__ import annotations

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import chromium, is_too_wide, new_person
from tests.make import make_organization, make_posting, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/operations/admin/jobs_postings/posting/"


@pytest.mark.parametrize("width", [360, 1280])
def test_tables_are_read_without_a_refusal(live_server: LiveServer, width: int) -> None:
    make_user("operator", email="operator@demo.example.com")
    make_posting(make_organization(), title="热线客服")
    said: list[str] = []
    asked: set[str] = set()

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            said.append(message.text)

    with chromium() as browser:
        person = new_person(browser, live_server.url, width=width, language="zh-hans")
        page = person.new_page()
        page.goto("/demo/sign-in/")
        page.click("main form button >> nth=0")
        page.wait_for_url("**/operations/")
        page.on("console", hear)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.add(request.url))
        read(page, width)
    assert said == []
    # Fonts, scripts and styles are ours.
    outside = {url for url in asked if not url.startswith((live_server.url, "data:"))}
    assert outside == set()


def read(page: Page, width: int) -> None:
    page.goto("/operations/admin/")
    # Hidden until its scripts have run.
    expect(page.get_by_role("link", name="任务运行").first).to_be_visible()
    assert not is_too_wide(page, width)
    page.goto(f"{LIST}?q=热线")
    row = page.get_by_role("link", name="热线客服").first
    expect(row).to_be_visible()
    assert not is_too_wide(page, width)
    row.click()
    page.wait_for_url(f"**{LIST}*/change/**")
    expect(page.get_by_text("青禾消费金融").first).to_be_visible()
    expect(
        page.locator("main form input:not([type=hidden]), button[name=_save]")
    ).to_have_count(0)
