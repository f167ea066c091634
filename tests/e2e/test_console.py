"""An operator runs a task and tells everybody something, with and without scripts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.lib.dates import SHANGHAI
from jobs.operations.models import TaskRun
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.make import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TASK = "accounts.identity.blank_old_messages"
SENTENCE = "今晚十点维护半小时"


@pytest.mark.parametrize(("width", "script"), [(360, True), (1280, True), (360, False)])
def test_an_operator_at_work(live_server: LiveServer, width: int, script: bool) -> None:
    make_user("operator", email="operator@demo.example.com", display_name="值班")
    with chromium() as browser:
        person = new_person(
            browser, live_server.url, width=width, language="zh-hans", script=script
        )
        page = person.new_page()
        come_in(page, width, script)
        run_a_task(page)
        person.close()
    work_as_the_worker()
    with chromium() as browser:
        person, visitor = (
            new_person(
                browser, live_server.url, width=width, language="zh-hans", script=script
            )
            for _each in range(2)
        )
        page, outside = person.new_page(), visitor.new_page()
        come_in(page, width, script)
        page.goto(f"/operations/tasks/{TASK}/")
        expect(page.locator("tbody .badge").first).to_have_text("完成")
        announce(page)
        outside.goto("/about/")
        expect(outside.locator(".announcement")).to_contain_text(SENTENCE)
        if script:
            assert violations(outside) == []
            assert not is_too_wide(outside, width)
        turn(page, "off")
        outside.reload()
        expect(outside.locator(".announcement")).to_have_count(0)


def come_in(page: Page, width: int, script: bool) -> None:
    page.goto("/demo/sign-in/")
    page.click("main form button >> nth=0")
    page.wait_for_url("**/operations/")
    expect(page.locator("h1")).to_have_text("控制台")
    if script:
        assert violations(page) == []
        assert not is_too_wide(page, width)


def run_a_task(page: Page) -> None:
    page.click(".tabs a[href='/operations/retention/']")
    page.click(f"main a[href='/operations/tasks/{TASK}/']")
    # A reason without the tick: nothing begins, nothing typed is lost.
    page.fill("main [name=reason]", "有人问起")
    page.click("main form.form button")
    expect(page.locator("main .error-summary")).to_be_visible()
    expect(page.locator("main [name=reason]")).to_have_value("有人问起")
    page.check("main [name=sure]")
    page.click("main form.form button")
    expect(page.locator("tbody .badge").first).to_have_text("等着运行")
    expect(page.locator("tbody")).to_contain_text("有人问起")


def work_as_the_worker() -> None:
    run = TaskRun.objects.get()
    current_app.loader.import_default_modules()
    current_app.tasks[run.task].apply(task_id=run.task_id)
    run.refresh_from_db()
    assert run.state == "done"


def announce(page: Page) -> None:
    now = timezone.now().astimezone(SHANGHAI)
    page.goto("/operations/switches/")
    page.click("main a[href$='/announcement/text/']")
    page.fill("[name=zh_hans]", SENTENCE)
    page.fill("[name=zh_hant]", "今晚十點維護半小時")
    page.fill("[name=en]", "Half an hour of maintenance at ten tonight")
    page.fill("[name=starts_at]", (now - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"))
    page.fill("[name=ends_at]", (now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"))
    page.click("main form.form button.btn-primary")
    page.wait_for_url("**/switches/announcement/")
    turn(page, "on")


def turn(page: Page, state: str) -> None:
    page.goto("/operations/switches/announcement/")
    page.locator("label", has=page.locator(f"input[value={state}]")).click()
    page.fill("main [name=note]", "维护")
    page.click("main form.form button.btn-primary")
    page.wait_for_url(re.compile(r"/operations/switches/$"))
