"""A posting begun from a template on a phone: mended, previewed, sent; nothing lost."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jobs.editor.models import EditorDraft
from jobs.postings.models import Posting
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.jobs.postings.make import ANSWERS
from tests.jobs.screening.test_posting_in_browser import session_of, signed_in
from tests.make import make_member, make_organization, make_posting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = 360
PAY = ("base_salary_0", "base_salary_1", "pay_0", "pay_1", "pay_day")


def fit(page: Page) -> None:
    assert violations(page) == []
    assert not is_too_wide(page, WIDTH)


def go_on(page: Page, to: str) -> None:
    page.click("#posting-form .action-bar .btn-primary")
    page.wait_for_url(f"**/{to}/")


def fill_blanks(page: Page) -> None:
    """What the template leaves to the employer."""
    for field in page.locator("#posting-form textarea, #posting-form input").all():
        if field.get_attribute("type") in {"hidden", "radio", "checkbox"}:
            continue
        text = field.input_value()
        if "【" in text:
            field.fill(re.sub("【[^】]*】", "8", text))


def begin(page: Page) -> None:
    page.goto("/postings/")
    page.locator("main a.btn-primary").first.click()
    page.wait_for_url("**/editor/")
    page.get_by_role("link", name="热线客服（接电话）").click()
    page.click("main form.action-bar .btn-primary")
    page.wait_for_url("**/work/")


@pytest.mark.parametrize("script", [True, False])
def test_from_a_template_to_the_check(live_server: LiveServer, script: bool) -> None:
    employer = session_of(make_member(make_organization(), role="admin"))
    with chromium() as browser, override("zh-hans"):
        person = new_person(
            browser, live_server.url, width=WIDTH, language="zh-hans", script=script
        )
        page = signed_in(person, live_server.url, employer).new_page()
        begin(page)
        work(page, script=script)
        pay(page, script=script)
        page.fill("#id_district", "浦东新区")
        go_on(page, "conduct")
        fill_blanks(page)
        go_on(page, "look")
        look_and_send(page, script=script)
    posting = Posting.objects.get()
    assert posting.state == "in_review"
    assert (posting.example_base, posting.pay_max) == (4800, 6500)
    assert "限男性" not in posting.qualifications
    assert not EditorDraft.objects.exists()


@pytest.mark.parametrize("script", [True, False])
def test_a_half_written_page_is_saved(live_server: LiveServer, script: bool) -> None:
    """Of a draft only the title is needed; what is wrong is said beside the field."""
    organization = make_organization()
    posting = make_posting(organization, state="draft", headcount=None)
    employer = session_of(make_member(organization, role="admin"))
    with chromium() as browser, override("zh-hans"):
        person = new_person(
            browser, live_server.url, width=WIDTH, language="zh-hans", script=script
        )
        page = signed_in(person, live_server.url, employer).new_page()
        page.goto(f"/editor/{posting.public_id}/work/")
        page.fill("#id_headcount", "0")
        page.fill("#id_qualifications", "")
        page.click("#posting-form .action-bar .btn-primary")
        expect(page.locator("#id_headcount_error")).to_contain_text("1")
        page.fill("#id_headcount", "")
        go_on(page, "pay")
    posting.refresh_from_db()
    assert (posting.headcount, posting.qualifications) == (None, "")


def work(page: Page, *, script: bool) -> None:
    """A word that may not stand there is found beside its field, and mended."""
    fill_blanks(page)
    page.fill("#id_headcount", "3")
    mended = page.input_value("#id_qualifications")
    page.fill("#id_qualifications", f"限男性，{mended}")
    if script:
        note = page.locator("#found-in-id_qualifications")
        expect(note).to_contain_text("限制性别")
        expect(note).to_contain_text("《妇女权益保障法》")
        fit(page)
        note.locator("button").click()
        expect(note).to_have_count(0)
        go_on(page, "pay")
        return
    go_on(page, "pay")
    page.get_by_role("button", name="看一遍再提交").click()
    page.wait_for_url("**/look/")
    page.locator("section .finding.is-danger a").first.click()
    page.wait_for_url("**/work/#id_qualifications")
    page.fill("#id_qualifications", mended)
    go_on(page, "pay")


def pay(page: Page, *, script: bool) -> None:
    """A month that cannot be is refused, and everything typed still stands there."""
    fill_blanks(page)
    for name in PAY:
        page.fill(f"#id_{name}", ANSWERS[name])
    page.fill("#id_example_base", "4000")
    page.fill("#id_example_variable", "1500")
    if script:
        expect(page.locator("[data-month]")).to_contain_text(
            "4000 + 1500 − 0 = 5500 元"
        )
        fit(page)
    page.click("#posting-form .action-bar .btn-primary")
    expect(page.locator(".error-summary")).to_contain_text("比上面写的底薪还少")
    expect(page.locator("#id_pay_1")).to_have_value("6500")
    page.fill("#id_example_base", "4800")
    page.fill("#id_example_variable", "600")
    go_on(page, "hours")


def look_and_send(page: Page, *, script: bool) -> None:
    expect(page.locator(".callout.is-good").first).to_be_visible()
    expect(page.locator(".editor-frame")).to_contain_text(
        "底薪 4800 + 浮动 600 − 扣款 0 = 5400 元"
    )
    if script:
        fit(page)
    page.get_by_role("link", name="单独打开").click()
    page.get_by_role("link", name="电脑上").click()
    expect(page.locator(".editor-frame.is-wide")).to_contain_text("热线客服")
    page.get_by_role("link", name="接着写").click()
    page.click("form[action$='/send/'] button")
    page.wait_for_url(re.compile(r"/postings/[0-9a-f-]{36}/$"))
    expect(page.locator("main .message").first).to_contain_text("已提交")


def open_until_offered(page: Page, address: str) -> None:
    """What is sent on leaving arrives when it does: nobody waits for it."""
    for _try in range(20):
        page.goto(address)
        if page.locator("#offer-title").count():
            return
        page.wait_for_timeout(250)


def test_what_was_typed_comes_back_after_the_tab_was_closed(
    live_server: LiveServer,
) -> None:
    employer = session_of(make_member(make_organization(), role="admin"))
    with chromium() as browser:
        person = new_person(browser, live_server.url, width=WIDTH, language="zh-hans")
        signed_in(person, live_server.url, employer)
        page = person.new_page()
        begin(page)
        address = page.url
        page.fill("#id_title", "写到一半的标题")
        # At once, before the next of the few seconds: leaving keeps it too.
        page.goto("about:blank")
        page.close()
        again = person.new_page()
        open_until_offered(again, address)
        expect(again.locator("#offer-title")).to_be_visible()
        expect(again.locator("#id_title")).to_have_value("热线客服（只接电话）")
        again.get_by_role("link", name="接着用").click()
        expect(again.locator("#id_title")).to_have_value("写到一半的标题")
        fit(again)
        again.fill("#id_headcount", "3")
        go_on(again, "pay")
        again.goto(address)
        expect(again.locator("#offer-title")).to_have_count(0)
        expect(again.locator("#id_title")).to_have_value("写到一半的标题")


def test_typing_is_kept_while_the_page_is_open(live_server: LiveServer) -> None:
    employer = session_of(make_member(make_organization(), role="admin"))
    with chromium() as browser:
        person = new_person(browser, live_server.url, width=1280, language="zh-hans")
        page = signed_in(person, live_server.url, employer).new_page()
        begin(page)
        page.fill("#id_title", "慢慢写的标题")
        expect(page.locator("[data-kept]")).to_contain_text("已替你留着")
        page.get_by_role("button", name="工资").click()
        page.wait_for_url("**/pay/")
        page.wait_for_timeout(300)
    # Saved by the jump, and nothing lies about any more.
    assert Posting.objects.get().title == "慢慢写的标题"
    assert not EditorDraft.objects.exists()
