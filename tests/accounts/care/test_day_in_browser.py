"""A counselor's day on a phone: caseload, talk, note, flag, handing on."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.care.cases.models import Handover
from accounts.care.notes.models import SessionNote
from accounts.care.rooms.models import Line
from accounts.care.safety.models import SafetyFlag
from accounts.care.vault.wall import behind_the_wall
from tests.accounts.care.cases.make import make_case
from tests.accounts.care.rooms.make import make_appointment
from tests.accounts.care.scheduling.talk_make import open_up
from tests.browser import chromium, is_too_wide, new_person, press, violations
from tests.make import make_counselor, make_seeker, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = 360
NOTE = {
    "data": "说昨晚睡了五个小时。",
    "reading": "作息慢慢回来。",
    "next": "周三再谈。",
}


def arrived(page: Page) -> None:
    page.wait_for_load_state()
    assert not is_too_wide(page, WIDTH), page.url
    assert violations(page) == [], page.url


def test_a_day(live_server: LiveServer) -> None:
    counselor, seeker = make_counselor(), make_seeker()
    open_up(make_counselor(email="next@example.com", name="何老师"))
    with behind_the_wall():
        make_case(seeker, counselor)
        make_appointment(seeker, counselor)
    client = Client()
    sign_in(client, counselor.user)
    with chromium() as browser:
        context = new_person(browser, live_server.url, width=WIDTH, language="zh-hans")
        session = client.cookies["sessionid"].value
        context.add_cookies(
            [{"name": "sessionid", "value": session, "url": live_server.url}]
        )
        page = context.new_page()
        day(page, seeker.pseudonym)
    with behind_the_wall():
        assert Line.objects.count() == 1
        assert SessionNote.objects.get().state == "signed"
        assert SafetyFlag.objects.get().level == "yellow"
        assert Handover.objects.get().state == "asked"


def day(page: Page, name: str) -> None:
    page.goto("/care/cases/")
    arrived(page)
    # The talk.
    press(page, "main a[href*='/care/rooms/']")
    arrived(page)
    page.locator("textarea[name=text]").fill("你好,我在。")
    page.get_by_role("button", name="发").first.click()
    expect(page.locator("main")).to_contain_text("你好,我在。")
    # The caseload, and the person.
    page.goto("/care/cases/all/")
    arrived(page)
    press(page, page.get_by_role("link", name=name).first)
    arrived(page)
    case = page.url
    # The note.
    page.locator("form[action*='/care/notes/new/'] button").click()
    page.wait_for_url(re.compile("/write/"))
    for field, text in NOTE.items():
        page.locator(f"textarea[name={field}]").fill(text)
    arrived(page)
    page.locator("button[value=sign]").click()
    page.wait_for_url(re.compile(r"/care/notes/[0-9a-f-]{36}/$"))
    arrived(page)
    # The flag.
    page.goto(case)
    press(page, "main a[href*='/raise/']")
    arrived(page)
    page.locator("input[name=level][value=yellow]").check()
    page.locator("input[name=source][value=counselor]").check()
    for box in page.locator("main textarea").all():
        box.fill("这周想再聊一次。")
    press(page, "main form .btn-primary")
    page.wait_for_url(re.compile("/care/safety/"))
    # Handing on.
    page.goto(case)
    press(page, "main a[href*='/hand-over/']")
    arrived(page)
    choice = page.locator("main input[type=radio]")
    if choice.count():
        choice.first.check()
    page.locator("main textarea").first.fill("谈了一次,睡眠在变好,想找白天的工作。")
    page.locator("main form .btn-primary").click()
    page.wait_for_url(case)
    arrived(page)
