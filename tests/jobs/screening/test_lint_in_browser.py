"""Words underlined while they are typed, in a real browser, on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from jobs.postings.models import Posting
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.jobs.postings.make import ANSWERS
from tests.jobs.screening.test_posting_in_browser import (
    fill_in,
    find,
    publish,
    session_of,
    signed_in,
)
from tests.make import make_member, make_organization, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DUTIES = "#id_responsibilities"
WISH = "限男性,"
# One wish that other words can mend, and one practice that has to go in fact.
BAD = (
    f"接听客户来电,{WISH}解答账单、挂失和分期的问题,记录来电内容。"
    "对逾期客户的电话催收,晚上22点后继续拨打债务人电话。"
)
HALF_BAD = BAD.replace(WISH, "")
LOOKS = ((360, "zh-hant", "dark"), (1280, "en", "light"))
# What the layer over a field underlines: [words, kind] in reading order.
UNDERLINED = """field => [...CSS.highlights].flatMap(([kind, ranges]) =>
  [...ranges].filter(range => field.parentElement.contains(range.startContainer))
    .map(range => [range.startOffset, String(range), kind]))
  .sort((a, b) => a[0] - b[0]).map(([start, words, kind]) => [words, kind])"""
# Where the text of the field and of its layer stand, and how far each is scrolled.
LAYOUT = """field => { const layer = field.nextElementSibling;
  const [a, b] = [field.getBoundingClientRect(), layer.getBoundingClientRect()];
  return { field: [field.clientWidth, field.scrollHeight, field.scrollTop,
      a.left + field.clientLeft, a.top + field.clientTop],
    layer: [layer.clientWidth, layer.scrollHeight, layer.scrollTop, b.left, b.top] }}"""


@contextmanager
def editor(
    url: str, *, width: int = 360, language: str = "zh-hans", script: bool = True
) -> Iterator[Page]:
    """A new posting in the editor; the database is asked before and after only."""
    session = session_of(make_member(make_organization(), role="admin"))
    with chromium() as browser:
        person = new_person(browser, url, width=width, language=language, script=script)
        page = signed_in(person, url, session).new_page()
        page.goto("/postings/new/")
        yield page


def another(page: Page, url: str) -> BrowserContext:
    browser = page.context.browser
    assert browser is not None
    return new_person(browser, url, width=360, language="zh-hans")


def underlined(page: Page, field: str = DUTIES) -> list[list[str]]:
    found: list[list[str]] = page.locator(field).evaluate(UNDERLINED)
    return found


def requests_of(page: Page) -> list[str]:
    """Grows with every question the page asks."""
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if "/lint/" in r.url else None)
    return asked


def wait_for_lint(page: Page) -> None:
    expect(page.locator("[data-lint-note]")).not_to_be_empty()


def test_an_employer_sees_why_taps_mends_and_a_moderator_publishes(
    live_server: LiveServer,
) -> None:
    url = live_server.url
    moderator = session_of(make_user("moderator", email="moderator@example.com"))
    with editor(url) as page:
        fill_in(page, BAD)
        notes = page.locator("#found-in-id_responsibilities")
        expect(notes).to_contain_text("限制性别")
        expect(notes).to_contain_text("某一性别优先都不允许")
        words = [word for word, _kind in underlined(page)]
        assert words[0] == "限男性"
        assert any("22点后" in word for word in words)
        # One tap, and the words are gone; the practice has no such button.
        notes.locator("button").click()
        expect(page.locator(DUTIES)).to_have_value(HALF_BAD)
        expect(notes).not_to_contain_text("限制性别")
        assert notes.locator("button").count() == 0
        page.click("button[value=check]")
        expect(page.locator("mark.hit-block").first).to_be_visible()
        assert page.locator("form[action$='/submit/']").count() == 0
        page.click("main a.btn-primary")
        page.fill(DUTIES, ANSWERS["responsibilities"])
        expect(page.locator("[data-lint-note]")).to_have_text("目前没有要改的。")
        page.click("button[value=check]")
        page.click("form[action$='/submit/'] button")
        expect(page.locator("main .message").first).to_be_visible()
        publish(signed_in(another(page, url), url, moderator).new_page())
        find(another(page, url).new_page())
    assert Posting.objects.get().state == "published"


def test_without_scripts_the_page_after_saving_has_the_same_buttons(
    live_server: LiveServer,
) -> None:
    with editor(live_server.url, script=False) as page:
        fill_in(page, BAD)
        page.click("button[value=check]")
        expect(page.locator("mark.hit-block").first).to_have_text("限男性")
        page.click("form[action$='/reword/'] button")
        expect(page.locator("main .message").first).to_contain_text("已删掉")
        assert page.locator("form[action$='/reword/']").count() == 0
    assert Posting.objects.get().responsibilities == HALF_BAD


def test_a_change_can_be_undone_and_is_told(live_server: LiveServer) -> None:
    with editor(live_server.url, language="en") as page:
        page.fill(DUTIES, "年龄25-35岁,有耐心")
        button = page.locator("#found-in-id_responsibilities button")
        expect(button).to_have_text("Change to “年满18周岁”")
        button.click()
        expect(page.locator(DUTIES)).to_have_value("年满18周岁,有耐心")
        note = page.locator("[data-lint-note]")
        expect(note).to_have_text("Changed to “年满18周岁”. Nothing to fix so far.")
        undo = page.locator("[data-lint-undo] button")
        expect(undo).to_be_focused()
        undo.press("Enter")
        expect(page.locator(DUTIES)).to_have_value("年龄25-35岁,有耐心")
        expect(note).to_contain_text("Undone.")
        expect(button).to_be_visible()


def test_typing_goes_on_undisturbed(live_server: LiveServer) -> None:
    with editor(live_server.url) as page:
        asked = requests_of(page)
        page.fill(DUTIES, "有耐心,限男性。")
        wait_for_lint(page)
        assert len(asked) == 1
        page.evaluate(f"document.querySelector('{DUTIES}').setSelectionRange(2, 2)")
        page.locator(DUTIES).press_sequentially("很")
        # Underlines move with the words at once, before the next answer.
        assert underlined(page) == [["限男性", "hit-block"]]
        page.wait_for_timeout(1200)
        assert len(asked) == 2
        place = "field => [document.activeElement === field, field.selectionStart]"
        assert page.locator(DUTIES).evaluate(place) == [True, 3]
        # Letters inside found words make them other words: the line goes at once.
        page.evaluate(f"document.querySelector('{DUTIES}').setSelectionRange(7, 7)")
        page.locator(DUTIES).press_sequentially("x")
        assert underlined(page) == []


def test_nothing_is_asked_while_a_word_is_composed(live_server: LiveServer) -> None:
    with editor(live_server.url) as page:
        asked = requests_of(page)
        page.locator(DUTIES).focus()
        client = page.context.new_cdp_session(page)
        for text in ("xian", "xiannan", "限男"):
            place = {"selectionStart": len(text), "selectionEnd": len(text)}
            client.send("Input.imeSetComposition", {"text": text} | place)
        page.wait_for_timeout(1000)
        assert asked == []
        client.send("Input.insertText", {"text": "限男性"})
        wait_for_lint(page)
        assert underlined(page) == [["限男性", "hit-block"]]
        assert len(asked) == 1
        # The same line, gone dead.
        page.route("**/review/lint/", lambda route: route.abort())
        page.locator(DUTIES).press_sequentially("。")
        expect(page.locator("[data-lint-note]")).to_contain_text("现在查不了用词")
        page.fill("#id_title", "客服")
        page.click("button[value=draft]")
        expect(page.locator("main .message").first).to_be_visible()
    assert Posting.objects.get().responsibilities == "限男性。"


def test_the_lines_of_the_layer_are_those_of_the_field(
    live_server: LiveServer,
) -> None:
    text = "导施加压力，告诉他们（限男性）不还钱就会坐牢，patience and English。😀" * 9
    with editor(live_server.url) as page:
        field = page.locator(DUTIES)
        field.fill(text + "限本地户口。")
        wait_for_lint(page)
        assert len(underlined(page)) > 9
        for width, height in ((360, "7rem"), (1280, "12rem"), (500, "30rem")):
            page.set_viewport_size({"width": width, "height": 800})
            field.evaluate("(field, height) => { field.style.height = height }", height)
            field.evaluate("field => { field.scrollTop = 60 }")
            page.wait_for_timeout(200)
            layout = field.evaluate(LAYOUT)
            assert layout["field"] == pytest.approx(layout["layer"], abs=1), width
        # A tap on quoted words finds them in the field, also behind rarer characters.
        page.set_viewport_size({"width": 360, "height": 800})
        field.evaluate("field => { field.style.height = '7rem' }")
        page.locator(".spot", has_text="限本地户口").click()
        chosen = "f => f.value.slice(f.selectionStart, f.selectionEnd)"
        assert field.evaluate(chosen) == "限本地户口"
        assert field.evaluate("field => field.scrollTop") > 100
        # An older browser draws the same lines with elements.
        page.add_init_script("delete window.Highlight")
        page.reload()
        field.fill("有耐心,限男性,25-35岁。")
        wait_for_lint(page)
        marks = page.locator(f"{DUTIES} + .underlines mark")
        assert marks.all_text_contents() == ["限男性", "25-35岁"]
        style = "mark => getComputedStyle(mark).textDecorationStyle"
        assert [m.evaluate(style) for m in marks.all()] == ["wavy", "dashed"]


def test_a_fact_is_tied_to_its_control(live_server: LiveServer) -> None:
    with editor(live_server.url) as page:
        page.fill("#id_title", "客服")
        page.select_option("#id_city_code", "3101")
        control = page.locator("#id_base_salary_0")
        control.fill("900")
        note = page.locator("#found-in-id_base_salary_0")
        expect(note).to_contain_text("低于最低工资")
        described = control.get_attribute("aria-describedby") or ""
        assert "found-in-id_base_salary_0" in described
        page.locator("[data-lint-list] .spot").first.click()
        expect(control).to_be_focused()
        control.fill("4000")
        expect(note).to_have_count(0)
        assert "found-in" not in (control.get_attribute("aria-describedby") or "")


def test_findings_are_accessible_and_fit(live_server: LiveServer) -> None:
    with editor(live_server.url) as page:
        page.fill("#id_title", "客服（限女）25-35岁 做过催收勿投")
        page.fill(DUTIES, BAD + "不还钱就会坐牢" * 20)
        page.click("button[value=draft]")
        check = page.url.replace("/postings/", "/review/") + "check/"
        for path in (page.url + "edit/", check):
            for width, language, theme in LOOKS:
                cookies = {"django_language": language, "theme": theme}
                page.context.add_cookies(
                    [
                        {"name": name, "value": value, "url": live_server.url}
                        for name, value in cookies.items()
                    ]
                )
                page.set_viewport_size({"width": width, "height": 800})
                page.goto(path)
                if path != check:
                    wait_for_lint(page)
                assert violations(page) == []
                assert not is_too_wide(page, width)
