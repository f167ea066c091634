from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from jobs.public.demo import content, guide
from jobs.public.services.demo_accounts import make_account
from tests.cast import Cast
from tests.make import make_posting


def landing(client: Client) -> str:
    return unescape(client.get("/").content.decode())


def test_the_landing_leads_to_the_profile_and_to_the_jobs(
    client: Client, db: None
) -> None:
    text = landing(client)
    assert reverse("account_signup") in text
    assert reverse("search:list") in text
    assert reverse("help") in text


def test_the_newest_open_jobs_are_shown(client: Client, cast: Cast) -> None:
    for n in range(5):
        make_posting(cast.organization, title=f"热线客服{n}")
    make_posting(cast.organization, title="还没审的", state="in_review")
    make_posting(cast.organization, title="过期的", valid_through="2020-01-01T00:00Z")
    text = landing(client)
    assert [n for n in range(5) if f"热线客服{n}" in text] == [2, 3, 4]
    assert "还没审的" not in text
    assert "过期的" not in text


def test_without_the_demo_nobody_is_invited_to_try(
    client: Client, db: None, settings: Any
) -> None:
    settings.DEMO = False
    text = landing(client)
    assert "demo/sign-in" not in text
    assert 'class="try"' not in text


def test_the_guide_signs_in_and_lands_on_its_page(client: Client, db: None) -> None:
    step = guide.steps("zh-hans")[0]
    user = make_account(step["role"], step["email"], "小满", timezone.now())
    text = landing(client)
    assert f'value="{user.public_id}"' in text
    sent = {"user": str(user.public_id), "next": step["path"]}
    assert client.post(reverse("demo:sign_in"), sent)["Location"] == step["path"]
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_every_step_of_the_guide_is_worded_and_has_its_page(language: str) -> None:
    with translation.override(language):
        for step in guide.steps(language):
            assert len(step["title"]) >= 4
            assert step["path"].startswith("/")
            assert bool(step["email"]) == (step["role"] != "anonymous")


def test_the_guide_names_pages_that_exist() -> None:
    for step in content.read("guide")["steps"]:
        assert reverse(step["url_name"]) == step["path"]
