"""A real Chromium for tests that need one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Locator,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

# Without windows and their own pages, a page is there five times sooner.
_PROGRAMS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
CHROMIUM = next((name for name in _PROGRAMS if Path(name).exists()), _PROGRAMS[-1])
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


@dataclass
class _Running:
    """Chromium and its driver; who uses them now, and the driver's event loop."""

    playwright: Playwright
    browser: Browser
    loop: asyncio.AbstractEventLoop
    users: int = 0


_running: list[_Running] = []


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium without anybody's cookies, pages or files.

    One process serves all the tests of a worker: what a test did in it stays in contexts,
    and those end here.
    """
    running = _join()
    before = set(running.browser.contexts)
    try:
        yield running.browser
    finally:
        for context in set(running.browser.contexts) - before:
            with suppress(Error):
                context.close()
        _leave(running)


def _join() -> _Running:
    if _running and not _running[0].browser.is_connected():
        close()
    if not _running:
        playwright = sync_playwright().start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        _running.append(_Running(playwright, browser, asyncio.get_running_loop()))
    running = _running[0]
    running.users += 1
    asyncio._set_running_loop(running.loop)
    return running


def _leave(running: _Running) -> None:
    """The driver's loop only looks as if it ran in this thread, but Django would refuse
    the database beside it."""
    running.users -= 1
    if not running.users:
        asyncio._set_running_loop(None)


def close() -> None:
    """At the end of a worker."""
    while _running:
        running = _running.pop()
        asyncio._set_running_loop(running.loop)
        with suppress(Error):
            running.browser.close()
        running.playwright.stop()


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
    # Pages are there within three seconds; but machines have been seen to stand still.
    context.set_default_navigation_timeout(60_000)
    return context


def press(page: Page, what: str | Locator) -> None:
    """Press what leads to another page, and be there.

    A click alone may return before the answer has begun, and a `wait_for_url` that
    the page at hand meets already waits for nothing.
    """
    place = page.locator(what).first if isinstance(what, str) else what
    with page.expect_navigation():
        place.click()


def settle(page: Page) -> None:
    """Wait for the page that a click asked for: on a busy machine it comes late.

    Right after a click a new document may be there without anything in it yet.
    """
    page.wait_for_load_state("load")
    page.locator("body").wait_for(state="attached")


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe-core finds on the page as it stands: (rule, first place)."""
    settle(page)
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        """async options => (await axe.run(options)).violations.map(
            rule => [rule.id, rule.nodes[0].html])""",
        {"runOnly": RULES, "resultTypes": ["violations"]},
    )
    return [(rule, html) for rule, html in found]


def is_too_wide(page: Page, width: int) -> bool:
    settle(page)
    return int(page.evaluate("document.documentElement.scrollWidth")) > width
