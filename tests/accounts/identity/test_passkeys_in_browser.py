"""The script of the passkey pages, with a browser's own virtual authenticator."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import chromium, new_person
from tests.make import PASSWORD, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOME = re.compile(r":\d+/$")
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def add_virtual_key(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def enter_with_password(page: Page, email: str) -> None:
    page.goto("/account/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form .btn-primary")
    page.wait_for_url(HOME)


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.click("main form button")
    page.wait_for_url(HOME)


def test_make_a_passkey_and_sign_in_with_it(live_server: LiveServer) -> None:
    make_user(email="li@example.com")
    with chromium() as browser:
        person = new_person(browser, live_server.url, width=360, language="zh-hans")
        page = person.new_page()
        add_virtual_key(page)
        enter_with_password(page, "li@example.com")
        page.goto("/account/2fa/webauthn/add/")
        page.fill("input[name=password]", PASSWORD)
        page.click("main form .btn-primary")
        page.click("form[data-passkey=add] .btn-primary")
        page.wait_for_url("**/recovery-codes/")
        sign_out(page)

        page.goto("/account/login/")
        page.click("form[data-passkey=sign-in] button")
        page.wait_for_url(HOME)
        page.goto("/account/2fa/webauthn/")
        assert "通行密钥 1" in page.inner_text("main")


def test_a_refused_passkey_says_so_and_can_be_tried_again(
    live_server: LiveServer,
) -> None:
    with chromium() as browser:
        person = new_person(browser, live_server.url, width=360, language="zh-hans")
        page = person.new_page()
        add_virtual_key(page)
        page.goto("/account/login/")
        button = page.locator("form[data-passkey=sign-in] button")
        for _ in range(2):
            button.click()
            page.wait_for_selector("[data-passkey-failed]:visible")
            assert button.get_attribute("aria-busy") is None


def test_without_script_passkeys_are_not_offered(live_server: LiveServer) -> None:
    with chromium() as browser:
        person = new_person(
            browser, live_server.url, width=360, language="zh-hans", script=False
        )
        page = person.new_page()
        page.goto("/account/login/")
        assert not page.is_visible("form[data-passkey=sign-in]")
        assert page.is_visible("text=用验证码登录")
