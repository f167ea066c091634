"""Result pages that are kept for visitors show nobody anything of somebody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.lib.kept_pages import LONGEST_ADDRESS
from tests.cast import Cast
from tests.make import make_posting, sign_in

OUT = reverse("account_logout")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w{64})"')


@pytest.fixture(autouse=True)
def _kept(settings: Any, cast: Cast) -> None:
    settings.PAGES_KEPT_FOR = 30
    make_posting(cast.organization, title="老帖子客服")


def shows_new(client: Client, path: str, cast: Cast, **headers: Any) -> bool:
    """Whether a page asked for once before shows what came in between."""
    client.get(path, headers=headers)
    make_posting(cast.organization, title="新帖子客服")
    page = client.get(path, headers=headers).content.decode()
    assert "老帖子" in page.replace("<mark>", "")
    return "新帖子" in page


def test_a_visitor_sees_a_page_as_it_was_for_half_a_minute(
    client: Client, cast: Cast
) -> None:
    now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    with time_machine.travel(now, tick=False) as clock:
        make_posting(cast.organization, title="老帖子客服")
        assert not shows_new(client, "/jobs/", cast)
        clock.shift(timedelta(seconds=31))
        assert "新帖子" in client.get("/jobs/").content.decode()


def test_whoever_is_signed_in_sees_it_at_once(client: Client, cast: Cast) -> None:
    Client().get("/jobs/")
    sign_in(client, cast.seeker.user)
    assert shows_new(client, "/jobs/", cast)


def test_no_page_of_somebody_signed_in_is_kept(client: Client, cast: Cast) -> None:
    sign_in(client, cast.seeker.user)
    own = client.get("/jobs/").content.decode()
    others = Client().get("/jobs/").content.decode()
    assert OUT in own
    assert OUT not in others


def test_a_message_in_waiting_is_shown_to_its_reader_alone(cast: Cast) -> None:
    reader = Client()
    Client().get("/jobs/")
    reader.cookies["messages"] = "x"
    assert shows_new(reader, "/jobs/", cast)


def test_nothing_is_kept_where_it_is_turned_off(
    client: Client, cast: Cast, settings: Any
) -> None:
    settings.PAGES_KEPT_FOR = 0
    assert shows_new(client, "/jobs/", cast)


@pytest.mark.parametrize(
    ("path", "cookies", "headers"),
    [
        ("/jobs/?q=客服", {}, {}),
        ("/jobs/?x=1", {}, {}),
        ("/jobs/", {"django_language": "en"}, {}),
        ("/jobs/", {"theme": "dark"}, {}),
        ("/jobs/", {}, {"Accept-Language": "zh-TW"}),
        ("/jobs/", {}, {"HX-Request": "true"}),
    ],
)
def test_every_look_and_address_has_a_page_of_its_own(
    cast: Cast, path: str, cookies: dict[str, str], headers: dict[str, str]
) -> None:
    plain = _without_tokens(Client().get("/jobs/"))
    other = Client()
    other.cookies.load(cookies)
    first = _without_tokens(other.get(path, headers=headers))
    assert first != plain
    assert _without_tokens(other.get(path, headers=headers)) == first
    assert _without_tokens(Client().get("/jobs/")) == plain


def _without_tokens(answer: Any) -> str:
    return re.sub(r"\w{64}", "", answer.content.decode())


def test_a_part_and_the_whole_are_kept_apart(cast: Cast) -> None:
    htmx = {"HX-Request": "true"}
    restored = htmx | {"HX-History-Restore-Request": "true"}
    for _ in range(2):
        part = Client().get("/jobs/?q=客服", headers=htmx)
        assert b"<!doctype html>" not in part.content
        assert part["HX-Push-Url"].startswith("/jobs/?q=")
        whole = Client().get("/jobs/?q=客服", headers=restored)
        assert b"<!doctype html>" in whole.content


def test_an_odd_theme_or_language_is_no_key_of_its_own(cast: Cast) -> None:
    """Otherwise made-up cookies would fill the memory with the same page."""
    Client().get("/jobs/")
    other = Client()
    other.cookies.load({"theme": "x" * 9, "django_language": "xx"})
    make_posting(cast.organization, title="新帖子客服")
    assert "新帖子" not in other.get("/jobs/").content.decode()


def test_each_visitor_gets_a_token_that_works(cast: Cast) -> None:
    Client().get("/jobs/")
    tokens = []
    for _ in range(2):
        visitor = Client(enforce_csrf_checks=True)
        page = visitor.get("/jobs/")
        found = set(TOKEN.findall(page.content.decode()))
        assert len(found) == 1
        assert visitor.cookies["csrftoken"].value
        (token,) = found
        assert f'"X-CSRFToken": "{token}"' in page.content.decode()
        answer = visitor.post(
            "/language/", {"language": "en", "csrfmiddlewaretoken": token}
        )
        assert answer.status_code == 302
        tokens.append(token)
    assert tokens[0] != tokens[1]


def test_a_kept_page_has_the_headers_of_a_new_one(cast: Cast) -> None:
    first, kept = (Client().get("/jobs/?q=客服") for _ in range(2))
    for name in (
        "Content-Type",
        "Content-Security-Policy",
        "X-Frame-Options",
        "Content-Language",
        "X-Content-Type-Options",
    ):
        assert first[name] == kept[name]
    # A kept page is answered before all else that adds some.
    assert dict(first.headers) == dict(kept.headers)
    for answer in (first, kept):
        assert {"Cookie", "HX-Request", "Accept-Language"} <= {
            name.strip() for name in answer["Vary"].split(",")
        }


def test_who_comes_unsealed_is_sent_to_the_sealed_page(
    cast: Cast, settings: Any
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 60
    sealed = [Client().get("/jobs/", secure=True) for _ in range(2)]
    assert all(a["Strict-Transport-Security"] == "max-age=60" for a in sealed)
    assert Client().get("/jobs/").status_code == 301


def test_an_address_may_not_bring_a_token_along(cast: Cast) -> None:
    typed = 'name="csrfmiddlewaretoken" value="' + "a" * 64 + '"'
    first, kept = (Client().get("/jobs/", {"q": typed}) for _ in range(2))
    assert first.content.count(b"a" * 64) == kept.content.count(b"a" * 64) > 0


def test_other_methods_and_long_addresses_are_not_kept(cast: Cast) -> None:
    Client().head("/jobs/?q=客服")
    assert Client().get("/jobs/?q=客服").content
    assert Client().post("/jobs/?q=客服").status_code == 405
    long = "/jobs/?x=" + "y" * LONGEST_ADDRESS
    assert shows_new(Client(), long, cast)
