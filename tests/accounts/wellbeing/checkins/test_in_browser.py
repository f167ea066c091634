"""On a phone, from a yes to a result, and to help before any score."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.identity.models import User
from tests.accounts.wellbeing.checkins.make import roster
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.make import make_seeker, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["roster"]


def cookie_of(user: User) -> str:
    client = Client()
    sign_in(client, user)
    client.get("/care/")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def look(page: Page, problems: list[object], *, script: bool) -> None:
    if is_too_wide(page, 360):
        problems.append(("too wide", page.url))
    if script:
        problems += [(page.url, found) for found in violations(page)]


@pytest.mark.parametrize("script", [True, False])
def test_from_a_yes_to_help_and_a_result(
    live_server: LiveServer, roster: None, script: bool
) -> None:
    cookie = cookie_of(make_seeker().user)
    problems: list[object] = []
    with chromium() as browser:
        person = new_person(
            browser, live_server.url, width=360, language="zh-hans", script=script
        )
        name = settings.SESSION_COOKIE_NAME
        person.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])
        page = person.new_page()
        page.goto(reverse("care"))
        look(page, problems, script=script)
        page.get_by_role("link", name="看看我最近怎么样").click()
        look(page, problems, script=script)
        page.get_by_role("button", name="好，存在我的账号里").click()
        page.get_by_role("button", name="开始自测").click()
        look(page, problems, script=script)
        for number in range(10):
            expect(page.locator("main")).to_contain_text(
                f"第 {number + 1} 题，共 10 题"
            )
            page.get_by_role("radio").nth(2).check(force=True)
            page.locator("button[value=next]").click()
        expect(page.locator("h1")).to_have_text("你的答案")
        expect(page.locator("main")).to_contain_text("50 分，满分 100 分")
        look(page, problems, script=script)
        page.get_by_role("button", name="接着答几题").click()
        for number in range(12):
            expect(page.locator("main")).to_contain_text(
                f"第 {number + 1} 题，共 12 题"
            )
            # By keyboard, as somebody without a mouse.
            page.get_by_role("radio").nth(1).focus()
            page.keyboard.press("Space")
            page.keyboard.press("Enter")
        card = page.get_by_role("alert").filter(has_text="谢谢你说实话")
        expect(card).to_be_visible()
        if script:
            expect(card).to_be_focused()
        expect(page.locator("main")).not_to_contain_text("分，满分")
        look(page, problems, script=script)
        page.get_by_role("button", name="我现在安全").click()
        look(page, problems, script=script)
        page.get_by_role("button", name="给我看结果").click()
        expect(page.locator("main")).to_contain_text("分，满分 27 分")
        look(page, problems, script=script)
        page.get_by_role("link", name="看我的自测记录").click()
        look(page, problems, script=script)
    assert problems == []
