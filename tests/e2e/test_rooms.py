"""Two people write to each other in two browsers, also on a line that breaks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.care.rooms.models import Room
from accounts.identity.models import User
from tests.accounts.care.rooms.make import make_room, words_of
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.cast import Cast
from tests.make import make_counselor, make_seeker, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def session_of(user: User) -> str:
    """Signed in already: how people sign in is tried elsewhere."""
    client = Client()
    sign_in(client, user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def page_of(
    browser: Browser, server: LiveServer, session: str, *, width: int, script: bool
) -> Page:
    context = new_person(
        browser, server.url, width=width, language="zh-hans", script=script
    )
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": session, "url": server.url}])
    return context.new_page()


@pytest.fixture
def room(db: None) -> Room:
    two = SimpleNamespace(seeker=make_seeker(), counselor=make_counselor())
    return make_room(cast("Cast", two))[0]


@contextmanager
def both(
    server: LiveServer, room: Room, *, script: bool = True
) -> Iterator[list[Page]]:
    """The person on a phone, the counselor at a desk; the database is asked afterwards."""
    seeker = User.objects.get(kind="seeker")
    sessions = [session_of(seeker), session_of(User.objects.get(kind="counselor"))]
    url = reverse("rooms:room", args=[room.appointment_id])
    with chromium() as browser:
        pages = [
            page_of(browser, server, session, width=width, script=script)
            for session, width in zip(sessions, (360, 1280), strict=True)
        ]
        for page in pages:
            page.goto(url)
        yield pages


def write(page: Page, text: str) -> None:
    page.fill("textarea[name=text]", text)
    page.locator("[data-write] button").click()


def lines(page: Page) -> list[str]:
    return page.locator("[data-lines] .bubble .pre-line").all_inner_texts()


def test_written_both_ways_on_a_line_that_breaks(
    live_server: LiveServer, room: Room
) -> None:
    with both(live_server, room) as (phone, desk):
        for page, width in ((phone, 360), (desk, 1280)):
            assert violations(page) == []
            assert not is_too_wide(page, width)
        write(phone, "你好,我来了")
        expect(desk.get_by_text("你好,我来了")).to_be_visible()
        expect(phone.locator("[data-dot].is-there")).to_have_count(1)
        write(desk, "欢迎,慢慢说")
        expect(phone.get_by_text("欢迎,慢慢说")).to_be_visible()
        expect(phone.locator("[data-mark]").first).to_have_text("已读")

        phone.context.set_offline(True)
        for text in ("第一句", "第二句"):
            write(phone, text)
        expect(phone.locator("[data-bad]")).to_be_visible()
        expect(phone.locator(".is-waiting")).to_have_count(2)
        phone.fill("textarea[name=text]", "还没写完")
        write(desk, "你还在吗")
        expect(desk.locator("[data-lines] [data-number]")).to_have_count(3)
        # The tab was loaded anew meanwhile: nothing typed is lost.
        phone.context.set_offline(False)
        phone.reload()
        expect(phone.locator("textarea[name=text]")).to_have_value("还没写完")
        expect(phone.locator(".is-waiting")).to_have_count(0)
        expect(desk.get_by_text("第二句")).to_be_visible()
        expect(phone.locator("[data-bad]")).to_be_hidden()
        told = ["你好,我来了", "欢迎,慢慢说", "你还在吗", "第一句", "第二句"]
        assert lines(phone) == lines(desk) == told
        assert not is_too_wide(phone, 360)
        assert violations(phone) == []

        desk.get_by_role("link", name="结束").click()
        desk.locator("main form button").click()
        for page in (desk, phone):
            expect(page.locator("[data-room-over]")).to_be_visible()
            expect(page.locator("textarea")).to_have_count(0)
            assert violations(page) == []
        # What could not be sent any more is shown once, and goes from the phone.
        expect(phone.locator("[data-unsent-text]")).to_have_text("还没写完")
        assert phone.evaluate("sessionStorage.getItem('unsent')") is None
        phone.reload()
        expect(phone.locator("[data-unsent]")).to_be_hidden()
    assert words_of(room) == told


def test_an_answer_that_is_lost_makes_no_second_line(
    live_server: LiveServer, room: Room
) -> None:
    with both(live_server, room) as (phone, desk):
        tried: list[str] = []

        def lose(route: Any) -> None:
            tried.append(route.request.post_data or "")
            if len(tried) > 1:
                route.continue_()
                return
            # It reaches the server, and the answer never comes back.
            route.fetch()
            route.abort()

        phone.route("**/say/", lose)
        write(phone, "听得到吗")
        expect(desk.get_by_text("听得到吗")).to_be_visible()
        expect(phone.locator(".is-waiting")).to_have_count(0)
        phone.wait_for_timeout(4_000)
        assert lines(phone) == lines(desk) == ["听得到吗"]
    assert len(tried) > 1
    assert words_of(room) == ["听得到吗"]


def test_leaving_quickly_takes_the_unsent_words_along(
    live_server: LiveServer, room: Room
) -> None:
    with both(live_server, room) as (phone, _desk):
        phone.fill("textarea[name=text]", "没有发出去")
        assert phone.evaluate("JSON.stringify(sessionStorage)").count("没有发出去") == 1
        phone.route("**/*", lambda route: route.fulfill(body="<title>x</title>"))
        phone.locator("[data-leave]").first.click()
        phone.wait_for_function("!document.querySelector('[data-room]')")
        phone.unroute("**/*")
        phone.goto(live_server.url + "/healthz")
        assert phone.evaluate("JSON.stringify(sessionStorage)").count("没有发出去") == 0


@pytest.mark.parametrize("kind", ["seeker", "counselor"])
@pytest.mark.parametrize("height", [640, 800])
def test_whoever_sends_does_not_leave(
    live_server: LiveServer, room: Room, kind: str, height: int
) -> None:
    """The way out is fixed on a phone: it lay on the button that sends."""
    session = session_of(User.objects.get(kind=kind))
    with chromium() as browser:
        page = page_of(browser, live_server, session, width=360, script=True)
        page.set_viewport_size({"width": 360, "height": height})
        page.goto(reverse("rooms:room", args=[room.appointment_id]))
        for scrolled in range(0, 500, 50):
            page.evaluate("y => window.scrollTo(0, y)", scrolled)
            send = page.locator("[data-write] button").bounding_box()
            leave = page.locator(".leave-link:visible").bounding_box()
            assert send is not None
            assert leave is not None
            is_apart = (
                leave["y"] + leave["height"] <= send["y"]
                or send["y"] + send["height"] <= leave["y"]
            )
            assert is_apart or send["y"] < height / 3, scrolled


def test_plain_words_bring_the_numbers_above_the_line(
    live_server: LiveServer, room: Room
) -> None:
    with both(live_server, room) as (phone, desk):
        for page in (phone, desk):
            page.fill("textarea[name=text]", "有时候不想活了")
        card = phone.locator("[data-help-shown]")
        expect(card).to_be_in_viewport(ratio=0.9)
        below = phone.locator("[data-write]").bounding_box()
        above = card.bounding_box()
        assert below is not None
        assert above is not None
        assert above["y"] + above["height"] <= below["y"]
        expect(desk.locator("[data-help-shown]")).to_have_count(0)
    assert words_of(room) == []


def test_without_a_script_it_is_a_form(live_server: LiveServer, room: Room) -> None:
    with both(live_server, room, script=False) as (phone, desk):
        write(phone, "没有脚本也行")
        desk.reload()
        expect(desk.get_by_text("没有脚本也行")).to_be_visible()
        write(desk, "好的")
        phone.locator("noscript a").click()
        expect(phone.get_by_text("好的")).to_be_visible()
    assert words_of(room) == ["没有脚本也行", "好的"]
