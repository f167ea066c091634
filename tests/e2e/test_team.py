"""A team at work: a note, a card, a question; the person agrees, and is invited."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.identity.models import OutboxMessage
from jobs.applications.models import Invitation
from jobs.talent.models import PoolEntry, Scorecard
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.jobs.applications.make import make_application
from tests.make import (
    PASSWORD,
    make_member,
    make_organization,
    make_posting,
    make_seeker,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = 360


@pytest.fixture(autouse=True)
def by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked at night arrives in the morning: this test does not wait."""
    for module in (
        "jobs.talent.services.pool",
        "jobs.applications.services.invitations",
    ):
        monkeypatch.setattr(f"{module}.delivery_at", lambda now: now)


@pytest.mark.parametrize("script", [True, False])
def test_from_a_note_to_an_invitation(live_server: LiveServer, script: bool) -> None:
    organization = make_organization()
    make_member(organization, role="admin")
    colleague = make_member(organization, email="shao@example.com")
    colleague.display_name = "邵一鸣"
    colleague.save()
    application = make_application(
        make_seeker(), make_posting(organization), state="on_hold"
    )
    other = make_posting(organization, title="另一个热线职位")
    received = f"/applications/inbox/{application.public_id}/"
    with chromium() as browser:
        page = signed_in(browser, live_server, "hr@example.com", received, script)
        note(page, script=script)
        card(page, script=script)
        ask(page, script=script)
        answer(browser, live_server, script=script)
        invite(page, str(other.public_id), script=script)
    assert OutboxMessage.objects.get(template="talent/mentioned").user == colleague
    assert Scorecard.objects.get().state == "sent"
    assert PoolEntry.objects.get().state == "agreed"
    assert Invitation.objects.get().posting == other


def signed_in(
    browser: Browser, server: LiveServer, email: str, to: str, script: bool
) -> Page:
    person = new_person(
        browser, server.url, width=WIDTH, language="zh-hans", script=script
    )
    page = person.new_page()
    page.goto(f"/account/login/?next={to}")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button.btn-primary >> nth=0")
    page.wait_for_url(f"**{to}")
    return page


def look_at(page: Page, *, script: bool) -> None:
    if script:
        assert violations(page) == []
        assert not is_too_wide(page, WIDTH)


def note(page: Page, *, script: bool) -> None:
    """Refused words stay in the field; a name is put in by tap or by hand."""
    area = page.locator("#team textarea")
    area.fill("她怀孕了")
    page.get_by_role("button", name="保存备注").click()
    expect(area).to_have_value("她怀孕了")
    expect(area).to_have_attribute("aria-invalid", "true")
    look_at(page, script=script)
    if script:
        area.fill("接电话很稳 @邵")
        page.get_by_role("button", name="@邵一鸣").click()
        expect(area).to_have_value("接电话很稳 @邵一鸣 ")
        area.press_sequentially("你也听一下")
    else:
        area.fill("接电话很稳 @邵一鸣 你也听一下")
    page.get_by_role("button", name="保存备注").click()
    expect(page.locator(".note .mention")).to_have_text("@邵一鸣")
    look_at(page, script=script)


def card(page: Page, *, script: bool) -> None:
    page.get_by_role("link", name="填我的评分表").click()
    look_at(page, script=script)
    page.get_by_role("button", name="提交我的评分表").click()
    expect(page.locator("main [aria-invalid=true]").first).to_be_attached()
    for group in page.locator("main form fieldset").all():
        group.locator("label", has=page.locator("input[value='3']")).click()
    page.get_by_role("button", name="提交我的评分表").click()
    expect(page.get_by_text("只有一个人评").first).to_be_visible()
    look_at(page, script=script)


def ask(page: Page, *, script: bool) -> None:
    page.get_by_role("link", name="问问对方").click()
    look_at(page, script=script)
    page.get_by_role("button", name="好，问对方").click()
    page.wait_for_url(re.compile(r"/applications/inbox/"))


def answer(browser: Browser, server: LiveServer, *, script: bool) -> None:
    to = "/applications/"
    page = signed_in(browser, server, "seeker@example.com", to, script)
    page.get_by_role("link", name="青禾消费金融").first.click()
    look_at(page, script=script)
    page.get_by_role("button", name="好，可以再找我").click()
    page.wait_for_url(f"**{to}")
    page.goto("/account/privacy/agreements/")
    expect(page.get_by_text("半年内可以再邀请").first).to_be_visible()


def invite(page: Page, posting: str, *, script: bool) -> None:
    page.goto("/talent/pool/")
    expect(page.get_by_text("林小舟")).to_have_count(0)
    look_at(page, script=script)
    page.locator(f"main a[href*='{posting}']").click()
    look_at(page, script=script)
    page.locator("main form button.btn-primary").click()
    expect(page.get_by_text("已邀请", exact=True)).to_be_visible()
