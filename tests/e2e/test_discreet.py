"""In a real browser: what stays on the device, and what Back shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.identity.models import User
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.make import make_seeker, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CANARY = "灯塔下的旧伞"
AWAY = "https://weather.example/"
EVERYTHING_KEPT = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      texts.push(request.url, await (await cache.match(request)).text());
    }
  }
  return texts;
}"""
READY = "async () => { await navigator.serviceWorker.ready; }"
CONTROLLED = "() => navigator.serviceWorker.controller !== null"


@dataclass(frozen=True, slots=True)
class Sessions:
    own: str
    shared: str


@pytest.fixture
def sessions() -> Sessions:
    """Made before the browser runs: its driver forbids the database in this thread."""
    user = make_seeker(pseudonym=CANARY).user
    return Sessions(session_of(user), session_of(user, shared_phone=True))


def session_of(user: User, **values: bool) -> str:
    client = Client()
    sign_in(client, user)
    store = client.session
    store.update(values)
    store.save()
    return str(store.session_key)


@pytest.fixture
def browser(sessions: Sessions) -> Iterator[Browser]:
    assert sessions.own
    with override_settings(QUICK_EXIT_URL=AWAY), chromium() as started:
        yield started


def person(
    browser: Browser, site: LiveServer, session: str = "", *, script: bool = True
) -> tuple[BrowserContext, Page]:
    context = new_person(
        browser, site.url, width=360, language="zh-hans", script=script
    )
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    context.route(
        f"{AWAY}**",
        lambda route: route.fulfill(body="<h1>sunny</h1>", content_type="text/html"),
    )
    return context, context.new_page()


def install(page: Page) -> None:
    page.goto("/help/")
    page.evaluate(READY)
    page.wait_for_function(CONTROLLED)


def test_help_opens_without_a_connection_and_nothing_of_a_person_is_kept(
    browser: Browser, live_server: LiveServer, sessions: Sessions
) -> None:
    context, page = person(browser, live_server, sessions.own)
    install(page)
    page.goto("/profile/")
    assert CANARY in page.content()
    kept = page.evaluate(EVERYTHING_KEPT)
    assert any("/help/plan/" in text for text in kept)
    assert any("ashore.css" in text for text in kept)
    for private in (CANARY, "csrfmiddlewaretoken", sessions.own, "seeker@example.com"):
        assert not any(private in text for text in kept)

    context.set_offline(True)
    page.goto("/help/?region=hongkong")
    expect(page.locator("a[href='tel:18111']").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).display") == "flex"
    page.goto("/help/")
    expect(page.locator("a[href='tel:12356']").first).to_be_visible()
    page.goto("/help/plan/?from=somewhere")
    page.fill("#plan-alone", "出门走走")
    expect(page.locator("[data-plan-keep]")).to_be_visible()
    # The sum is done on the device: its parts have to be there too.
    page.goto("/rights/unemployment/")
    form = page.locator("form", has=page.locator("[name=paid_months]"))
    form.locator("[name=paid_months]").fill("30")
    form.locator("[name=ended_by][value=dismissed]").check()
    form.locator("[name=registered][value=no]").check()
    form.locator("button.btn-primary").click()
    expect(page.locator("[data-result]").first).to_contain_text("12 个月")
    page.goto("/profile/")
    expect(page.locator("h1")).to_have_text("现在没有网络")
    expect(page.locator("a[href='tel:120']").first).to_be_visible()
    assert CANARY not in page.content()
    assert not violations(page)
    assert not is_too_wide(page, 360)

    context.set_offline(False)
    page.goto("/profile/")
    assert CANARY in page.content()
    context.close()


def test_somebody_elses_phone_loses_what_was_kept(
    browser: Browser, live_server: LiveServer, sessions: Sessions
) -> None:
    context, page = person(browser, live_server)
    install(page)
    context.add_cookies(
        [{"name": "sessionid", "value": sessions.shared, "url": live_server.url}]
    )
    page.goto("/account/")
    page.wait_for_function("async () => (await caches.keys()).length === 0")
    page.wait_for_function(
        "async () => (await navigator.serviceWorker.getRegistrations()).length === 0"
    )
    expect(page.locator(".shared-bar button")).to_be_visible()
    assert not violations(page)
    assert not is_too_wide(page, 360)
    context.close()


