from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.consent.services import TERMS_VERSION
from accounts.lib.catalogs import LOCALES
from accounts.lib.wording import text_problems
from jobs.public.views import pages
from tests.make import make_user, sign_in

NAMES = ("about", "terms", "privacy")
BODIES = {"about": pages.ABOUT, "terms": pages.TERMS, "privacy": pages.PRIVACY}
SIGN = {"zh-hans": "招聘方", "zh-hant": "雇主", "en": "employer"}
NOBODY = {"name": "", "contact": "", "licence": ""}


def read(client: Client, name: str, language: str = "zh-hans") -> str:
    client.cookies["django_language"] = language
    return str(client.get(reverse(name)).content.decode())


@pytest.mark.parametrize("language", SIGN)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_speaks_the_language_chosen(
    client: Client, name: str, language: str
) -> None:
    page = read(client, name, language)
    found = [code for code, word in SIGN.items() if word in page]
    assert found == [language]


@pytest.mark.parametrize("name", NAMES)
def test_the_languages_say_the_same_things(name: str) -> None:
    counts = {
        tuple(body.count(tag) for tag in ("<h2>", "<p>", "<li>", "<a "))
        for path in BODIES[name].values()
        if (body := render_to_string(path, {"operator": NOBODY}))
    }
    assert len(counts) == 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("locale", LOCALES)
def test_chinese_pages_keep_to_the_words_of_the_house(name: str, locale: str) -> None:
    body = render_to_string(BODIES[name][LOCALES[locale]], {"operator": NOBODY})
    assert text_problems(body, locale) == []


@pytest.mark.parametrize("name", ["terms", "privacy"])
def test_the_version_shown_is_the_one_agreed_to(client: Client, name: str) -> None:
    assert TERMS_VERSION in read(client, name)


def test_a_demo_says_so(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    assert "这是演示" in read(client, "terms")


def test_without_a_licence_the_site_says_that_it_is_a_trial(
    client: Client, settings: Settings
) -> None:
    settings.DEMO, settings.OPERATOR_LICENCE = False, ""
    assert "人力资源服务许可证" in read(client, "privacy")


def test_with_a_licence_the_notice_gives_way_to_its_number(
    client: Client, settings: Settings
) -> None:
    settings.DEMO, settings.OPERATOR_NAME = False, "示例公司"
    settings.OPERATOR_LICENCE = "310000000001"
    page = read(client, "about")
    assert "310000000001" in page
    assert "试运行" not in page


@pytest.mark.parametrize("name", NAMES)
def test_people_learn_whom_to_write_to(
    client: Client, settings: Settings, name: str
) -> None:
    settings.OPERATOR_EMAIL = "data@example.org"
    assert "mailto:data@example.org" in read(client, name)


def test_until_a_contact_is_named_nobody_is_asked_for_real_data(client: Client) -> None:
    assert "请不要填真实的个人资料" in read(client, "privacy")


def test_the_sign_up_form_leads_to_what_one_agrees_to(client: Client, db: None) -> None:
    page = read(client, "account_signup")
    assert f'href="{reverse("terms")}"' in page
    assert f'href="{reverse("privacy")}"' in page


def test_who_must_still_set_up_a_second_step_can_read_them(
    client: Client, db: None
) -> None:
    user = make_user("moderator")
    Authenticator.objects.filter(user=user).delete()
    sign_in(client, user)
    assert [client.get(reverse(name)).status_code for name in NAMES] == [200] * 3
