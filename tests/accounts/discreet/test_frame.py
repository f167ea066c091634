"""What the frame of a page gives away, in the browser and to caches."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from accounts.discreet.context import discreet
from accounts.identity.models import User
from accounts.lib.looks import LOOKS, Look
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import make_user, sign_in

pytestmark = pytest.mark.django_db

PLAIN = [look for look in LOOKS if look.is_plain]
LANGUAGES = ("zh-hans", "zh-hant", "en")
OPEN = (
    "/",
    "/help/",
    "/help/plan/",
    "/offline/",
    "/jobs/",
    "/paths/",
    "/paths/online_chat/",
    "/traps/",
)
OWN = ("/", "/account/", "/profile/", "/matches/", "/applications/", "/nothing/")


def title_of(page: bytes) -> str:
    found = re.search(r"<title>(.*?)</title>", page.decode(), re.DOTALL)
    assert found
    return found[1].strip()


def head_of(page: bytes) -> str:
    return page.decode().partition("<body")[0]


# --- leaving quickly ---
@pytest.mark.parametrize("path", [*OPEN, "/account/login/", "/account/signup/"])
def test_every_page_has_a_way_out(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    assert page.count("data-leave=") == 1
    assert re.search(
        r'<a class="leave-link" href="/leave/" rel="nofollow noreferrer"', page
    )


def test_without_scripts_a_link_leads_away(client: Client, settings: object) -> None:
    settings.QUICK_EXIT_URL = "https://weather.example/"  # type: ignore[attr-defined]
    answer = client.get("/leave/")
    assert answer["Location"] == "https://weather.example/"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


# --- caches ---
@pytest.mark.parametrize("path", ["/", "/account/", "/help/", "/jobs/"])
def test_no_cache_keeps_pages_of_somebody(client: Client, path: str) -> None:
    sign_in(client, make_user())
    assert "no-store" in client.get(path)["Cache-Control"]


def test_visitors_may_go_back(client: Client) -> None:
    assert "no-store" not in client.get("/help/").get("Cache-Control", "")


def test_signing_out_empties_the_cache(client: Client) -> None:
    sign_in(client, make_user())
    assert "Clear-Site-Data" not in client.get("/")
    assert client.post("/account/logout/")["Clear-Site-Data"] == '"cache"'


# --- a plain name ---
def choose(client: Client, look: Look) -> None:
    answer = client.post(reverse("discreet:overview"), {"look": look.art})
    assert answer.status_code == 302


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("look", PLAIN, ids=lambda look: look.art)
def test_the_tab_says_only_the_plain_name(
    client: Client, cast: Cast, look: Look, language: str
) -> None:
    sign_in(client, cast.seeker.user)
    choose(client, look)
    client.cookies["django_language"] = language
    pages = [client.get(path) for path in (*OPEN, *OWN)]
    assert len({title_of(page.content) for page in pages}) == 1
    for page in pages:
        head = head_of(page.content)
        assert look.icon in head
        assert not re.search(r"上岸|Ashore|debt|催收", head)


def test_the_device_keeps_it_after_signing_out(client: Client, cast: Cast) -> None:
    sign_in(client, cast.seeker.user)
    choose(client, PLAIN[0])
    client.post("/account/logout/")
    assert title_of(client.get("/help/").content) == "日程"
    assert "离开催收" not in client.get("/help/").content.decode()


def test_it_is_taken_back(client: Client, cast: Cast) -> None:
    sign_in(client, cast.seeker.user)
    choose(client, PLAIN[0])
    choose(client, LOOKS[0])
    assert "上岸" in title_of(client.get("/help/").content)


def test_a_shared_phone_forgets_it_with_the_browser(client: Client, cast: Cast) -> None:
    for shared, lasts in ((True, False), (False, True)):
        sign_in(client, cast.seeker.user)
        session = client.session
        session["shared_phone"] = shared
        session.save()
        choose(client, PLAIN[0])
        assert bool(client.cookies["look"]["max-age"]) is lasts


@pytest.mark.parametrize("forged", ["ashore", "x", '"><script>'])
def test_unknown_names_are_the_sites_own(client: Client, forged: str) -> None:
    client.cookies["look"] = forged
    assert "上岸" in title_of(client.get("/help/").content)


def test_a_kept_page_is_not_shown_in_another_look(
    client: Client, cast: Cast, settings: object
) -> None:
    """Pages for visitors are kept for some seconds: one for each look."""
    settings.PAGES_KEPT_FOR = 30  # type: ignore[attr-defined]
    plain = StrictClient()
    plain.cookies["look"] = "planner"
    for _round in range(2):
        assert title_of(plain.get("/jobs/").content) == "日程"
        assert "上岸" in title_of(client.get("/jobs/").content)


# --- copies for a day without a connection ---
def copy_of(client: Client, path: str, wish: str = "zh-hans/") -> str:
    return client.get(path, headers={"kept-copy": wish}).content.decode()


@pytest.mark.parametrize(
    ("wish", "lang", "title"),
    [
        ("zh-hans/", "zh-Hans", "上岸"),
        ("zh-hant/planner", "zh-Hant", "行事曆"),
        ("en/notes", "en", "Notebook"),
    ],
)
def test_a_copy_is_in_the_wanted_language_and_look(
    client: Client, wish: str, lang: str, title: str
) -> None:
    page = copy_of(client, "/help/", wish)
    assert f'<html lang="{lang}"' in page
    assert title in title_of(page.encode())


def test_a_copy_has_no_form_that_needs_a_cookie(client: Client) -> None:
    for path in ("/help/", "/help/plan/", "/offline/"):
        page = copy_of(client, path)
        assert "csrf" not in page.lower()
        assert "<form" not in page


def test_visitors_do_not_get_a_copy(client: Client, settings: object) -> None:
    settings.PAGES_KEPT_FOR = 30  # type: ignore[attr-defined]
    assert "<form" not in copy_of(client, "/jobs/").partition("<main")[0]
    assert "<form" in client.get("/jobs/").content.decode().partition("<main")[0]


def test_who_has_no_pin_is_not_watched(client: Client) -> None:
    user: User = make_user()
    sign_in(client, user)
    assert "data-idle" not in client.get("/").content.decode()


def test_no_view_takes_the_names_of_the_frame() -> None:
    """A view's own context would hide what every page needs, and break that page."""
    names = set(discreet(HttpRequest())) | {"site_look"}
    taken = [
        f"{path.relative_to(settings.BASE_DIR)}: {name}"
        for folder in ("accounts", "jobs")
        for path in sorted((Path(settings.BASE_DIR) / folder).rglob("*.py"))
        if path.name != "context.py"
        for name in names
        if f'"{name}":' in path.read_text(encoding="utf-8")
    ]
    assert taken == []
