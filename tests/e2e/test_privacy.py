"""From the privacy page to a copy, a way back, and an account that is gone."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.consent.services.deletions import erase_due
from accounts.consent.services.exports import make_due
from accounts.identity.models import User
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.make import PASSWORD, make_seeker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = 360
NAME = "独木舟"


@pytest.mark.parametrize("script", [True, False])
def test_a_person_takes_a_copy_and_leaves(
    live_server: LiveServer, tmp_path: Path, script: bool
) -> None:
    user = make_seeker(pseudonym=NAME).user
    ask_for_a_copy(live_server, script=script)
    make_due(now=timezone.now())
    saved = tmp_path / "copy.zip"
    fetch_leave_and_return(live_server, saved, script=script)
    with zipfile.ZipFile(io.BytesIO(saved.read_bytes())) as packed:
        held = json.loads(packed.read("data.json"))
        assert NAME in packed.read("index.html").decode()
    assert NAME in json.dumps(held, ensure_ascii=False)
    leave(live_server, script=script)
    assert erase_due(now=timezone.now() + timedelta(days=8)) == 1
    assert not User.objects.filter(email="seeker@example.com").exists()
    assert User.objects.get(pk=user.pk).display_name == ""
    no_way_in(live_server, script=script)


def sign_in_by_form(page: Page) -> None:
    page.goto("/account/login/")
    page.fill("input[name=login]", "seeker@example.com")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button.btn-primary >> nth=0")


def look_at(page: Page, *, script: bool) -> None:
    if script:
        assert violations(page) == []
        assert not is_too_wide(page, WIDTH)


# A browser of its own for each part: its driver forbids the database meanwhile.
def ask_for_a_copy(server: LiveServer, *, script: bool) -> None:
    with chromium() as browser:
        person = new_person(
            browser, server.url, width=WIDTH, language="zh-hans", script=script
        )
        page = person.new_page()
        sign_in_by_form(page)
        expect(page.locator("h1")).to_contain_text(NAME)
        page.get_by_role("link", name="我的隐私").first.click()
        look_at(page, script=script)
        page.get_by_role("link", name="带走我的信息").click()
        page.click("main form button.btn-primary")
        expect(page.get_by_text("正在做")).to_be_visible()


def fetch_leave_and_return(server: LiveServer, saved: Path, *, script: bool) -> None:
    with chromium() as browser:
        person = new_person(
            browser, server.url, width=WIDTH, language="zh-hans", script=script
        )
        page = person.new_page()
        sign_in_by_form(page)
        page.goto("/account/privacy/copy/")
        look_at(page, script=script)
        with page.expect_download() as download:
            page.click("main a.btn-primary")
        download.value.save_as(saved)
        ask_to_leave(page, script=script)
        sign_in_by_form(page)
        expect(page.locator("h1")).to_have_text("要留下来吗？")
        look_at(page, script=script)
        page.get_by_role("button", name="保留我的账号").click()
        page.goto("/account/privacy/")
        expect(page.locator("h1")).to_have_text("我的隐私")


def ask_to_leave(page: Page, *, script: bool) -> None:
    page.goto("/account/privacy/delete/")
    look_at(page, script=script)
    # Nothing ticked: it is asked again, and nobody is gone.
    page.click("main form button.btn-danger")
    expect(page.locator("h1")).to_have_text("删除我的账号")
    page.locator("main form label.check").first.click()
    page.click("main form button.btn-danger")
    expect(page.locator("h1")).to_have_text("账号将会清除")
    look_at(page, script=script)


def leave(server: LiveServer, *, script: bool) -> None:
    with chromium() as browser:
        person = new_person(
            browser, server.url, width=WIDTH, language="zh-hans", script=script
        )
        page = person.new_page()
        sign_in_by_form(page)
        ask_to_leave(page, script=script)


def no_way_in(server: LiveServer, *, script: bool) -> None:
    with chromium() as browser:
        person = new_person(
            browser, server.url, width=WIDTH, language="zh-hans", script=script
        )
        page = person.new_page()
        sign_in_by_form(page)
        expect(page.locator("input[name=password]")).to_be_visible()
        page.goto("/account/privacy/")
        expect(page).to_have_url(re.compile("/account/login/"))
