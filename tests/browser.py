"""A real Chromium for tests that need one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    expect,
    sync_playwright,
)

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# A busy machine answers late.
expect.set_options(timeout=15_000)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def new_person(
    browser: Browser,
    url: str,
    *,
    width: int,
    language: str,
    script: bool = True,
    touch: bool = False,
) -> BrowserContext:
    """Somebody with a browser of their own, reading the site in one language."""
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": 800},
        java_script_enabled=script,
        has_touch=touch,
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "django_language", "value": language, "url": url}])
    context.set_default_timeout(15_000)
    return context


def settle(page: Page) -> None:
    """Wait for the page that a click asked for: on a busy machine it comes late.

    Right after a click a new document may be there without anything in it yet.
    """
    page.wait_for_load_state("load")
    page.locator("body").wait_for(state="attached")


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe-core finds on the page as it stands: (rule, first place)."""
    settle(page)
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]


def is_too_wide(page: Page, width: int) -> bool:
    settle(page)
    return int(page.evaluate("document.documentElement.scrollWidth")) > width
