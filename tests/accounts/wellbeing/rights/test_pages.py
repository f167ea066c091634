"""The pages as the server gives them: no database, no cookie, nothing that sends."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from accounts.wellbeing.rights import forms
from accounts.wellbeing.rights.texts import words
from tests.accounts.wellbeing.rights.test_access_rights import NAMES

TOOLS = [name for name in NAMES if name != "rights:index"]
DATED = re.compile(r"\d{4}-\d{2}-\d{2} 的文本")


def page(client: Client, name: str, query: str = "") -> str:
    return client.get(reverse(name) + query).content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_asks_no_database_and_leaves_no_trace(
    client: Client, name: str, language: str
) -> None:
    """Fails without the db fixture if a view asks for a row."""
    client.cookies["django_language"] = language
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert "sessionid" not in response.cookies
    title = words(language.replace("-", "_"), name.partition(":")[2])["title"]
    assert title in response.content.decode()


@pytest.mark.parametrize("name", TOOLS)
def test_no_form_leads_anywhere(client: Client, name: str) -> None:
    text = page(client, name)
    main = text[text.index("<main") : text.index("</main>")]
    tags = re.findall(r"<form[^>]*>", main)
    assert tags
    for tag in tags:
        assert 'method="dialog"' in tag
        assert "action" not in tag
        assert 'autocomplete="off"' in tag
    assert "formaction" not in main


@pytest.mark.parametrize("name", TOOLS)
def test_every_tool_names_articles_with_the_date_of_their_text(
    client: Client, name: str
) -> None:
    laws = re.findall(r"<li><small>(.*?)</small></li>", page(client, name))
    assert laws
    for law in laws:
        assert law.startswith("《")
        assert "条" in law
        assert DATED.search(law) or "起施行" in law


@pytest.mark.parametrize("name", TOOLS)
def test_the_printed_page_asks_nothing_and_shows_everything(
    client: Client, name: str
) -> None:
    text = page(client, name, "?paper=1")
    main = text[text.index("<main") : text.index("</main>")]
    assert "<form" not in main
    assert "<input" not in main.replace(
        '<input type="checkbox" autocomplete="off">', ""
    )
    assert not re.search(r"<details(?![^>]* open)", main)
    assert "js/rights" not in text


@pytest.mark.parametrize("name", TOOLS)
def test_formula_blanks_and_example_are_there_without_a_script(
    client: Client, name: str
) -> None:
    key = name.partition(":")[2]
    text = page(client, name)
    for calculator in forms.PAGES.get(key, ()):
        found = words("zh_hans", key)["calc"][calculator.name]
        for line in (*found["paper"], *found["example"]):
            assert line in text
    assert "这不是法律意见" in text
    assert 'href="tel:12348"' in text


@pytest.mark.parametrize("practice", forms.PRACTICES)
def test_every_explanation_stands_on_one_static_page(
    client: Client, practice: str
) -> None:
    text = page(client, "rights:exposure")
    found = words("zh_hans", "exposure")["practices"][practice]
    assert found["law"] in text
    assert found["now"] in text


def test_the_evidence_list_warns_of_debtors_data(client: Client) -> None:
    warning = words("zh_hans", "wages")["evidence_warning"]
    assert warning in page(client, "rights:wages")
    assert warning in page(client, "rights:claim")


def test_no_table_could_hold_an_answer() -> None:
    columns = {
        field.column
        for model in apps.get_models()
        for field in model._meta.local_fields
    }
    assert columns.isdisjoint(forms.PRACTICES)
    tables = {model._meta.db_table for model in apps.get_models()}
    assert not [name for name in tables if "exposure" in name or "rights" in name]


def test_they_are_found_from_the_help_page_and_the_footer(client: Client) -> None:
    index = f'href="{reverse("rights:index")}"'
    assert client.get("/help/").content.decode().count(index) == 2
    for name in TOOLS:
        assert f'href="{reverse(name)}"' in page(client, "rights:index")
