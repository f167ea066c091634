"""One net under all of care: whatever address is added there, it is caught here.

Every address under /care/ is found by itself. A view is decorated by `care_page`, or it
stands in PUBLIC with a reason.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.cache import caches
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from accounts.identity.enums import Kind
from accounts.identity.models import User
from config.installable import kept_pages
from jobs.operations.site import site as operations_site
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import make_user, sign_in

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR)
CODE = ("accounts/care", "accounts/wellbeing/checkins")
# Opened without signing in, by whoever holds a secret; each with its own access test.
PUBLIC: dict[str, str] = {
    "calendar:about": "what we can and cannot do, for everybody",
    "calendar:feed": "a calendar program asks with the token in the address",
}
VALUES = {
    "uuid": str(uuid.UUID(int=7)),
    "int": "7",
    "slug": "seven",
    "str": "seven",
    "path": "seven",
}


def patterns(
    found: list[URLPattern | URLResolver], path: str = "", space: str = ""
) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    for one in found:
        here = path + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = ":".join(filter(None, (space, one.namespace)))
            yield from patterns(one.url_patterns, here, inner)
        else:
            name = f"{space}:{one.name}" if space else one.name or ""
            yield name, here, one.callback


@cache
def care_addresses() -> list[tuple[str, str, Callable[..., Any]]]:
    found = patterns(get_resolver().url_patterns)
    return [one for one in found if one[1].startswith("care/")]


def address_of(route: str) -> str:
    filled = re.sub(
        r"<(?:(\w+):)?\w+>", lambda m: VALUES.get(m[1] or "str", "seven"), route
    )
    return f"/{filled}"


def status_of(client: StrictClient, route: str) -> int:
    """What a look says, or sending where only that is understood."""
    url = address_of(route)
    seen = client.get(url).status_code
    return client.post(url).status_code if seen == 405 else seen


def sources() -> Iterator[tuple[str, str]]:
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


# ---- Who gets in


def test_the_net_finds_something() -> None:
    names = {name for name, _route, _view in care_addresses()}
    assert {"vault:privacy", "vault:revoke", "care_reports:service"} <= names


def test_every_view_stands_behind_the_door() -> None:
    bare = {
        name
        for name, _route, view in care_addresses()
        if not getattr(view, "care_kinds", ()) and name not in PUBLIC
    }
    assert bare == set()


def test_no_view_lets_employers_or_moderators_in() -> None:
    allowed = {Kind.SEEKER, Kind.COUNSELOR, Kind.OPERATOR}
    kinds = {
        name: set(getattr(view, "care_kinds", ())) - allowed
        for name, _route, view in care_addresses()
    }
    assert {name for name, wrong in kinds.items() if wrong} == set()
    # Who runs the site sees figures and the team, nobody's data.
    operators = {
        name
        for name, _route, view in care_addresses()
        if Kind.OPERATOR in getattr(view, "care_kinds", ())
    }
    assert all(name.startswith("care_reports:") for name in operators)


def outsiders(cast: Cast) -> dict[str, User]:
    boss = make_user(
        "operator", email="root@example.com", is_superuser=True, is_staff=True
    )
    employer = make_user(
        "employer", email="staff@example.com", is_superuser=True, is_staff=True
    )
    return {
        "employer": cast.employer,
        "colleague": cast.colleague,
        "moderator": cast.moderator,
        "operator": cast.operator,
        "superuser": boss,
        "superuser of an employer": employer,
    }


def test_nobody_else_gets_in_anywhere(cast: Cast) -> None:
    leaks = {}
    for role, user in outsiders(cast).items():
        client = StrictClient()
        sign_in(client, user)
        for name, route, view in care_addresses():
            if name in PUBLIC or user.kind in getattr(view, "care_kinds", ()):
                continue
            if (status := status_of(client, route)) != 404:
                leaks[role, name] = status
    assert leaks == {}


def test_without_signing_in_one_is_asked_to(client: StrictClient) -> None:
    told = {}
    for name, route, _view in care_addresses():
        if name not in PUBLIC:
            answer = client.get(address_of(route))
            told[name] = (answer.status_code, answer.get("Location", "")[:15])
    assert set(told.values()) == {(302, "/account/login/")}


# ---- What stays nowhere


def test_no_page_of_care_is_kept_for_visitors(
    client: StrictClient, cast: Cast, settings: Any
) -> None:
    settings.PAGES_KEPT_FOR = 30
    kept = caches["pages"]
    client.get(reverse("vault:privacy"))
    sign_in(client, cast.seeker.user)
    answer = client.get(reverse("vault:privacy"))
    assert "no-store" in answer["Cache-Control"]
    assert len(kept._cache) == 0  # type: ignore[attr-defined]


FORBIDDEN = re.compile(
    # What keeps, counts or tells outside the wall.
    r"kept_for_visitors|remember_shown|django\.core\.cache|record_event"
    r"|request\.session\[[^S]|messages\.\w+\(request, f\""
)


def test_code_of_care_keeps_and_counts_nothing_outside() -> None:
    found = {place: FORBIDDEN.findall(text) for place, text in sources()}
    assert {place: words for place, words in found.items() if words} == {}


def test_the_phone_keeps_no_page_of_care() -> None:
    pages = kept_pages()
    assert "/help/" in pages
    assert [page for page in pages if page.startswith("/care/")] == []
    # The worker answers from the device with pages of that list only.
    script = (ROOT / "config" / "worker.js").read_text(encoding="utf-8")
    stored = re.findall(r"cache\.put\((\w+)", script)
    assert set(stored) == {"address", "part"}


def test_search_engines_stay_out(client: StrictClient) -> None:
    assert "Disallow: /care/\n" in client.get("/robots.txt").content.decode()


# ---- Who runs the site


def care_models() -> set[type[Any]]:
    walled = ("accounts.care.", "accounts.wellbeing.")
    return {m for m in apps.get_models() if m.__module__.startswith(walled)}


@pytest.mark.parametrize("site", [admin.site, operations_site], ids=["django", "ours"])
def test_no_table_of_care_is_in_an_admin(site: admin.AdminSite) -> None:
    assert care_models()
    assert set(site._registry) & care_models() == set()


def test_the_operators_figures_do_not_count_care(
    client: StrictClient, cast: Cast
) -> None:
    sign_in(client, cast.operator)
    told = client.get(reverse("operations:figures_csv")).content.decode()
    assert told.count("\n") > 5
    assert [name for name in ("care", "wellbeing") if name in told] == []


# ---- What a message says


NOTICES = sorted((ROOT / "templates" / "emails" / "notices").glob("*.txt"))
PLACEHOLDERS = {"link", "site_name"}


def test_there_is_one() -> None:
    assert NOTICES


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
def test_a_notice_of_care_says_nothing(path: Path) -> None:
    """One subject for all; only a link and the site's name are put in."""
    text = path.read_text(encoding="utf-8")
    names = {
        name.split("|")[0].strip() for name in re.findall(r"\{\{([^}]+)\}\}", text)
    }
    # A reminder says when, and nothing more (wellbeing reference E5).
    is_reminder = path.name.startswith("soon.")
    assert names <= PLACEHOLDERS | ({"when"} if is_reminder else set())
    assert "blocktranslate with" not in text
    context = {"link": "https://ashore.example/", "site_name": "上岸"}
    with translation.override("zh-hans"):
        said = render_to_string(f"emails/notices/{path.name}", context)
    told = said.replace("上岸", "")
    if is_reminder:
        told = told.replace("预约", "").replace("提醒", "")
    assert not re.search(
        r"辅导|预约|自测|心情|计划|谈话|安全|提醒|同意|护|care|/c", told
    )
    if not path.name.endswith(".sms.txt"):
        assert said.strip().splitlines()[0] == "你有一条新消息"


