"""A new employer's whole way, page by page: from signing up to the first day agreed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.employers.rules.papers import REQUIRED
from accounts.lib.dates import today
from jobs.applications.models import Application
from jobs.postings.models import Posting
from tests.browser import chromium, is_too_wide, new_person, press
from tests.e2e.test_main_job import (
    accept_the_offer,
    answer_the_profile,
    apply_to_the_best,
    newest_code,
    pick_a_time,
    sign_up,
    write_offer,
)
from tests.jobs.postings.make import ANSWERS
from tests.make import PNG, USCC, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAPERS = REQUIRED["employer"]
NEXT_YEAR = timedelta(days=300)


@pytest.mark.parametrize("width", [360, 1280])
def test_from_signing_up_to_the_first_day(live_server: LiveServer, width: int) -> None:
    # Whoever checks is there already; one tap signs them in.
    make_user("moderator", email="mod@demo.example.com")
    with chromium() as browser:
        hiring, checking, looking = (
            new_person(
                browser, live_server.url, width=width, language="zh-hans"
            ).new_page()
            for _ in range(3)
        )
        for page in (hiring, checking, looking):
            # The rules are read for the first time when the posting is saved.
            page.set_default_timeout(60_000)
        join_as_employer(hiring)
        set_up(hiring)
        send_papers(hiring)
        sign_in_to_check(checking)
        confirm(checking)
        promise(hiring)
        write_posting(hiring)
        publish(checking)
        sign_up(looking)
        answer_the_profile(looking)
        apply_to_the_best(looking)
        shortlist(hiring, width)
        offer_times(hiring)
        pick_a_time(looking)
        hiring.reload()
        start = (timezone.localtime() + timedelta(days=9)).strftime("%Y-%m-%d")
        write_offer(hiring, start)
        accept_the_offer(looking)
        hired(hiring, width)
    check_what_is_kept()


def check_what_is_kept() -> None:
    application = Application.objects.get()
    assert application.state == "hired"
    steps = application.transitions.order_by("at", "pk")
    # Shortlisted from the board: nobody had to open it for that.
    assert list(steps.values_list("event", flat=True)) == [
        "submit",
        "shortlist",
        "propose",
        "pick",
        "offer",
        "accept",
    ]
    posting = Posting.objects.get()
    assert posting.state == "published"
    assert application.organization.verification == "verified"


def join_as_employer(page: Page) -> None:
    page.goto("/account/signup/?kind=employer")
    page.check("input[name=kind][value=employer]")
    page.fill("input[name=contact]", "linwan@example.com")
    page.fill("input[name=password1]", "a-long-enough-password")
    page.check("input[name=agreed]")
    page.click("main form button.btn-primary")
    page.fill("input[name=code]", newest_code(page))
    page.click("main form button.btn-primary")
    page.wait_for_url(re.compile(r":\d+/$"))


def set_up(page: Page) -> None:
    """First with a mistyped code: told, and nothing lost."""
    page.goto("/organization/new/")
    page.fill("[name=legal_name]", "青禾消费金融有限公司")
    page.fill("[name=uscc]", USCC[:-1] + "X")
    page.fill("[name=legal_representative]", "顾言")
    page.fill("[name=display_name]", "青禾消费金融")
    page.fill("[name=city]", "上海")
    page.fill("[name=address]", "浦东新区示例路1号")
    page.fill("[name=contact_phone]", "021-58880000")
    page.click("main form button.btn-primary")
    expect(page.locator("[data-error-summary]")).to_be_visible()
    expect(page.locator("[name=legal_name]")).to_have_value("青禾消费金融有限公司")
    page.fill("[name=uscc]", USCC)
    page.click("main form button.btn-primary")
    page.wait_for_url("**/organization/")


def send_papers(page: Page) -> None:
    for kind in PAPERS:
        page.goto(f"/organization/documents/{kind}/")
        paper: FilePayload = {
            "name": f"{kind}.png",
            "mimeType": "image/png",
            "buffer": PNG,
        }
        page.set_input_files("input[type=file]", files=paper)
        if page.locator("[name=valid_until]").count():
            page.fill("[name=valid_until]", (today() + NEXT_YEAR).isoformat())
        press(page, "main form button.btn-primary")
    page.goto("/organization/")
    page.click("form[action$='/organization/submit/'] button")
    expect(page.locator("main .message").first).to_be_visible()


def sign_in_to_check(page: Page) -> None:
    page.goto("/demo/sign-in/")
    press(page, "main form button >> nth=0")


def confirm(page: Page) -> None:
    page.goto("/organization/verifications/")
    press(page, "main a[href*='/organization/verifications/'] >> nth=0")
    check = page.url
    papers = page.locator("a[href^='/evidence/'][href$='/review/']")
    for address in [link.get_attribute("href") for link in papers.all()]:
        page.goto(str(address))
        press(page, "form[action$='/accept/'] button")
    page.goto(check)
    form = page.locator("form[action$='/verify/']")
    for name in ("same_name", "in_business", "nothing_listed"):
        form.locator(f"[name={name}]").check()
    form.locator("button.btn-primary").click()
    page.wait_for_url("**/organization/verifications/")


def promise(page: Page) -> None:
    page.goto("/organization/covenant/")
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    press(page, "main form button.btn-primary")


def write_posting(page: Page) -> None:
    page.goto("/postings/new/")
    answers = ANSWERS | {"valid_through": (today() + timedelta(days=30)).isoformat()}
    for name, value in answers.items():
        if name != "intent":
            answer(page, name, value)
    page.click("#posting-form button[name=intent][value=check]")
    page.wait_for_url("**/check/")
    press(page, "form[action$='/submit/'] button")


def answer(page: Page, name: str, value: str) -> None:
    """Whatever kind of control the form has for it."""
    box = ":is([type=radio], [type=checkbox])"
    choice = page.locator(f"#posting-form input{box}[name={name}][value='{value}']")
    if choice.count():
        choice.first.check()
        return
    control = page.locator(f"#posting-form [name={name}]").first
    if control.evaluate("e => e.tagName") == "SELECT":
        control.select_option(value)
    else:
        control.fill(value)


def publish(page: Page) -> None:
    page.goto("/review/")
    press(page, "main a[href*='/review/']:has-text('热线客服')")
    page.check("input[name=verdict][value=approve]")
    press(page, "form[data-review-form] button.btn-primary")


def shortlist(page: Page, width: int) -> None:
    page.goto("/hiring/")
    assert not is_too_wide(page, width)
    page.click("[data-move] >> nth=0")
    page.locator("#desk-sheet button.desk-choice >> nth=0").click()
    expect(page.locator("#desk-sheet")).to_be_hidden()


def offer_times(page: Page) -> None:
    """From the board: aiming at an interview leads to the page for its times."""
    page.goto("/hiring/?column=shortlisted")
    page.click("[data-column=shortlisted] [data-move]")
    page.click("#desk-sheet a[href$='/times/']")
    soon = timezone.localtime() + timedelta(days=2)
    page.fill("[name=t1]", soon.strftime("%Y-%m-%dT10:00"))
    page.fill("[name=place]", "示例路1号3楼")
    page.click("main form.form button.btn-primary")
    page.wait_for_url(re.compile(r"/applications/inbox/[0-9a-f-]{36}/(#interview)?$"))


def hired(page: Page, width: int) -> None:
    page.goto("/hiring/?column=hired")
    expect(page.locator("[data-column=hired] [data-card]")).to_have_count(1)
    assert not is_too_wide(page, width)
