"""A phone of 360 px: four taps from the first page to a booked time, with no script too."""

from __future__ import annotations

import re
from functools import partial

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.care.scheduling.models import Appointment
from tests.accounts.care.scheduling.talk_make import book_first, open_up
from tests.browser import chromium, is_too_wide, new_person, press, violations
from tests.jobs.applications.together import together
from tests.make import make_counselor, make_seeker, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = 360


class Taps:
    """Counts what a thumb does."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def tap(self, selector: str, text: str | re.Pattern[str] = "") -> None:
        place = self.page.locator(selector)
        if text:
            place = place.filter(has_text=text)
        box = place.first.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        press(self.page, place.first)
        self.count += 1
        assert not is_too_wide(self.page, WIDTH), self.page.url


@pytest.mark.parametrize("script", [True, False])
def test_four_taps(live_server: LiveServer, script: bool) -> None:
    counselor = open_up(make_counselor())
    seeker = make_seeker()
    client = Client()
    sign_in(client, seeker.user)
    with chromium() as browser:
        context = new_person(
            browser, live_server.url, width=WIDTH, language="zh-hans", script=script
        )
        session = client.cookies["sessionid"].value
        context.add_cookies(
            [{"name": "sessionid", "value": session, "url": live_server.url}]
        )
        page = context.new_page()
        page.goto("/care/talks/")
        taps = Taps(page)
        found = []
        for selector in (
            ".talk-picks a",
            ".talk-picks a",
            ".talk-times button",
            ".action-bar .btn-primary",
        ):
            if script:
                found += violations(page)
            taps.tap(selector)
        assert found == []
        assert taps.count == 4
        expect(page).to_have_url(re.compile(r"/care/talks/mine/[0-9a-f-]{36}/$"))
        if script:
            assert violations(page) == []
    row = Appointment.objects.get()
    assert (row.state, row.counselor) == ("booked", counselor)


def test_somebody_was_quicker_in_a_browser(live_server: LiveServer) -> None:
    counselor = open_up(make_counselor())
    seeker, other = (
        make_seeker(),
        make_seeker(email="other@example.com", pseudonym="晚风"),
    )
    client = Client()
    sign_in(client, seeker.user)
    with chromium() as browser:
        context = new_person(browser, live_server.url, width=WIDTH, language="zh-hant")
        session = client.cookies["sessionid"].value
        context.add_cookies(
            [{"name": "sessionid", "value": session, "url": live_server.url}]
        )
        page = context.new_page()
        page.goto("/care/talks/times/?mode=text")
        # Playwright's own loop lets nobody ask the database in this thread.
        together([partial(book_first, other, counselor)])
        page.locator(".talk-times button").first.click()
        expect(page.locator(".talk-times button")).to_have_count(3)
        assert violations(page) == []
        page.locator(".talk-times button").first.click()
        page.locator(".action-bar .btn-primary").click()
        expect(page).to_have_url(re.compile(r"/care/talks/mine/"))
    assert Appointment.objects.filter(state="booked").count() == 2
