from __future__ import annotations

import json
import re
import struct
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from accounts.lib.looks import LOOKS
from config import installable
from tests.make import make_seeker, sign_in

LANGUAGES = ("zh-hans", "zh-hant", "en")


def plan_of(client: Client, query: str = "") -> dict[str, Any]:
    script = client.get(f"/sw.js{query}").content.decode()
    found = re.match(r"const PLAN = (.*);\n", script)
    assert found
    return dict(json.loads(found[1]))


def manifest_of(client: Client, language: str, art: str) -> dict[str, Any]:
    answer = client.get(f"/app/{language}/{art}.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    return dict(json.loads(answer.content))


# --- the manifest ---
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.art)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_installed(client: Client, look: Any, language: str) -> None:
    manifest = manifest_of(client, language, look.art)
    assert manifest["name"]
    assert manifest["start_url"].startswith(manifest["scope"])
    assert manifest["display"] == "standalone"
    sizes = {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]}
    assert sizes >= {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    for icon in manifest["icons"]:
        name = icon["src"].removeprefix("/static/")
        assert dimensions(Path(finders.find(name) or "")) == icon["sizes"]


def dimensions(path: Path) -> str:
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return "{}x{}".format(*struct.unpack(">II", data[16:24]))


def test_a_plain_name_says_nothing_else(client: Client) -> None:
    manifest = manifest_of(client, "zh-hans", "planner")
    assert manifest["name"] == manifest["short_name"] == "日程"
    assert "description" not in manifest
    assert "上岸" not in json.dumps(manifest, ensure_ascii=False)


@pytest.mark.parametrize(
    "address", ["/app/xx/ashore.webmanifest", "/app/en/x.webmanifest"]
)
def test_what_there_is_not(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


# --- the worker ---
def test_it_may_serve_the_whole_site_and_is_always_asked_anew(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"


def test_the_policy_lets_it_run(client: Client) -> None:
    policy = client.get("/help/")["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy


def test_kept_pages_are_the_fixed_list(client: Client) -> None:
    pages = [
        page for page in plan_of(client)["pages"] if not page.startswith("/rights")
    ]
    assert pages == [
        "/offline/",
        "/help/",
        "/help/?region=mainland",
        "/help/?region=hongkong",
        "/help/?region=macau",
        "/help/?region=taiwan",
        "/read/breathing-timer/",
        "/read/grounding/",
        "/read/get-through-tonight/",
        "/help/plan/",
    ]


def test_rights_tools_join_once_they_are_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    served = {"rights:wages": "/rights/wages/", "safety_plan": "/help/plan/"}
    monkeypatch.setattr(installable, "address_of", lambda name: served.get(name, ""))
    assert installable.kept_pages()[-2:] == ["/help/plan/", "/rights/wages/"]


@pytest.mark.parametrize(
    ("query", "wish"),
    [
        ("?language=zh-hant&look=planner", "zh-hant/planner"),
        ("?language=en&look=", "en/"),
        ("?language=xx&look=yy", "zh-hans/"),
        ("", "zh-hans/"),
    ],
)
def test_it_asks_for_what_the_reader_reads(
    client: Client, query: str, wish: str
) -> None:
    assert plan_of(client, query)["wish"] == wish


def test_a_new_week_brings_new_copies(client: Client) -> None:
    now = timezone.now()
    with time_machine.travel(now):
        first, again = (plan_of(client)["version"] for _ask in range(2))
    with time_machine.travel(now + timedelta(days=7)):
        later = plan_of(client)["version"]
    assert first == again
    assert later != first


def test_languages_have_copies_of_their_own(client: Client) -> None:
    queries = [f"?language={language}" for language in LANGUAGES]
    assert len({plan_of(client, query)["version"] for query in queries}) == 3


@pytest.mark.django_db
def test_who_asks_makes_no_difference(client: Client) -> None:
    before = client.get("/sw.js").content
    sign_in(client, make_seeker(pseudonym="海风").user)
    assert client.get("/sw.js").content == before


@pytest.mark.django_db
def test_kept_pages_open_for_visitors_and_name_nobody(client: Client) -> None:
    """As the worker asks: no cookies, one language. No redirect may hide among them."""
    make_seeker(pseudonym="海风")
    for address in installable.kept_pages():
        answer = client.get(address, headers={"kept-copy": "zh-hans/"})
        assert answer.status_code == 200, address
        assert "sessionid" not in answer.cookies
        assert "海风" not in answer.content.decode()


def test_the_worker_never_sends_cookies_for_what_it_keeps() -> None:
    source = installable.WORKER.read_text(encoding="utf-8")
    puts = source.count("cache.put(")
    assert puts == 2
    assert source.count('credentials: "omit"') == puts


# --- the plan for hard hours ---
def test_the_sheet_sends_nothing() -> None:
    """No form, no field with a name, and a script that asks nobody."""
    folder = Path(settings.BASE_DIR)
    page = (folder / "templates/accounts/wellbeing/safety_plan.html").read_text()
    script = (folder / "static/js/plan.js").read_text()
    assert "<form" not in page
    assert " name=" not in page
    for way_out in (
        "fetch",
        "XMLHttpRequest",
        "sendBeacon",
        "WebSocket",
        "cookie",
        ".src",
    ):
        assert way_out not in script


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_has_numbers_and_six_parts(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    page = client.get("/help/plan/").content.decode()
    assert page.count("<textarea") == 6
    assert 'href="tel:120"' in page or 'href="tel:119"' in page or "tel:" in page
    assert escape("Stanley") not in page


def test_help_leads_to_the_sheet(client: Client) -> None:
    assert 'href="/help/plan/"' in client.get("/help/").content.decode()
