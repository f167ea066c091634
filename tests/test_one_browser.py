"""One Chromium for many tests: none of them meets what another left there."""

from __future__ import annotations

import asyncio

import pytest

from accounts.identity.models import User
from tests.browser import chromium

pytestmark = pytest.mark.browser


def test_the_next_one_finds_nothing_and_the_same_process() -> None:
    with chromium() as browser:
        browser.new_context().new_page()
    with chromium() as again:
        assert again is browser
        assert again.contexts == []


def test_what_an_outer_user_opened_stays() -> None:
    with chromium() as browser:
        kept = browser.new_context()
        with chromium() as again:
            again.new_context()
        assert browser.contexts == [kept]


@pytest.mark.django_db
def test_the_database_may_be_asked_afterwards() -> None:
    with chromium():
        asyncio.get_running_loop()
    assert not User.objects.exists()


def test_a_browser_that_went_away_is_started_anew() -> None:
    with chromium() as browser:
        browser.close()
    with chromium() as again:
        assert again is not browser
        assert again.is_connected()
