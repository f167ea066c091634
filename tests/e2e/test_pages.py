"""Every page of the site as each kind of person meets it, with the demo loaded."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.test.utils import modify_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from jobs.public.services.demo import load_demo
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.e2e.visits import Visit, visits
from tests.emptying import empty_tables

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ROLES = (
    "anonymous",
    "seeker",
    "newcomer",
    "employer",
    "counselor",
    "moderator",
    "operator",
)
LANGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
# What a page may weigh on the wire, compressed: HTML, the sheet and the scripts.
MOST_BYTES = 100_000
# It shows every component at once, headings included.
STYLE = "/style/"
REFUSALS = (404, 410)


@dataclass(frozen=True, slots=True)
class Site:
    url: str
    walks: dict[str, list[Visit]]


@dataclass
class Eyes:
    """One browser window, and everything wrong that was seen through it."""

    page: Page
    width: int
    language: str
    problems: list[tuple[str, ...]] = field(default_factory=list)

    def hear(self, said: ConsoleMessage) -> None:
        is_refusal = any(f"status of {code}" in said.text for code in REFUSALS)
        if said.type in {"error", "warning"} and not is_refusal:
            self.problems.append((self.page.url, "console", said.text))

    def look(self, path: str, *, allowed: tuple[int, ...] = (200,)) -> None:
        answer = self.page.goto(path)
        if answer is None or answer.status not in allowed:
            self.problems.append((path, f"status {answer and answer.status}"))
        elif answer.request.redirected_from:
            self.problems.append((path, f"leads to {answer.url}"))
        self.check(path)

    def check(self, path: str) -> None:
        """What must hold of the page that is open now."""
        wrong = [*violations(self.page), *self._wrong_in_the_frame(path)]
        if is_too_wide(self.page, self.width):
            wrong.append(("too wide",))
        if path != STYLE and (weight := weight_of(self.page)) > MOST_BYTES:
            wrong.append((f"weighs {weight} bytes",))
        self.problems += [(path, *found) for found in wrong]

    def _wrong_in_the_frame(self, path: str) -> Iterator[tuple[str, ...]]:
        if (count := self.page.locator("h1").count()) != 1 and path != STYLE:
            yield (f"{count} h1",)
        lang = self.page.get_attribute("html", "lang")
        if lang != LANGS[self.language]:
            yield (f"lang={lang}",)
        # A résumé that somebody hands out does not say where it comes from.
        framed = not path.startswith("/resume/s/")
        for place in (".site-header", ".site-footer") if framed else ():
            if not self.page.locator(f"{place} a[href='/help/']").first.is_visible():
                yield (f"no way to help in {place}",)


@cache
def weight_of_file(path: str) -> int:
    name = path.removeprefix(f"/{settings.STATIC_URL.strip('/')}/")
    return len(gzip.compress((Path(settings.BASE_DIR) / "static" / name).read_bytes()))


def weight_of(page: Page) -> int:
    """The page, its sheet and its scripts, compressed, in bytes."""
    files = page.evaluate(
        """[...document.querySelectorAll('link[rel=stylesheet], script[src]')]
        .map(part => new URL(part.href || part.src).pathname)"""
    )
    return len(gzip.compress(page.content().encode())) + sum(
        weight_of_file(path) for path in files
    )


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """The demo, loaded once for all the tests here: nothing they do changes it."""
    with django_db_blocker.unblock(), modify_settings(ALLOWED_HOSTS={"append": "*"}):
        server = LiveServer("localhost")
        try:
            load_demo(watch=lambda _what, _count: None)
            yield Site(server.url, visits())
        finally:
            server.stop()
            empty_tables()


@pytest.fixture
def browser(site: Site) -> Iterator[Browser]:
    """Its driver forbids the database in this thread: `site` asked everything before."""
    assert site.walks
    with chromium() as started:
        yield started


def become(context: BrowserContext, user: str) -> None:
    """Sign in with the demo's one click."""
    page = context.new_page()
    page.goto("/demo/sign-in/")
    with page.expect_navigation():
        page.click(f"button[value='{user}']")
    page.close()


def walk(
    browser: Browser,
    site: Site,
    walks: list[Visit],
    *,
    width: int = 360,
    language: str = "zh-hans",
    theme: str = "light",
) -> list[tuple[str, ...]]:
    problems: list[tuple[str, ...]] = []
    for visit in walks:
        context = new_person(browser, site.url, width=width, language=language)
        context.add_cookies([{"name": "theme", "value": theme, "url": site.url}])
        if visit.user:
            become(context, visit.user)
        eyes = Eyes(context.new_page(), width, language, problems)
        eyes.page.on("console", eyes.hear)
        for path in visit.paths:
            eyes.look(path)
        for path in visit.refused:
            eyes.look(path, allowed=REFUSALS)
        context.close()
    return problems


@pytest.mark.parametrize("role", ROLES)
def test_every_page_on_a_phone(browser: Browser, site: Site, role: str) -> None:
    problems = walk(browser, site, site.walks[role])
    assert not problems, told(problems)


@pytest.mark.parametrize(
    ("width", "language", "theme"),
    [(360, "en", "dark"), (1280, "zh-hant", "light")],
)
def test_the_main_pages_in_other_looks(
    browser: Browser, site: Site, width: int, language: str, theme: str
) -> None:
    walks = [first_pages(site.walks[role][0]) for role in ROLES]
    problems = walk(browser, site, walks, width=width, language=language, theme=theme)
    assert not problems, told(problems)


def told(problems: list[tuple[str, ...]]) -> str:
    return "\n".join(" · ".join(problem) for problem in problems)


def first_pages(visit: Visit) -> Visit:
    return Visit(visit.user, visit.paths[:4])


def test_the_page_that_asks_for_a_code(browser: Browser, site: Site) -> None:
    context = new_person(browser, site.url, width=360, language="zh-hans")
    eyes = Eyes(context.new_page(), 360, "zh-hans")
    eyes.page.on("console", eyes.hear)
    for path in ("/account/login/code/", "/account/password/reset/"):
        eyes.page.goto(path)
        eyes.page.fill("main form input:visible >> nth=0", "nobody@example.com")
        eyes.page.click("main form button.btn-primary")
        eyes.page.wait_for_selector("input[name=code]")
        eyes.check(eyes.page.url)
    context.close()
    assert not eyes.problems, told(eyes.problems)
