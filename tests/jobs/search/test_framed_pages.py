"""A page set into a frame that was drawn before is the page drawn as a whole."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from accounts.identity.enums import SwitchState
from accounts.lib import frames
from tests.accounts.identity.test_switches import announce, turn
from tests.cast import Cast
from tests.make import make_posting, sign_in

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"(?<=value=\")\w{64}(?=\")|(?<=X-CSRFToken\": \")\w{64}(?=\")")
HOSTILE = '/jobs/?q="><script>alert(1)</script>&x=%27%22%3C!--'


@pytest.fixture(autouse=True)
def _drawn_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "_frames", {})
    make_posting(cast.organization, title="电话客服")


def page_of(path: str, cookies: dict[str, str], headers: dict[str, str]) -> str:
    client = Client()
    client.cookies.load(cookies)
    # The token that is asked for must be the one that was set.
    page = client.get(path, headers=headers).content.decode()
    tokens = set(TOKEN.findall(page))
    assert len(tokens) <= 2
    assert "csrftoken" in client.cookies or not tokens
    return TOKEN.sub("token", page)


@pytest.mark.parametrize(
    ("cookies", "headers"),
    [
        ({}, {}),
        ({"django_language": "en"}, {}),
        ({"django_language": "zh-hant", "theme": "dark"}, {}),
        ({"look": "planner"}, {}),
        ({"theme": "light"}, {}),
        ({}, {"Kept-Copy": "en/notes"}),
    ],
)
@pytest.mark.parametrize("path", ["/jobs/", "/jobs/?q=客服&shift=day", HOSTILE])
def test_both_ways_give_the_same(
    path: str,
    cookies: dict[str, str],
    headers: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Drawn for others first: another address, language, theme and look.
    for other in ({}, {"django_language": "en"}, {"theme": "dark"}, {"look": "notes"}):
        page_of("/jobs/?q=别的", other, {})
    page_of("/jobs/?q=别的", cookies, headers)
    drawn = len(frames._frames)
    framed = page_of(path, cookies, headers)
    assert len(frames._frames) == drawn
    monkeypatch.setattr(frames, "is_visitor", lambda _request: False)
    assert framed == page_of(path, cookies, headers)
    assert "<script>alert" not in framed


def test_an_announcement_stands_on_the_next_page(
    cast: Cast,
) -> None:
    assert "今晚维护" not in page_of("/jobs/", {}, {})
    turn("announcement", SwitchState.ON, cast.operator)
    announce(cast.operator)
    assert "今晚维护" in page_of("/jobs/", {}, {})
    assert "Maintenance tonight" in page_of("/jobs/", {"django_language": "en"}, {})


def test_whoever_has_a_session_gets_a_frame_of_their_own(
    client: Client, cast: Cast
) -> None:
    page_of("/jobs/", {}, {})
    sign_in(client, cast.seeker.user)
    assert "退出" in client.get("/jobs/").content.decode()
    assert len(frames._frames) == 1


def test_no_more_frames_are_kept_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(frames, "_MOST_FRAMES", 2)
    for theme in ("light", "dark", ""):
        page_of("/jobs/", {"theme": theme}, {})
    assert len(frames._frames) == 2
    settings.DEBUG = True
    page_of("/jobs/", {"django_language": "en"}, {})
    assert len(frames._frames) == 2
