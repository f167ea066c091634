from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from accounts.lib import views
from tests.client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "lang"), [("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant"), ("en", "en")]
)
def test_style_page_shows_every_component(
    client: StrictClient, language: str, lang: str
) -> None:
    client.cookies["django_language"] = language
    page = client.get(reverse("style")).content.decode()
    assert f'<html lang="{lang}"' in page
    for part in ("posting", "timeline", "table-cards", "error-summary", "dialog"):
        assert f'class="{part}' in page or f" {part}" in page


def test_style_page_is_not_there_without_the_demo(
    rf: RequestFactory, settings: LazySettings
) -> None:
    settings.DEMO = False
    with pytest.raises(Http404):
        views.style_page(rf.get("/style/"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_theme_is_kept_without_javascript(client: StrictClient, theme: str) -> None:
    answer = client.post(reverse("theme"), {"theme": theme, "next": "/style/"})
    assert answer["Location"] == "/style/"
    assert f'data-theme="{theme}"' in client.get(reverse("style")).content.decode()


@pytest.mark.parametrize("theme", ["auto", "", 'x" onload="y'])
def test_other_themes_follow_the_device(client: StrictClient, theme: str) -> None:
    client.cookies["theme"] = "dark"
    client.post(reverse("theme"), {"theme": theme})
    assert "data-theme=" not in client.get(reverse("style")).content.decode()


def test_forged_theme_cookie_is_ignored(client: StrictClient) -> None:
    client.cookies["theme"] = "blue"
    assert "data-theme=" not in client.get(reverse("style")).content.decode()


def test_theme_does_not_send_people_to_other_sites(client: StrictClient) -> None:
    answer = client.post(
        reverse("theme"), {"theme": "dark", "next": "https://elsewhere.example/"}
    )
    assert answer["Location"] == "/"


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_need_no_context_and_offer_help(code: str) -> None:
    page = render_to_string(f"errors/{code}.html")
    assert page.count(reverse("help")) >= 2


def test_missing_page_answers_in_our_frame(client: StrictClient) -> None:
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()


def test_expired_form_is_explained(db: None) -> None:
    client = StrictClient(enforce_csrf_checks=True)
    answer = client.post(reverse("theme"), {"theme": "dark"})
    assert answer.status_code == 403
    assert "过期" in answer.content.decode()
