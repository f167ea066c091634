"""From nothing to an answered application, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jobs.applications.enums import ApplicationState
from jobs.applications.models import Application
from tests.browser import chromium, is_too_wide, new_person, press
from tests.make import make_member, make_organization, make_posting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = ("zh-hans", "zh-hant", "en")
WAYS = [
    *[(width, language, True) for width in (360, 1280) for language in LANGUAGES],
    (360, "zh-hans", False),
]
CODE = re.compile(r"\b([0-9A-Z]{6})\b|\b([0-9A-Z]{3}-[0-9A-Z]{3})\b")


@pytest.mark.parametrize(("width", "language", "script"), WAYS)
def test_from_nothing_to_an_answered_application(
    live_server: LiveServer, width: int, language: str, script: bool
) -> None:
    organization = make_organization()
    make_member(organization, email="hr@demo.example.com", role="admin")
    make_posting(organization)
    with chromium() as browser:
        person = new_person(
            browser, live_server.url, width=width, language=language, script=script
        )
        employer = new_person(
            browser, live_server.url, width=width, language=language, script=script
        )
        seeker = person.new_page()
        sign_up(seeker)
        answer_the_profile(seeker)
        apply_to_the_best(seeker)
        assert script is False or not is_too_wide(seeker, width)
        hiring = employer.new_page()
        offer_a_time(hiring)
        pick_a_time(seeker)
        make_the_offer(hiring)
        accept_the_offer(seeker)
    application = Application.objects.get()
    assert application.state == ApplicationState.HIRED
    assert application.snapshot["name"] == "林小舟"
    assert [row.event for row in application.transitions.order_by("at", "pk")] == [
        "submit",
        "view",
        "shortlist",
        "propose",
        "pick",
        "offer",
        "accept",
    ]


def sign_up(page: Page) -> None:
    page.goto("/")
    page.click("main a[href='/account/signup/'] >> nth=0")
    page.check("input[name=kind][value=seeker]")
    page.fill("input[name=contact]", "xiaozhou@example.com")
    page.fill("input[name=password1]", "a-long-enough-password")
    page.check("input[name=agreed]")
    page.click("main form button.btn-primary")
    code = newest_code(page)
    page.fill("input[name=code]", code)
    page.click("main form button.btn-primary")
    page.wait_for_url(re.compile(r":\d+/$"))


def newest_code(page: Page) -> str:
    """Read the code where the demo shows what was sent."""
    outbox = page.context.new_page()
    outbox.goto("/demo/outbox/")
    text = outbox.inner_text("main")
    outbox.close()
    found = CODE.search(text)
    assert found, text
    return found.group(0)


def answer_the_profile(page: Page) -> None:
    answers: dict[str, Callable[[], object]] = {
        "place": lambda: page.fill("input[name=city]", "上海"),
        "past": lambda: tick(page, "past_roles", "phone_collector"),
        "did": lambda: tick(page, "agreements", "negotiate_instalments"),
        "limits": lambda: tick(page, "constraints", "no_collection"),
        "wanted": lambda: tick(page, "wanted_occupations", "inbound_hotline"),
        "pay": lambda: page.fill("input[name=min_pay]", "4500"),
        "education": lambda: tick(page, "education", "junior_high"),
        "hidden": lambda: page.fill("[name=former]", "半两资产"),
        "contact": lambda: page.fill("input[name=contact_name]", "林小舟"),
    }
    page.click("main a[href='/profile/start/']")
    for step, answer in answers.items():
        page.wait_for_url(f"**/profile/{step}/")
        answer()
        page.click("main form button.btn-primary >> nth=0")
    page.wait_for_url("**/profile/review/")
    page.click("main form button.btn-primary >> nth=0")


def tick(page: Page, name: str, value: str) -> None:
    box = page.locator(f"input[name={name}][value={value}]")
    fold = page.locator("main details:not([open])", has=box)
    if fold.count():
        fold.locator("> summary").click()
    page.locator("label", has=box).click()
    expect(box).to_be_checked()


def apply_to_the_best(page: Page) -> None:
    page.goto("/matches/")
    page.click("main article h2 a, main article h3 a")
    page.click("main a[href*='/applications/to/']:visible >> nth=0")
    page.fill("input[name=name]", "林小舟")
    page.fill("input[name=phone]", "138 0000 0000")
    page.fill("textarea[name=message]", "下周一就能上班。")
    page.check("input[name=consent]")
    page.click("main form.form button.btn-primary")
    page.wait_for_url(re.compile(r"/applications/[0-9a-f-]{36}/$"))


def offer_a_time(page: Page) -> None:
    page.goto("/demo/sign-in/")
    page.click("main form button >> nth=0")
    page.goto("/applications/inbox/")
    page.click("main table a >> nth=0")
    take_step(page, "shortlist")
    page.click("main a[href$='/times/']")
    soon = timezone.localtime() + timedelta(days=2)
    page.fill("[name=t1]", soon.strftime("%Y-%m-%dT10:00"))
    page.fill("[name=place]", "示例路1号3楼")
    page.click("main form.form button.btn-primary")
    page.wait_for_url(re.compile(r"/applications/inbox/[0-9a-f-]{36}/(#interview)?$"))


def pick_a_time(page: Page) -> None:
    page.reload()
    page.check("form[action$='/pick/'] input[name=slot]")
    page.click("form[action$='/pick/'] button")
    page.wait_for_url(re.compile(r"/applications/[0-9a-f-]{36}/(#interview)?$"))


def make_the_offer(page: Page) -> None:
    page.reload()
    start = (timezone.localtime() + timedelta(days=9)).strftime("%Y-%m-%d")
    write_offer(page, start)


def write_offer(page: Page, start: str) -> None:
    """The form begins with the advert: what it left open is what there is to fill in."""
    page.click("main a[href$='/offer/']")
    page.fill("[name=variable_pay]", "0")
    page.fill("[name=variable_text]", "")
    page.fill("[name=start]", start)
    page.click("main form.form button.btn-primary")
    expect(page.locator("main .message").first).to_be_visible()


def take_step(page: Page, event: str, **values: str) -> None:
    form = page.locator(f"form[action$='/{event}/']")
    if not form.is_visible():
        page.locator("details", has=form).locator("summary").click()
    for name, value in values.items():
        form.locator(f"[name={event}-{name}]").fill(value)
    form.locator("button").click()
    expect(page.locator("main .message").first).to_be_visible()


def accept_the_offer(page: Page) -> None:
    page.reload()
    press(page, "form[action$='/accept/'] button")
