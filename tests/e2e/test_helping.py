"""A link somebody else caused: taken over, or erased in one tap; and a group's code."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.assisted.access import person_token
from accounts.assisted.enums import DraftState
from accounts.assisted.models import AssistedProfile, ProfileGrant
from accounts.cohorts.models import CohortMember
from accounts.seekers.models import SeekerProfile
from tests.accounts.assisted.make import make_draft
from tests.accounts.cohorts.make import make_cohort
from tests.browser import chromium, is_too_wide, new_person, violations
from tests.make import PASSWORD, make_counselor, make_seeker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = 360
scripts = pytest.mark.parametrize("script", [True, False])


def page_of(browser: Browser, server: LiveServer, *, script: bool) -> Page:
    person = new_person(
        browser, server.url, width=WIDTH, language="zh-hans", script=script
    )
    return person.new_page()


def look_at(page: Page, *, script: bool) -> None:
    if script:
        assert violations(page) == []
        assert not is_too_wide(page, WIDTH)


@scripts
def test_not_me_erases_in_one_tap(live_server: LiveServer, script: bool) -> None:
    draft = make_draft(make_counselor())
    link = f"/assisted/for-you/{person_token(draft)}/"
    with chromium() as browser:
        page = page_of(browser, live_server, script=script)
        page.goto(link)
        look_at(page, script=script)
        # Whoever holds the phone reads no answer.
        expect(page.get_by_text("武侯区")).to_have_count(0)
        page.get_by_role("button", name="不是我").click()
        look_at(page, script=script)
        page.goto(link)
        expect(page.get_by_role("button", name="不是我")).to_have_count(0)
    draft.refresh_from_db()
    assert draft.state == DraftState.ENDED
    assert "武侯区" not in str(vars(draft))
    assert not SeekerProfile.objects.exists()


@scripts
def test_taken_over_and_read_until_it_is_stopped(
    live_server: LiveServer, script: bool
) -> None:
    draft = make_draft(make_counselor())
    link = f"/assisted/for-you/{person_token(draft)}/"
    with chromium() as browser:
        page = page_of(browser, live_server, script=script)
        page.goto(link)
        page.locator("main form.form button.btn-primary").click()
        # Without the tick nothing happens.
        expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
        page.check("input[name=agreed]")
        page.check("input[name=lets_read]")
        page.locator("main form.form button.btn-primary").click()
        expect(page.get_by_text("武侯区").first).to_be_visible()
        page.goto("/assisted/helpers/")
        look_at(page, script=script)
        page.locator("main form[action$='/stop/'] button").first.click()
        look_at(page, script=script)
    assert AssistedProfile.objects.get().state == DraftState.TAKEN_OVER
    assert ProfileGrant.objects.get().ended_at is not None


@scripts
def test_a_code_leads_into_a_group_and_out(
    live_server: LiveServer, script: bool
) -> None:
    cohort = make_cohort()
    make_seeker(city_code="")
    with chromium() as browser:
        page = page_of(browser, live_server, script=script)
        page.goto("/account/login/?next=/join/")
        page.fill("input[name=login]", "seeker@example.com")
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button.btn-primary >> nth=0")
        page.fill("input[name=code]", "AAAA AAAA")
        page.click("main form button.btn-primary")
        expect(page.locator("main [aria-invalid=true]")).to_have_value("AAAA AAAA")
        page.fill("input[name=code]", cohort.code.lower())
        page.click("main form button.btn-primary")
        expect(page.locator("h1")).to_have_text(cohort.label)
        look_at(page, script=script)
        page.locator("main form.form label.check").first.click()
        page.locator("main form.form button.btn-primary").click()
        page.goto("/cohorts/mine/")
        expect(page.get_by_text(cohort.label).first).to_be_visible()
        look_at(page, script=script)
        joined = page.get_by_role("button", name="退出")
        joined.first.click()
        expect(joined).to_have_count(0)
    assert not CohortMember.objects.exists()
