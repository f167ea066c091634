"""An employer on a phone: a file with good and bad rows, mended, into drafts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jobs.feeds.models import BulkRow
from jobs.postings.models import Posting
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.jobs.feeds.make import csv_data, row
from tests.make import PASSWORD, make_member, make_organization

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = 360


@pytest.mark.parametrize("script", [True, False])
def test_a_file_becomes_drafts(
    live_server: LiveServer, tmp_path: Path, script: bool
) -> None:
    make_member(make_organization(), email="hr@example.com", role="admin")
    file = tmp_path / "岗位.csv"
    rows = [
        row(1),
        row(2, headcount="若干", 职位名称="在线客服"),
        row(3, city="待定", 编号=""),
    ]
    file.write_bytes(csv_data(rows, "gb18030"))
    with chromium() as browser:
        person = new_person(
            browser, live_server.url, width=WIDTH, language="zh-hans", script=script
        )
        page = person.new_page()
        sign_in(page)
        refuse_a_wrong_file(page, tmp_path, script=script)
        send(page, file)
        mend_both(page, script=script)
        send_in(page)
        person.close()
    assert BulkRow.objects.filter(state="problem").count() == 0
    states = Posting.objects.order_by("title", "pk").values_list("title", "state")
    assert list(states) == [
        ("在线客服", "in_review"),
        ("热线客服", "in_review"),
        ("热线客服", "in_review"),
    ]


def sign_in(page: Page) -> None:
    page.goto("/account/login/?next=/postings/")
    page.fill("input[name=login]", "hr@example.com")
    page.fill("input[name=password]", PASSWORD)
    page.click("form .btn-primary")
    page.click("text=批量导入职位")
    expect(page.locator("h1")).to_have_text("批量导入职位")


def looks_right(page: Page, *, script: bool) -> None:
    assert not is_too_wide(page, WIDTH)
    if script:
        assert violations(page) == []


def refuse_a_wrong_file(page: Page, folder: Path, *, script: bool) -> None:
    looks_right(page, script=script)
    wrong = folder / "a.csv"
    wrong.write_text("姓名,电话\n甲,1", encoding="utf-8")
    page.set_input_files("input[type=file]", wrong)
    page.click("main .btn-primary")
    expect(page.locator("main")).to_contain_text("缺少“编号”这一列")
    looks_right(page, script=script)


def send(page: Page, file: Path) -> None:
    page.set_input_files("input[type=file]", file)
    page.click("main .btn-primary")
    expect(page.locator("h1")).to_have_text("岗位.csv")
    expect(page.locator(".tabs [aria-current]")).to_contain_text("2")


def mend_both(page: Page, *, script: bool) -> None:
    looks_right(page, script=script)
    page.click("#row-2 >> text=改一改")
    expect(page.locator("h1")).to_have_text("修改第 2 行")
    looks_right(page, script=script)
    page.fill("input[name=headcount]", "0")
    page.click(".action-bar .btn-primary")
    expect(page.locator(".field-error")).to_be_visible()
    expect(page.locator("input[name=headcount]")).to_have_value("0")
    page.fill("input[name=headcount]", "2")
    page.click(".action-bar .btn-primary")
    expect(page.locator("#row-2")).to_have_count(0)
    page.click("#row-3 >> text=改一改")
    expect(page.locator("h1")).to_have_text("修改第 3 行")
    page.fill("input[name=source_id]", "KF-3")
    page.select_option("select[name=city_code]", "3101")
    page.click(".action-bar .btn-primary")
    expect(page.locator("#row-3")).to_contain_text("KF-3")


def send_in(page: Page) -> None:
    expect(page.locator("main")).to_contain_text("3 份草稿可以提交")
    page.click("text=全部提交审核")
    expect(page.locator("main")).to_contain_text("提交了 3 个职位")
    expect(page.locator("main")).not_to_contain_text("全部提交审核")
