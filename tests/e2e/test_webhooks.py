"""An employer's system is added, tried out, misses something and gets it again."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from jobs.webhooks.models import Delivery, Endpoint
from jobs.webhooks.services.deliveries import deliver_due
from tests.browser import chromium, is_too_wide, new_person, press, violations
from tests.jobs.webhooks.make import LocalReceiver, local_receiver
from tests.jobs.webhooks.test_verify_example import example
from tests.make import PASSWORD, make_member, make_organization

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = 360


@pytest.mark.parametrize("script", [True, False])
def test_from_address_to_second_try(
    live_server: LiveServer, settings: Settings, script: bool
) -> None:
    settings.WEBHOOKS_LOCAL = True
    make_member(make_organization(), role="admin")
    with local_receiver() as receiver, chromium() as browser:
        person = new_person(
            browser, live_server.url, width=WIDTH, language="zh-hans", script=script
        )
        page = person.new_page()
        secret = add(page, receiver, script=script)
        try_out(page, receiver, secret, script=script)
        miss_and_send_again(page, receiver)
        person.close()


T = TypeVar("T")


def aside(work: Callable[[], T]) -> T:
    """Another thread's work: this one belongs to the browser."""

    def done() -> T:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(done).result()


def deliver(*, later: timedelta = timedelta()) -> int:
    """What the worker does within ten seconds."""
    return aside(lambda: deliver_due(now=lambda: timezone.now() + later))


def nearly_given_up() -> None:
    aside(lambda: Delivery.objects.filter(state="pending").update(attempts=15))


def add(page: Page, receiver: LocalReceiver, *, script: bool) -> str:
    page.goto("/connections/webhooks/")
    page.fill("input[name=login]", "hr@example.com")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button.btn-primary >> nth=0")
    page.wait_for_url("**/connections/webhooks/")
    look(page, script=script)
    page.get_by_role("link", name="添加地址").click()
    page.fill("input[name=url]", "hr")
    page.get_by_role("button", name="添加，查看密钥").click()
    expect(page.get_by_role("alert")).to_contain_text("完整的地址")
    look(page, script=script)
    page.fill("input[name=url]", receiver.url)
    page.get_by_role("button", name="添加，查看密钥").click()
    secret = page.locator("#secret").input_value()
    assert secret == aside(Endpoint.objects.get).secret
    look(page, script=script)
    page.get_by_role("link", name="我存好了").click()
    expect(page.locator("h1")).to_have_text(receiver.url)
    return secret


def try_out(page: Page, receiver: LocalReceiver, secret: str, *, script: bool) -> None:
    page.get_by_role("button", name="发一条测试通知").click()
    page.wait_for_url(re.compile(r"/notices/[0-9a-f-]{36}/$"))
    expect(page.locator("main")).to_contain_text("等待中")
    assert deliver() == 1
    ((headers, body),) = receiver.seen
    assert example.verify([secret], headers, body)
    if not script:
        page.reload()
    # With scripts the page finds out by itself.
    expect(page.locator("main .badge")).to_have_text("已送达")
    look(page, script=script)


def miss_and_send_again(page: Page, receiver: LocalReceiver) -> None:
    """The receiver refuses until nobody tries any more; then it is mended."""
    receiver.status, receiver.answer = 500, "升级中".encode()
    page.locator("a.back").click()
    page.get_by_role("button", name="发一条测试通知").click()
    page.wait_for_url(re.compile(r"/notices/"))
    nearly_given_up()
    assert deliver() == 0
    page.locator("a.back").click()
    page.get_by_label("状态").select_option("dead")
    if page.get_by_role("button", name="筛选").is_visible():
        page.get_by_role("button", name="筛选").click()
    page.wait_for_url(re.compile(r"state=dead"))
    expect(page.locator(".log > li")).to_have_count(1)
    page.locator(".log a").click()
    expect(page.locator("main")).to_contain_text("升级中")
    receiver.status, receiver.answer = 204, b""
    press(page, page.get_by_role("button", name="重新发送"))
    # The receiver had been left alone for a minute.
    assert deliver(later=timedelta(minutes=2)) == 1
    page.reload()
    expect(page.locator("main .badge")).to_have_text("已送达")
    ids = [headers["webhook-id"] for headers, _ in receiver.seen]
    assert ids[-1] == ids[-2]
    assert len(set(ids)) == 2


def look(page: Page, *, script: bool) -> None:
    if script:
        assert violations(page) == []
    assert not script or not is_too_wide(page, WIDTH)
