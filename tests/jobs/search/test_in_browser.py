"""The result page in a real browser: choices count what is shown, also after a swap."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jobs.search.services import index_postings
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.make import (
    make_organization,
    make_posting,
    make_seeker,
    sign_in,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _postings() -> None:
    organization = make_organization()
    kinds = (
        ("day", "text"),
        ("day", "text"),
        ("day", "inbound_phone"),
        ("night", "text"),
    )
    postings = [
        make_posting(
            organization,
            title=f"客服{number}",
            shift=shift,
            channel=channel,
            city_code="3101" if number < 3 else "4403",
            district="浦东新区" if number < 3 else "",
        )
        for number, (shift, channel) in enumerate(kinds)
    ]
    index_postings(postings)


def option(page: Page, name: str, value: str) -> str:
    return str(
        page.locator(f"select[name={name}] option[value='{value}']").text_content()
    )


def total(page: Page, number: int) -> None:
    expect(page.locator("#results-title")).to_have_text(f"{number} 个职位")


def back_to(page: Page, address: str) -> None:
    """The address changes at once, then the page loads anew: that is waited for."""
    page.evaluate(
        "() => { window.isBefore = true; setTimeout(() => history.back(), 0); }"
    )
    page.wait_for_function(
        "() => !window.isBefore && document.readyState === 'complete'"
    )
    expect(page).to_have_url(re.compile(address))


@pytest.mark.parametrize("width", [360, 1280])
def test_counts_follow_a_swap_and_the_back_button(
    live_server: LiveServer, width: int
) -> None:
    with chromium() as browser:
        person = new_person(browser, live_server.url, width=width, language="zh-hans")
        page = person.new_page()
        page.goto("/jobs/?q=客服")
        total(page, 4)
        if width == 360:
            page.click("#filters > summary")
        assert option(page, "channel", "text").endswith("（3）")
        page.focus("select[name=shift]")
        page.select_option("select[name=shift]", "day")
        total(page, 3)
        assert option(page, "channel", "text").endswith("（2）")
        # Its own figures say what another choice would bring.
        assert option(page, "shift", "night").endswith("（1）")
        assert page.evaluate("document.activeElement.name") == "shift"
        expect(page.locator("#filters-on .count")).to_have_text("1")
        assert re.search(r"/jobs/\?q=[^&]+&shift=day$", page.url)
        page.select_option("select[name=city]", "3101")
        expect(page.locator("select[name=district]")).to_be_visible()
        page.check("input[name=no_phone]")
        total(page, 2)
        back_to(page, "city=3101&shift=day$")
        total(page, 3)
        back_to(page, r"\?q=[^&]+&shift=day$")
        back_to(page, r"\?q=[^&]+$")
        total(page, 4)
        assert option(page, "channel", "text").endswith("（3）")
        assert page.locator("select[name=shift]").input_value() == ""
        page.reload()
        total(page, 4)
        assert not is_too_wide(page, width)
        assert violations(page) == []


def test_without_script_the_form_and_the_address_do_the_same(
    live_server: LiveServer,
) -> None:
    with chromium() as browser:
        person = new_person(
            browser, live_server.url, width=360, language="zh-hans", script=False
        )
        page = person.new_page()
        page.goto("/jobs/?q=客服")
        page.click("#filters > summary")
        page.select_option("select[name=shift]", "day")
        page.click("#filter-fields button")
        total(page, 3)
        assert option(page, "channel", "text").endswith("（2）")
        page.go_back()
        total(page, 4)


@pytest.mark.parametrize("script", [True, False])
def test_a_job_is_put_aside_and_taken_off(
    live_server: LiveServer, script: bool
) -> None:
    client = Client()
    sign_in(client, make_seeker().user)
    session = client.cookies["sessionid"].value
    with chromium() as browser:
        person = new_person(
            browser, live_server.url, width=360, language="zh-hans", script=script
        )
        person.add_cookies(
            [{"name": "sessionid", "value": session, "url": live_server.url}]
        )
        page = person.new_page()
        page.goto("/jobs/?q=客服&shift=night")
        page.click(".save-posting button")
        button = page.locator(".save-posting button")
        expect(button).to_have_attribute("aria-pressed", "true")
        assert page.url.endswith("shift=night")
        page.goto("/applications/saved/")
        expect(page.locator(".posting-item")).to_have_count(1)
        if script:
            assert not is_too_wide(page, 360)
            assert violations(page) == []
        page.click(".save-posting button")
        if script:
            expect(button).to_have_attribute("aria-pressed", "false")
        else:
            expect(button).to_have_count(0)
        page.goto("/applications/saved/")
        expect(page.locator(".posting-item")).to_have_count(0)