# ---- On the page


def test_every_page_has_the_way_out_and_help() -> None:
    """Pages stand in the site's own frame, whose head has both links."""
    loose = [
        path.name
        for folder in ("accounts/care", "accounts/wellbeing/checkins")
        for path in sorted((ROOT / "templates" / folder).rglob("*.html"))
        if "{% block content %}" in path.read_text(encoding="utf-8")
        and '{% extends "base.html" %}' not in path.read_text(encoding="utf-8")
    ]
    assert loose == []


def test_the_way_out_and_help_are_there(client: StrictClient, cast: Cast) -> None:
    sign_in(client, cast.seeker.user)
    page = client.get(reverse("vault:privacy")).content.decode()
    assert f'href="{reverse("discreet:leave")}"' in page
    assert f'href="{reverse("help")}"' in page


def test_on_somebody_elses_phone_care_ends_too(
    client: StrictClient, cast: Cast
) -> None:
    sign_in(client, cast.seeker.user)
    session = client.session
    session["shared_phone"] = True
    session.save()
    page = client.get(reverse("vault:privacy")).content.decode()
    assert "data-shared" in page
    assert "data-worker" not in page
    client.post(reverse("discreet:leave"))
    gone = client.get(reverse("vault:privacy"))
    assert gone["Location"].startswith(reverse("account_login"))


def test_a_pin_stands_before_care(client: StrictClient, cast: Cast) -> None:
    sign_in(client, cast.seeker.user)
    session = client.session
    session["pin_lock"] = [5, None, True]
    session.save()
    asked = client.get(reverse("vault:privacy"))
    assert asked["Location"].startswith(reverse("discreet:unlock"))
