"""The pieces as people use them: on a phone, with and without scripts, unseen by us."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.wellbeing.library.content import all_pieces
from tests.accounts.wellbeing.rights.conftest import SITE, browser, serve_site
from tests.browser import is_too_wide, new_person, violations

pytestmark = pytest.mark.browser
__all__ = ["browser"]
SLUGS = list(all_pieces("zh_hans"))


@contextmanager
def opened(
    browser: Browser, path: str, *, script: bool = True, width: int = 360
) -> Iterator[Page]:
    person = new_person(browser, SITE, width=width, language="zh-hans", script=script)
    page = person.new_page()
    page.route("**/*", serve_site)
    page.goto(path, wait_until="networkidle")
    yield page
    person.close()


def kept(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("() => ({ ...localStorage })")
    return found


@pytest.mark.parametrize("script", [True, False])
def test_all_fit_a_phone_and_everybody(browser: Browser, *, script: bool) -> None:
    with opened(browser, "/read/", script=script) as page:
        for path in ("/read/", *(f"/read/{slug}/" for slug in SLUGS)):
            page.goto(path, wait_until="load")
            assert not is_too_wide(page, 360), path
            assert not script or violations(page) == [], path


def test_ticks_choose_and_stay_on_the_device(browser: Browser) -> None:
    with opened(browser, "/read/") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.get_by_label("睡不着", exact=True).check()
        shown = page.locator("[data-all] > li:visible")
        sleep = {p.id for p in all_pieces("zh_hans").values() if "sleep" in p.tags}
        found = shown.evaluate_all("all => all.map(one => one.dataset.piece)")
        assert set(found) == sleep
        assert kept(page) == {}
        page.get_by_label("或者找一个词").fill("没有这样的词")
        expect(shown).to_have_count(0)
        expect(page.locator("[data-found]")).to_contain_text("没有")
        page.get_by_label("或者找一个词").fill("")
        page.get_by_role("button", name="在这台设备上记住").click()
        assert kept(page) == {"pieces-for-me": '["sleep"]'}
        assert all(url.endswith("-words.js") for url in asked)
        page.reload(wait_until="networkidle")
        expect(shown).to_have_count(len(sleep))
        page.get_by_role("button", name="全部清掉").click()
        assert kept(page) == {}
        expect(shown).to_have_count(30)


def test_who_looks_for_a_way_out_finds_help(browser: Browser) -> None:
    """T6: never "nothing fits", and nobody hears of the word."""
    with opened(browser, "/read/") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.get_by_label("或者找一个词").fill("不想活了")
        card = page.locator("[data-help-shown]")
        expect(card).to_be_visible()
        assert card.locator("a[href^='tel:']").count() >= 2
        shown = page.locator("[data-all] > li:visible")
        dark = {p.id for p in all_pieces("zh_hans").values() if "crisis" in p.tags}
        found = shown.evaluate_all("all => all.map(one => one.dataset.piece)")
        assert set(found) == dark
        assert found[:3] == ["r29", "r28", "r30"]
        assert violations(page) == []
        card.get_by_role("button").click()
        expect(card).to_have_count(0)
        page.get_by_label("或者找一个词").fill("没有这样的词")
        expect(page.locator("#all")).to_be_hidden()
        # The frame fetches the scripts that look, never anything with what was typed.
        assert all(url.endswith("-words.js") for url in asked)
        assert kept(page) == {}


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/help/plan/", "textarea"),
        ("/read/the-phone-that-keeps-ringing/", "[data-sheet=later-1]"),
        ("/read/one-week-planner/", "[data-sheet^=what-]"),
    ],
)
def test_plain_words_bring_the_card_wherever_one_writes(
    browser: Browser, path: str, field: str
) -> None:
    with opened(browser, path) as page:
        place = page.locator(field).first
        place.fill("这样下去不如死了")
        card = page.locator("[data-help-shown]")
        expect(card).to_have_count(1)
        place.press_sequentially("，不想活")
        expect(card).to_have_count(1)
        assert not is_too_wide(page, 360)
        assert kept(page) == {}


def test_what_did_not_help_comes_later(browser: Browser) -> None:
    with opened(browser, f"/read/{SLUGS[0]}/") as page:
        page.get_by_role("button", name="不适合我").click()
        assert kept(page) == {"pieces-felt": '{"r01":"no"}'}
        page.goto("/read/", wait_until="networkidle")
        last = page.locator("[data-all] > li").last
        expect(last).to_have_attribute("data-piece", "r01")


def test_a_sheet_is_kept_only_by_a_tap_and_goes_by_one(browser: Browser) -> None:
    with opened(browser, "/read/one-week-planner/") as page:
        page.get_by_label("做什么").first.fill("下楼走走")
        assert kept(page) == {}
        page.get_by_role("button", name="存在这台设备上").click()
        assert "下楼走走" in kept(page)["sheet-r14"]
        page.reload(wait_until="networkidle")
        expect(page.get_by_label("做什么").first).to_have_value("下楼走走")
        page.get_by_role("button", name="从这台设备上删掉").click()
        expect(page.get_by_label("做什么").first).to_have_value("")
        assert kept(page) == {}


def test_hardship_plan_shares_what_is_left(browser: Browser) -> None:
    with opened(browser, "/read/one-page-repayment-plan/") as page:
        page.locator("#in-1").fill("3000")
        page.locator("#out-1").fill("1500")
        page.locator("#out-2").fill("900")
        page.locator("#owed-1").fill("8000")
        page.locator("#owed-2").fill("4000")
        page.locator("#who-1").fill("甲银行 {amount}<b>")
        page.get_by_role("button", name="算一算").click()
        result = page.locator("[data-result]")
        expect(result).to_contain_text("600")
        assert page.locator("[data-shares] li").all_text_contents() == [
            "甲银行 {amount}<b>：每月 400 元",
            "第 2 家：每月 200 元",
        ]
        expect(page.locator("[data-letter-list] blockquote").first).to_contain_text(
            "我每月能还 400 元"
        )
        page.locator("#out-2").fill("1500")
        expect(result).to_be_hidden()
        page.get_by_role("button", name="算一算").click()
        expect(result).to_contain_text("现在没有余钱")
        expect(page.locator("[data-letters]")).to_be_hidden()


SHARED = """async ([amount, owed]) => {
  const { shared } = await import("/static/js/library/hardship.js");
  return shared(amount, owed);
}"""


@pytest.mark.parametrize(
    ("amount", "owed", "expected"),
    [
        (600, [8000, 4000], [400, 200]),
        (100, [1, 1, 1], [1, 1, 1]),
        (100, [500, 500, 500], [34, 33, 33]),
        (1, [999_999_999, 1], [1, 0]),
        (500, [], []),
    ],
)
def test_shares_add_up(
    browser: Browser, amount: int, owed: list[int], expected: list[int]
) -> None:
    with opened(browser, "/read/one-page-repayment-plan/") as page:
        assert page.evaluate(SHARED, [amount, owed]) == expected


def test_ladder_says_when_to_stop(browser: Browser) -> None:
    with opened(browser, "/read/back-on-the-phone/") as page:
        rung = page.locator("[data-rung='2']")
        fields = rung.locator("input")
        for number, fear in enumerate(("6", "5", "3")):
            fields.nth(number).fill(fear)
        expect(rung.locator("[data-advice]")).to_contain_text("下一级")
        fields.nth(2).fill("5")
        expect(rung.locator("[data-advice]")).to_contain_text("还在这一级")
        fields.nth(0).fill("9")
        expect(rung.locator("[data-advice]")).to_contain_text("今天到这里")


def test_a_script_goes_line_by_line(browser: Browser) -> None:
    with opened(browser, "/read/grounding/") as page:
        box = page.locator("[data-listen]")
        first = page.locator("[data-spoken] p").first.text_content() or ""
        box.get_by_role("button", name="开始").click()
        expect(box.locator("[data-line]")).to_have_text(first)
        box.get_by_role("button", name="停下").click()
        expect(box.locator("[data-line]")).to_have_text("")
        assert kept(page) == {}


def test_breathing_shows_a_word_and_stops(browser: Browser) -> None:
    with opened(browser, "/read/breathing-timer/") as page:
        box = page.locator("[data-breathe]")
        box.get_by_label("吸 4 下，呼 6 下").check()
        box.get_by_role("button", name="开始").click()
        expect(box.locator("[data-word]")).to_have_text("吸气")
        expect(box.locator("[data-word]")).to_have_text("慢慢呼气")
        expect(box.locator("[data-left]")).to_contain_text("4:5")
        box.get_by_role("button", name="停下").click()
        expect(box.locator("[data-word]")).to_have_text("")
