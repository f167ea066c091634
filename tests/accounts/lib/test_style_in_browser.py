"""The style page in a real browser: accessible, never wider than the phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import chromium, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL_TARGETS = """() => [...document.querySelectorAll(
    'a, button, summary, select, textarea, input:not([type=hidden])')]
  .filter(e => !e.closest('p, li p, td, th, .card-title, .prose, pre'))
  .map(e => (e.closest('label') || e))
  .filter(e => { const box = e.getBoundingClientRect();
    return box.width && box.height < 43.5 && !e.closest('.error-summary'); })
  .map(e => e.outerHTML.slice(0, 90))"""


@contextmanager
def browser_page(
    server: LiveServer, *, width: int, theme: str = "light", script: bool = True
) -> Iterator[Page]:
    with chromium() as browser:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=script,
        )
        page = context.new_page()
        page.goto(f"{server.url}/style/")
        yield page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_style_page_is_accessible(
    live_server: LiveServer, width: int, theme: str
) -> None:
    with browser_page(live_server, width=width, theme=theme) as page:
        page.click(".menu > summary")
        assert violations(page) == []


@pytest.mark.parametrize("width", [320, 360, 640, 1280])
def test_nothing_sticks_out_sideways(live_server: LiveServer, width: int) -> None:
    with browser_page(live_server, width=width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_are_big_enough_for_a_thumb(live_server: LiveServer) -> None:
    with browser_page(live_server, width=360) as page:
        assert page.evaluate(SMALL_TARGETS) == []


def test_no_message_in_the_console(live_server: LiveServer) -> None:
    """The content security policy would complain there about anything inline."""
    said: list[str] = []
    with browser_page(live_server, width=360) as page:
        page.on("console", lambda message: said.append(message.text))
        page.reload()
    assert said == []


def test_theme_and_language_change_without_script(live_server: LiveServer) -> None:
    with browser_page(live_server, width=360, script=False) as page:
        footer = page.locator(".site-footer")
        footer.locator("button[value=dark]").click()
        footer.locator("button[value=en]").click()
        html = page.locator("html")
        assert html.get_attribute("data-theme") == "dark"
        assert html.get_attribute("lang") == "en"


def test_dialog_opens_and_gives_focus_back(live_server: LiveServer) -> None:
    with browser_page(live_server, width=360) as page:
        page.click("[data-dialog]")
        assert page.locator("#sample-dialog").is_visible()
        page.keyboard.press("Escape")
        assert not page.locator("#sample-dialog").is_visible()
        assert page.evaluate("document.activeElement.dataset.dialog") == "sample-dialog"
