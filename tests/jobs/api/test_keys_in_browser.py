"""A key's life in a real browser: made, shown once, used, replaced, ended."""

from __future__ import annotations

import httpx
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.identity.models import User
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.make import PASSWORD, make_member, make_organization, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAYS = [
    (360, "zh-hans", True),
    (360, "zh-hant", False),
    (1280, "en", True),
]


def session_of(user: User) -> str:
    client = Client()
    sign_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/"})
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def status(live_server: LiveServer, token: str) -> int:
    url = f"{live_server.url}/api/v1/organisation"
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.get(url, headers=headers).status_code


class Walk:
    def __init__(self, page: Page, width: int, script: bool) -> None:
        self.page, self.width, self.script = page, width, script
        self.problems: list[tuple[str, ...]] = []

    def look(self, where: str) -> None:
        if not self.script:
            return
        self.problems += [(where, *found) for found in violations(self.page)]
        if is_too_wide(self.page, self.width):
            self.problems.append((where, "too wide"))

    def make(self) -> str:
        page = self.page
        page.goto("/connections/")
        self.look("connections")
        page.click("main a.btn-primary")
        self.look("no key yet")
        page.click("main a[href$='/keys/new/']")
        page.click("main form .btn-primary")
        expect(page.locator("[data-error-summary]")).to_be_visible()
        self.look("wrong")
        page.fill("[name=name]", "招聘系统")
        box = page.locator("[value='postings:read']")
        page.locator("label", has=box).click()
        page.click("main form .btn-primary")
        return self.shown("made")

    def shown(self, where: str) -> str:
        field = self.page.locator("[data-key]")
        expect(field).to_be_visible()
        self.look(where)
        copy = self.page.locator("[data-copy-key]")
        if self.script:
            copy.click()
            copied = str(copy.get_attribute("data-copied"))
            expect(copy).to_have_text(copied)
        else:
            expect(copy).to_be_hidden()
        token = field.input_value()
        assert token.startswith("ashore_")
        return token

    def replace(self) -> str:
        page = self.page
        page.goto("/connections/keys/")
        self.look("keys")
        page.locator("a[href$='/rotate/']").first.click()
        self.look("rotate")
        page.click("main form .btn-primary")
        return self.shown("rotated")

    def end_all(self) -> None:
        page = self.page
        page.goto("/connections/keys/")
        while page.locator("a[href$='/revoke/']").count():
            page.locator("a[href$='/revoke/']").first.click()
            self.look("revoke")
            page.click("main form .btn-danger")
            page.wait_for_url("**/connections/keys/")


@pytest.mark.parametrize(("width", "language", "script"), WAYS)
def test_the_life_of_a_key(
    live_server: LiveServer, width: int, language: str, script: bool
) -> None:
    session = session_of(make_member(make_organization(), role="admin"))
    name = settings.SESSION_COOKIE_NAME
    with chromium() as browser:
        person = new_person(
            browser, live_server.url, width=width, language=language, script=script
        )
        cookie = {"name": name, "value": session, "url": live_server.url}
        person.add_cookies([cookie])  # type: ignore[list-item]
        page = person.new_page()
        walk = Walk(page, width, script)
        first = walk.make()
        assert status(live_server, first) == 200
        page.goto("/connections/keys/")
        assert first not in page.content(), "shown once"
        second = walk.replace()
        assert [status(live_server, one) for one in (first, second)] == [200, 200]
        walk.end_all()
        assert [status(live_server, one) for one in (first, second)] == [401, 401]
        page.goto("/api/v1/docs")
        walk.look("docs")
        page.goto("/api/v1/problems/unauthenticated")
        walk.look("problem")
    assert walk.problems == []
