"""The check-in as people use it: on a phone, unseen by us."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accounts.wellbeing.library.test_in_browser import kept, opened
from tests.accounts.wellbeing.rights.conftest import browser, serve_in
from tests.browser import is_too_wide, violations

pytestmark = pytest.mark.browser
__all__ = ["browser"]


def answer(page: Page, place: int, times: int) -> None:
    for _one in range(times):
        page.locator("[data-answers] button").nth(place).click()


def begin(page: Page, title: str) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name=title).click()
    return asked


def test_a_tired_person_is_told_what_to_do_next(browser: Browser) -> None:
    with opened(browser, "/check-in/") as page:
        assert violations(page) == []
        asked = begin(page, "我有多累")
        assert violations(page) == []
        assert not is_too_wide(page, 360)
        answer(page, 1, 6)
        result = page.locator("[data-results]")
        expect(result).to_contain_text("75 分，满分 100")
        expect(result.get_by_role("link", name="找辅导员聊聊")).to_be_visible()
        expect(result.get_by_role("alert")).to_have_count(0)
        assert violations(page) == []
        assert not is_too_wide(page, 360)
        assert kept(page) == {}
        page.get_by_role("button", name="存在这台设备上").click()
        (row,) = json.loads(kept(page)["check-ins"])
        assert (row["form"], row["points"], row["version"]) == ("cbi-personal", 75, 1)
        assert set(row) == {"form", "points", "version", "language", "at"}
        page.get_by_role("button", name="回到开头").click()
        expect(page.get_by_role("button", name="我有多累")).to_be_disabled()
        assert violations(page) == []
        page.get_by_role("button", name="从这台设备上删掉").click()
        assert kept(page) == {}
        expect(page.get_by_role("button", name="我有多累")).to_be_enabled()
        assert asked == []


def test_who_cannot_go_on_gets_help_first(browser: Browser) -> None:
    """The one answer that says so is enough, whatever the score."""
    with opened(browser, "/check-in/") as page:
        begin(page, "我有多累")
        for _one in range(6):
            hard = "撑不下去" in (page.locator("[data-question]").text_content() or "")
            answer(page, 0 if hard else 4, 1)
        card = page.get_by_role("alert")
        expect(card).to_be_focused()
        expect(card.get_by_role("link", name="更多号码")).to_be_visible()
        assert card.locator("a[href^='tel:']").count() >= 2


def test_heavy_weeks_lead_to_more_questions_that_are_not_asked_twice(
    browser: Browser,
) -> None:
    with opened(browser, "/check-in/") as page:
        begin(page, "这两周过得怎样")
        answer(page, 3, 2)
        answer(page, 0, 2)
        page.get_by_role("button", name="接着答几题").click()
        expect(page.locator("[data-counted]")).to_have_text("第 1 题，共 6 题")
        answer(page, 3, 6)
        result = page.locator("[data-results]")
        expect(result).to_contain_text("24 分，满分 24")
        expect(result.get_by_role("alert")).to_be_visible()
        page.get_by_role("button", name="存在这台设备上").click()
        rows = json.loads(kept(page)["check-ins"])
        assert [(row["form"], row["points"]) for row in rows] == [
            ("phq-2", 6),
            ("gad-2", 0),
            ("phq-8", 24),
        ]


def test_skipping_going_back_and_stopping(browser: Browser) -> None:
    with opened(browser, "/check-in/") as page:
        begin(page, "这两周过得怎样")
        answer(page, 1, 1)
        page.get_by_role("button", name="上一").or_(
            page.get_by_role("button", name="返回")
        ).first.click()
        expect(page.locator("[data-answers] [aria-pressed=true]")).to_have_count(1)
        for _one in range(4):
            page.get_by_role("button", name="跳过").click()
        expect(page.locator("[data-results]")).to_contain_text("答得太少")
        page.get_by_role("button", name="存在这台设备上").click()
        assert kept(page).get("check-ins", "[]") == "[]"
        page.get_by_role("button", name="回到开头").click()
        page.get_by_role("button", name="停三个月").click()
        assert set(kept(page)) <= {"check-ins", "check-ins-paused"}
        page.get_by_role("button", name="接着用").click()
        assert "check-ins-paused" not in kept(page)


def test_small_changes_are_called_the_same(browser: Browser) -> None:
    old: list[dict[str, Any]] = [
        {"form": "cbi-personal", "version": 1, "points": 58, "at": 1_700_000_000_000}
    ]
    with opened(browser, "/check-in/") as page:
        page.evaluate("old => localStorage.setItem('check-ins', old)", json.dumps(old))
        page.reload(wait_until="networkidle")
        expect(page.locator("[data-charts] td").last).to_have_text("58")
        begin(page, "我有多累")
        answer(page, 1, 6)
        expect(page.locator("[data-results]")).to_contain_text("比上次高")
        page.get_by_role("button", name="回到开头").click()
        begin(page, "我有多累")
        answer(page, 1, 4)
        answer(page, 2, 2)
        expect(page.locator("[data-results]")).to_contain_text("差不多")


def test_other_words_are_not_compared(browser: Browser) -> None:
    """Points from another language, or of an older version, lie in a chart of their own."""
    old: list[dict[str, Any]] = [
        {"form": "cbi-personal", "version": 1, "language": "en", "points": 58, "at": 1},
        {"form": "cbi-personal", "version": 0, "points": 20, "at": 2},
        {"form": "phq-2", "version": 1, "language": "zh_hans", "points": 1, "at": 3},
        {"form": "phq-2", "version": 1, "language": "zh_hans", "points": 4, "at": 4},
    ]
    with opened(browser, "/check-in/") as page:
        page.evaluate("old => localStorage.setItem('check-ins', old)", json.dumps(old))
        page.reload(wait_until="networkidle")
        expect(page.locator("[data-charts] figure")).to_have_count(3)
        expect(page.locator("[data-other]:visible")).to_have_count(1)
        # No band is known for two questions, so no line pretends to say something.
        expect(page.locator("[data-drawing]:visible")).to_have_count(0)
        begin(page, "我有多累")
        answer(page, 1, 6)
        expect(page.locator("[data-results]")).to_contain_text("还没有上一次可以比")


def test_whoever_wants_more_questions_gets_them(browser: Browser) -> None:
    with opened(browser, "/check-in/") as page:
        begin(page, "这两周过得怎样")
        answer(page, 0, 4)
        page.get_by_role("button", name="想再多答几题").click()
        expect(page.locator("[data-counted]")).to_have_text("第 1 题，共 11 题")


def test_the_last_job_is_named_and_marked(browser: Browser) -> None:
    with opened(browser, "/check-in/") as page:
        begin(page, "上一份工作")
        expect(page.locator("[data-stem]")).to_contain_text("上一份工作")
        expect(page.locator("[data-draft]")).not_to_be_empty()


def test_a_month_in_english_offers_somebody_and_no_alarm(browser: Browser) -> None:
    with opened(browser, "/check-in/") as page:
        page.route("**/*", lambda route: serve_in(route, "en"))
        page.reload(wait_until="networkidle")
        begin(page, "How was the last month?")
        expect(page.locator("[data-stem]")).to_contain_text("the past 30 days")
        assert not is_too_wide(page, 360)
        answer(page, 0, 6)
        result = page.locator("[data-results]")
        expect(result).to_contain_text("24 of 24 points")
        expect(result.get_by_role("link", name="Talk to a counselor")).to_be_visible()
        expect(result.get_by_role("alert")).to_have_count(0)
        page.get_by_role("button", name="Keep it on this device").click()
        page.get_by_role("button", name="Back to the start").click()
        expect(page.locator("[data-due=k6]")).to_contain_text("the last 30 days")
        # No change is known that would be one, so no line is drawn.
        expect(page.locator("[data-drawing]:visible")).to_have_count(0)


def test_without_scripts_it_is_a_sheet_of_paper(browser: Browser) -> None:
    with opened(browser, "/check-in/", script=False) as page:
        assert not is_too_wide(page, 360)
        expect(page.get_by_text("你常觉得疲劳吗").first).to_be_attached()
        expect(page.locator("[data-begin]").first).to_be_hidden()
