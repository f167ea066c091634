"""An employer on a phone: from nothing to a posting that is sent in, page by page."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Frame, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.employers.models import Organization
from accounts.employers.services.verification import verify_organization
from accounts.evidence.models import Document
from accounts.evidence.services import accept_document
from jobs.postings.models import Posting
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.e2e.test_main_job import newest_code
from tests.jobs.postings.make import ANSWERS
from tests.jobs.screening.test_posting_in_browser import fill_in
from tests.make import PDF, USCC, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Pages that somebody sees on the way, each at most once but for the home page and the
# organisation's, to which they come back.
MOST_PAGES = 20


@pytest.mark.parametrize("script", [True, False])
def test_an_employer_begins_on_a_phone(
    live_server: LiveServer, tmp_path: Path, script: bool
) -> None:
    seen: list[str] = []
    with chromium() as browser:
        person = new_person(
            browser, live_server.url, width=360, language="zh-hans", script=script
        )
        # The rules are read in for the first posting: on a busy machine that is slow.
        person.set_default_timeout(60_000)
        page = person.new_page()

        def note(frame: Frame) -> None:
            if frame == page.main_frame:
                seen.append(frame.url.removeprefix(live_server.url))

        page.on("framenavigated", note)
        sign_up(page)
        set_up(page)
        send_papers(page, tmp_path)
        promise(page)
        # The browser keeps this thread; our side works in another one.
        with ThreadPoolExecutor(1) as other:
            other.submit(check_the_papers).result()
        write_the_posting(page)
        if script:
            assert not is_too_wide(page, 360)
            page.goto("/")
            assert violations(page) == []
    posting = Posting.objects.get()
    assert posting.state == "in_review"
    assert posting.organization == Organization.objects.get()
    assert len(seen) <= MOST_PAGES, seen


def next_step(page: Page) -> None:
    """The list on the home page says where to go."""
    page.goto("/")
    page.click("main a[aria-current=step]")


def sign_up(page: Page) -> None:
    page.goto("/account/signup/?kind=employer")
    page.check("input[name=kind][value=employer]")
    page.fill("input[name=contact]", "hr@qinghe-test.cn")
    page.fill("input[name=password1]", "a-long-enough-password")
    page.check("input[name=agreed]")
    page.click("main form button.btn-primary")
    page.fill("input[name=code]", newest_code(page))
    page.click("main form button.btn-primary")
    page.wait_for_url(re.compile(r":\d+/$"))


def set_up(page: Page) -> None:
    page.click("main a[aria-current=step]")
    page.fill("[name=legal_name]", "青禾客服有限公司")
    page.fill("[name=uscc]", f" {USCC[:4].lower()} {USCC[4:]} ")
    page.fill("[name=legal_representative]", "顾言")
    page.fill("[name=display_name]", "青禾客服")
    page.fill("[name=city]", "上海 浦东新区")
    page.fill("[name=address]", "示例路1号")
    page.fill("[name=contact_phone]", "021-58880000")
    page.click("main form button.btn-primary")
    page.wait_for_url("**/organization/")


def send_papers(page: Page, folder: Path) -> None:
    paper = folder / "paper.pdf"
    paper.write_bytes(PDF)
    page.click("main a[href$='/organization/papers/']")
    page.wait_for_url("**/organization/papers/")
    for box in page.locator("input[type=file]").all():
        box.set_input_files(paper)
    until = (timezone.localdate() + timedelta(days=100)).isoformat()
    page.fill("[name=agent_authorisation-valid_until]", until)
    page.click("main form button.btn-primary")
    page.wait_for_url("**/organization/")
    page.click("form[action$='/organization/submit/'] button")
    expect(page.locator("main .message").first).to_be_visible()


def promise(page: Page) -> None:
    next_step(page)
    page.check("input[name=promise]")
    page.click("main form button.btn-primary")
    page.wait_for_url("**/organization/")


def check_the_papers() -> None:
    """What our side does meanwhile."""
    moderator = make_user("moderator", email="moderator@example.com")
    for paper in Document.objects.order_by("pk"):
        accept_document(document=paper, actor=moderator, valid_until=paper.valid_until)
    verify_organization(
        organization=Organization.objects.get(),
        actor=moderator,
        expires_at=timezone.now() + timedelta(days=60),
    )
    connection.close()


def write_the_posting(page: Page) -> None:
    next_step(page)
    page.click("main a[href$='/postings/new/']")
    fill_in(page, ANSWERS["responsibilities"])
    page.click("button[value=check]")
    page.click("form[action$='/submit/'] button")
    expect(page.locator("main .message").first).to_be_visible()