@pytest.mark.parametrize("by", ["tap", "keys"])
def test_leaving_quickly_and_back_again(
    browser: Browser, live_server: LiveServer, sessions: Sessions, by: str
) -> None:
    context, page = person(browser, live_server, sessions.own)
    asked: list[str | None] = []
    page.on(
        "request",
        lambda request: (
            asked.append(request.header_value("referer"))
            if request.url == AWAY
            else None
        ),
    )
    for path in ("/help/", "/account/", "/profile/"):
        page.goto(path)
    if by == "tap":
        page.locator("[data-leave]").click()
    else:
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    page.wait_for_url(AWAY)
    for _press in range(2):
        page.go_back(wait_until="commit")
        page.wait_for_url(AWAY)
        expect(page.locator("h1")).to_have_text("sunny")
    assert set(asked) == {None}
    page.goto("/profile/")  # whoever comes by the address is let in
    expect(page.locator(".leave-link")).to_be_visible()
    context.close()


def test_one_escape_changes_nothing(browser: Browser, live_server: LiveServer) -> None:
    context, page = person(browser, live_server)
    page.goto("/help/")
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_be_visible()
    assert page.url.endswith("/help/")
    context.close()


def test_leaving_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    context, page = person(browser, live_server, script=False)
    page.goto("/help/")
    # Nobody answers here: `route` is not asked about what a redirect leads to.
    with page.expect_request(AWAY) as asked:
        page.locator("[data-leave]").click()
    came_by = asked.value.redirected_from
    assert came_by is not None
    assert came_by.url == f"{live_server.url}/leave/"
    assert asked.value.header_value("referer") is None
    context.close()


def test_leaving_somebody_elses_phone_signs_out(
    browser: Browser, live_server: LiveServer, sessions: Sessions
) -> None:
    context, page = person(browser, live_server, sessions.shared)
    page.goto("/account/")
    with page.expect_request("**/leave/") as asked:
        page.locator("[data-leave]").click()
    assert asked.value.method == "POST"
    page.wait_for_url(AWAY)
    # The page is gone at once; what it asked for arrives a moment later.
    for _look in range(50):
        page.goto("/account/")
        if "/account/login/" in page.url:
            break
        page.wait_for_timeout(100)
    assert "/account/login/" in page.url
    context.close()


def test_back_after_signing_out_shows_nobody(
    browser: Browser, live_server: LiveServer, sessions: Sessions
) -> None:
    context, page = person(browser, live_server, sessions.own)
    page.goto("/profile/")
    assert CANARY in page.content()
    page.goto("/account/logout/")
    page.locator("main form button").click()
    page.wait_for_url(f"{live_server.url}/")
    for _press in range(2):
        page.go_back()
        assert CANARY not in page.content()
    context.close()


def test_the_plan_stays_on_the_device(
    browser: Browser, live_server: LiveServer, sessions: Sessions
) -> None:
    context, page = person(browser, live_server, sessions.own)
    install(page)
    page.goto("/help/plan/", wait_until="networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    secret = "给老陈打电话"
    page.fill("#plan-ask", secret)
    assert page.evaluate("localStorage.length") == 0
    page.click("[data-plan-keep]")
    page.fill("#plan-alone", "去江边")
    with page.expect_download() as saved:
        page.click("[data-plan-save]")
    assert secret in saved.value.path().read_text(encoding="utf-8-sig")
    assert [url for url in asked if not url.startswith("blob:")] == []
    page.reload()
    assert page.input_value("#plan-ask") == secret
    assert page.input_value("#plan-alone") == "去江边"
    page.click("[data-plan-delete]")
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    assert page.input_value("#plan-ask") == ""
    assert not violations(page)
    assert not is_too_wide(page, 360)
    context.close()
