from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route

from tests.browser import chromium
from tests.client import StrictClient

SCRIPTS = Path(settings.BASE_DIR) / "static" / "js" / "rights"
SITE = "http://rights.test"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


def _scripts_only(route: Route) -> None:
    """The scripts straight from the folder: no server, no database, no network."""
    name = route.request.url.rsplit("/", 1)[1]
    if name.endswith(".js"):
        text = (SCRIPTS / name).read_text(encoding="utf-8")
        route.fulfill(body=text, content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>.</title>", content_type="text/html")


def serve_site(route: Route) -> None:
    serve_in(route, "zh-hans")


def serve_in(route: Route, language: str) -> None:
    """The site itself, headers and all, without a server or a database."""
    parts = urlsplit(route.request.url)
    if parts.path.startswith("/static/"):
        found = finders.find(parts.path.removeprefix("/static/"))
        assert found, parts.path
        route.fulfill(path=found, content_type=TYPES[Path(str(found)).suffix])
        return
    client = StrictClient()
    client.cookies["django_language"] = language
    response = client.get(f"{parts.path}?{parts.query}")
    headers = {key: value for key, value in response.items() if key != "Set-Cookie"}
    route.fulfill(status=response.status_code, headers=headers, body=response.content)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def modules(browser: Browser) -> Iterator[Page]:
    """A page in which the pure modules can be imported."""
    context = browser.new_context()
    page = context.new_page()
    page.route("**/*", _scripts_only)
    page.goto(f"{SITE}/page.html")
    yield page
    context.close()
