"""The board in a real browser: fingers on a phone, keys and a pointer at a desk."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.identity.models import User
from jobs.applications.models import Application
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.jobs.applications.make import take
from tests.jobs.hiring.make import crowd
from tests.make import make_member, make_organization, make_posting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True, slots=True)
class Scene:
    url: str
    rows: list[Application]
    colleague: User


@pytest.fixture
def scene(live_server: LiveServer) -> Scene:
    organization = make_organization()
    # One tap signs in whoever has an address of the demo.
    make_member(organization, email="hr@demo.example.com", role="admin")
    colleague = make_member(organization, email="min@example.com")
    colleague.display_name = "苏敏"
    colleague.save()
    rows = crowd(make_posting(organization), ["甲某", "乙某", "丙某"])
    return Scene(live_server.url, rows, colleague)


def at_the_board(
    browser: Browser,
    scene: Scene,
    *,
    width: int,
    script: bool = True,
    touch: bool = False,
) -> Page:
    person = new_person(
        browser,
        scene.url,
        width=width,
        language="zh-hans",
        script=script,
        touch=touch,
    )
    page = person.new_page()
    page.goto("/demo/sign-in/")
    page.click("main form button >> nth=0")
    page.goto("/hiring/")
    return page


def card(page: Page, row: Application) -> Locator:
    return page.locator(f"#card-{row.public_id}")


def column(page: Page, name: str) -> Locator:
    return page.locator(f"[data-column={name}]")


def state_of(row: Application) -> str:
    return str(Application.objects.values_list("state", flat=True).get(pk=row.pk))


def in_thread(scene: Scene, row: Application, event: str) -> None:
    """A colleague's step; the browser's driver keeps this thread from the database."""
    from tests.jobs.applications.together import together

    (result,) = together([lambda: take(_fresh(row), event, scene.colleague)])
    assert isinstance(result, Application), result


def _fresh(row: Application) -> Application:
    return Application.objects.get(pk=row.pk)


def states(scene: Scene) -> list[str]:
    from tests.jobs.applications.together import together

    (found,) = together([lambda: [state_of(row) for row in scene.rows]])
    return list(found)


def test_on_a_phone(scene: Scene) -> None:
    """Move by the sheet, decline with a reason, told when somebody was quicker."""
    first, second, third = scene.rows
    with chromium() as browser:
        page = at_the_board(browser, scene, width=360)
        assert not is_too_wide(page, 360)
        assert violations(page) == []
        expect(column(page, "viewed")).to_be_hidden()
        card(page, first).locator("[data-move]").click()
        sheet = page.locator("#desk-sheet")
        expect(sheet.locator(".desk-choices")).to_be_visible()
        assert violations(page) == []
        sheet.get_by_role("button", name="放进候选名单").click()
        expect(sheet).to_be_hidden()
        expect(card(page, first)).to_be_hidden()
        page.click("[data-tab=shortlisted]")
        expect(card(page, first)).to_be_visible()
        page.click("[data-tab=submitted]")
        decline(page, second)
        expect(card(page, second)).to_be_hidden()
        be_told(page, scene, third)
        assert states(scene) == ["shortlisted", "declined", "on_hold"]


def test_fingers_turn_the_columns(scene: Scene) -> None:
    """Real touches, as a phone sends them: aside turns, down scrolls, two do nothing."""
    with chromium() as browser:
        page = at_the_board(browser, scene, width=360, touch=True)
        expect(column(page, "submitted")).to_be_visible()
        swipe(page, by=(-150, 10))
        expect(column(page, "viewed")).to_be_visible()
        expect(column(page, "submitted")).to_be_hidden()
        expect(page.locator("[data-tab=viewed]")).to_have_attribute(
            "aria-current", "page"
        )
        swipe(page, by=(150, 10))
        expect(column(page, "submitted")).to_be_visible()
        # Before the first there is nothing; a scroll and a small slip turn nothing.
        for by in ((150, 0), (-70, -120), (-30, 0)):
            swipe(page, by=by)
        swipe(page, by=(-150, 0), fingers=2)
        expect(column(page, "submitted")).to_be_visible()
        expect(column(page, "viewed")).to_be_hidden()
        assert not is_too_wide(page, 360)


def swipe(page: Page, *, by: tuple[int, int], fingers: int = 1) -> None:
    box = page.locator("[data-board]").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 80
    touch = page.context.new_cdp_session(page)
    for kind, moved in (("touchStart", 0.0), ("touchMove", 0.5), ("touchMove", 1.0)):
        points = [
            {"x": x + by[0] * moved, "y": y + by[1] * moved + 60 * finger}
            for finger in range(fingers)
        ]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    touch.detach()


def decline(page: Page, row: Application) -> None:
    """First with words that are not allowed: they stay, and a sentence says why."""
    card(page, row).locator("[data-move]").click()
    sheet = page.locator("#desk-sheet")
    sheet.get_by_text("写明原因，谢绝").first.click()
    words = sheet.locator("[name=decline-message]")
    sheet.locator("[name=decline-reason][value=schedule]").check()
    words.fill("请带上征信报告再来。")
    sheet.locator("details[open] .btn-row button").click()
    expect(sheet.locator("[data-error-summary]")).to_be_visible()
    expect(words).to_have_value("请带上征信报告再来。")
    assert violations(page) == []
    words.fill("谢谢你来投递。")
    sheet.locator("details[open] .btn-row button").click()
    expect(sheet).to_be_hidden()


def be_told(page: Page, scene: Scene, row: Application) -> None:
    """苏敏 shortlists it while the sheet is open; the words and the choice remain."""
    card(page, row).locator("[data-move]").click()
    sheet = page.locator("#desk-sheet")
    sheet.get_by_text("暂缓").first.click()
    sheet.locator("[name=postpone-reason]").fill("等总部批名额")
    in_thread(scene, row, "shortlist")
    sheet.locator("details[open] .btn-row button").click()
    expect(sheet.get_by_role("alert")).to_contain_text("苏敏")
    expect(sheet.get_by_role("alert")).to_contain_text("候选名单")
    expect(sheet.locator("[name=postpone-reason]")).to_have_value("等总部批名额")
    assert violations(page) == []
    sheet.locator("details[open] .btn-row button").click()
    expect(sheet).to_be_hidden()


def test_with_keys_at_a_desk(scene: Scene) -> None:
    first, second, _third = scene.rows
    with chromium() as browser:
        page = at_the_board(browser, scene, width=1280)
        assert violations(page) == []
        live = page.locator("#desk-live")
        page.keyboard.press("j")
        expect(card(page, first).locator("[data-move]")).to_be_focused()
        page.keyboard.press("ArrowRight")
        expect(live).to_contain_text("候选名单")
        page.keyboard.press("ArrowRight")
        expect(live).to_contain_text("暂缓")
        page.keyboard.press("Escape")
        expect(live).to_contain_text("还在原处")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(column(page, "shortlisted").locator("[data-card]")).to_have_count(1)
        expect(card(page, first).locator("[data-move]")).to_be_focused()
        tick_and_ask(page, second)
        assert states(scene) == ["shortlisted", "submitted", "submitted"]


def tick_and_ask(page: Page, row: Application) -> None:
    """x ticks, / searches, ? explains, m opens the sheet."""
    card(page, row).locator("[data-move]").focus()
    page.keyboard.press("x")
    expect(card(page, row).locator("input[name=picked]")).to_be_checked()
    expect(page.locator(".desk-many")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#desk-keys")).to_be_visible()
    assert violations(page) == []
    page.locator("#desk-keys [data-close]").click()
    page.keyboard.press("/")
    expect(page.locator("#filters input[name=q]")).to_be_focused()
    page.keyboard.type("jk")
    expect(page.locator("#filters input[name=q]")).to_have_value("jk")
    card(page, row).locator("[data-move]").focus()
    page.keyboard.press("m")
    expect(page.locator("#desk-sheet .desk-choices")).to_be_visible()


def test_with_a_pointer_at_a_desk(scene: Scene) -> None:
    """A step that needs nothing is taken; one that needs words asks for them."""
    first, second, _third = scene.rows
    with chromium() as browser:
        page = at_the_board(browser, scene, width=1280)
        card(page, first).drag_to(column(page, "shortlisted"))
        expect(column(page, "shortlisted").locator("[data-card]")).to_have_count(1)
        card(page, second).drag_to(column(page, "offered"))
        expect(page.locator("#desk-live")).to_contain_text("不能移到")
        page.locator("[data-board]").evaluate("board => { board.scrollLeft = 440 }")
        card(page, first).drag_to(column(page, "on_hold"))
        sheet = page.locator("#desk-sheet")
        expect(sheet.locator("details[open] [name=postpone-reason]")).to_be_visible()
        sheet.locator("[data-close]").click()
        assert states(scene) == ["shortlisted", "submitted", "submitted"]


def test_without_a_script(scene: Scene) -> None:
    """Plain pages: move one, then decline the other two at once."""
    first, *_others = scene.rows
    with chromium() as browser:
        page = at_the_board(browser, scene, width=360, script=False)
        card(page, first).locator("[data-move]").click()
        page.wait_for_url("**/move/**")
        page.get_by_role("button", name="放进候选名单").click()
        page.wait_for_url("**/hiring/**")
        for box in page.locator(".is-current input[name=picked]").all():
            box.check()
        page.click("button[name=action][value=decline]")
        page.check("input[name=reason][value=position_filled]")
        page.fill("textarea[name=message]", "名额已经满了，谢谢你。")
        page.click("button[value=look]")
        expect(page.get_by_text("名额已经满了，谢谢你。")).to_be_visible()
        page.click("button[value=send]")
        page.wait_for_url("**/hiring/many/**")
        expect(page.locator("tbody tr")).to_have_count(2)
        assert states(scene) == ["shortlisted", "declined", "declined"]
