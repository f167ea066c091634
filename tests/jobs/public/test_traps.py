from __future__ import annotations

import logging
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from accounts.lib.wording import text_problems
from jobs.public.traps.content import LANGUAGES, Trap, traps
from jobs.public.views.traps import LONGEST
from jobs.screening.explain import shown_rule
from jobs.screening.rules.adverts import Advert
from jobs.screening.rules.engine import screen
from tests.words import says

ADVERT = "招跑分员，手机一台就能做，日结。暗号：蓝鲸七号"
CHINESE = [(code, t) for code in LANGUAGES[:2] for t in traps(code)]


def name_of(value: object) -> str:
    return value.slug if isinstance(value, Trap) else str(value)


@pytest.mark.parametrize(("language", "trap"), CHINESE, ids=name_of)
def test_every_example_raises_a_rule_of_its_trap(language: str, trap: Trap) -> None:
    for text in trap.adverts:
        advert = Advert(id="", title="", description=text)
        found = screen(advert, today=date(2026, 11, 25), missing_fields=False)
        assert found.rules & set(trap.rules), (language, text, found.rules)


@pytest.mark.parametrize(("language", "trap"), CHINESE, ids=name_of)
def test_the_texts_are_set_as_chinese_is_set_here(language: str, trap: Trap) -> None:
    locale = {"zh-hans": "zh_Hans", "zh-hant": "zh_Hant"}[language]
    own = (trap.name, trap.really, trap.law, trap.now, trap.near)
    assert [p for text in own for p in text_problems(text, locale)] == []


def test_every_trap_is_told_in_three_languages_with_rules_and_laws() -> None:
    told = [[(t.slug, t.rules, len(t.adverts)) for t in traps(c)] for c in LANGUAGES]
    assert told[0] == told[1] == told[2]
    for trap in traps("en"):
        assert all(shown_rule(rule) for rule in trap.rules)
        assert trap.basis
        assert 2 <= len(trap.adverts) <= 3


@pytest.mark.django_db
def test_the_page_says_when_a_source_is_second_hand(client: Client) -> None:
    page = client.get("/traps/")
    assert says(page, "from a second-hand source")
    for trap in traps("zh-hans"):
        assert f'id="{trap.slug}"' in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_every_language(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    page = client.get("/traps/").content.decode()
    for trap in traps(language):
        assert trap.really.split("’")[0][:20] in page.replace("&#x27;", "'")


@pytest.mark.django_db
def test_an_advert_is_read_with_quotes_and_its_trap_opened(client: Client) -> None:
    page = client.post("/traps/", {"text": ADVERT}).content.decode()
    assert says(page, "We would not publish this. Please do not sign or pay anything.")
    assert '<q class="quote">' in page
    assert 'id="run-points" open' in page
    assert "/review/rules/fee-task-mlm/" in page


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "trap"), CHINESE, ids=name_of)
def test_an_example_opens_its_own_trap(
    client: Client, language: str, trap: Trap
) -> None:
    client.cookies["django_language"] = language
    for text in trap.adverts:
        page = client.post("/traps/", {"text": text}).content.decode()
        assert f'id="{trap.slug}" open' in page, text
        assert page.count(" open>") <= 3


@pytest.mark.django_db
def test_of_traps_that_share_a_rule_only_the_right_one_opens(client: Client) -> None:
    page = client.post("/traps/", {"text": ADVERT}).content.decode()
    assert page.count(" open>") == 1


@pytest.mark.django_db
def test_a_harmless_one_is_not_called_safe(client: Client) -> None:
    page = client.post("/traps/", {"text": "接听客户来电，解答账单问题，双休"})
    assert says(
        page,
        "We found none of our rules broken. That does not make it safe: what they say "
        "at the interview counts too.",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Please copy the text of the advert in here."),
        (
            "刷单" * LONGEST,
            "That is too long to read at once. Please take the part about the work and "
            "the money, up to 5,000 characters.",
        ),
    ],
)
def test_what_cannot_be_read_is_said(client: Client, text: str, sentence: str) -> None:
    page = client.post("/traps/", {"text": text})
    assert says(page, sentence)
    assert text in page.content.decode()


@pytest.mark.django_db
def test_the_text_is_kept_nowhere(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    page = client.post("/traps/", {"text": ADVERT})
    assert page.status_code == 200
    assert "蓝鲸七号" not in caplog.text
    assert "no-store" in page["Cache-Control"]
    assert not client.session.keys() - {"_auth_user_id"}


@pytest.mark.django_db
def test_too_many_tries_are_slowed_down(client: Client) -> None:
    cache.clear()
    for _ in range(20):
        client.post("/traps/", {"text": "双休"})
    page = client.post("/traps/", {"text": ADVERT})
    assert says(page, "That was quick. Please wait a minute, then try again.")
    assert ADVERT in page.content.decode()


def test_an_unknown_language_gets_simplified() -> None:
    with translation.override("zh-hans"):
        assert traps("fr") == traps("zh-hans")
