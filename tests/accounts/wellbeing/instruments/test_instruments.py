"""The instruments: whole, lawful, scored as they say in both languages of the code."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given, strategies as st
from playwright.sync_api import Browser, Page, Route

from accounts.wellbeing.instruments.content import (
    DATA,
    FOLDERS,
    forms,
    shown_forms,
)
from accounts.wellbeing.instruments.rules import change, score
from accounts.wellbeing.instruments.views import _told
from accounts.wellbeing.instruments.words import results
from tests.accounts.wellbeing.rights.conftest import SITE, browser

__all__ = ["browser"]
CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases.toml").read_text(encoding="utf-8")
)["cases"]
SCRIPTS = Path("static/js")


def answers(case: dict[str, Any]) -> dict[str, int | None]:
    places = [None if one == "-" else int(one) for one in case["answers"].split()]
    items = forms("en")[case["form"]].scale.items
    return {item.id: place for item, place in zip(items, places, strict=True)}


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['form']}: {c['answers']}")
def test_scores_as_worked_out_by_hand(case: dict[str, Any], folder: str) -> None:
    found = score(forms(folder)[case["form"]].scale, answers(case))
    assert found == case.get("score")


def test_every_form_has_its_least_its_most_and_its_gap() -> None:
    for name, form in forms("en").items():
        scored = {case.get("score") for case in CASES if case["form"] == name}
        most = 100
        if form.scale.method == "sum":
            most = form.scale.times * sum(max(i.values) for i in form.scale.items)
        assert {0, most, None} <= scored, name


@pytest.fixture(scope="module")
def module(browser: Browser) -> Iterator[Page]:
    def serve(route: Route) -> None:
        name = route.request.url.removeprefix(SITE)
        if name.endswith(".js"):
            text = (SCRIPTS / name.removeprefix("/js/")).read_text(encoding="utf-8")
            route.fulfill(body=text, content_type="text/javascript")
        else:
            route.fulfill(
                body="<!doctype html><title>.</title>", content_type="text/html"
            )

    page = browser.new_page()
    page.route("**/*", serve)
    page.goto(f"{SITE}/page.html")
    yield page
    page.close()


@pytest.mark.browser
def test_the_browser_scores_alike(module: Page) -> None:
    asked = [
        [json.loads(json.dumps(_told(forms("en")[case["form"]]))), answers(case)]
        for case in CASES
    ]
    found = module.evaluate(
        """async (asked) => {
          const { score } = await import("/js/checkin/score.js");
          return asked.map(([form, answers]) => score(form, answers));
        }""",
        asked,
    )
    assert found == [case.get("score") for case in CASES]


@given(st.data())
def test_scores_stay_in_their_range_and_follow_the_answers(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(list(forms("en").values())))
    places = {
        item.id: data.draw(st.none() | st.integers(0, len(item.values) - 1))
        for item in form.scale.items
    }
    found = score(form.scale, places)
    if found is None:
        return
    assert 0 <= found <= _told(form)["most"]
    item = data.draw(st.sampled_from(form.scale.items))
    place = places[item.id]
    if place is None:
        return
    best = item.values.index(min(item.values) if item.is_reverse else max(item.values))
    assert (score(form.scale, places | {item.id: best}) or 0) >= found


def test_an_answer_that_is_none_of_them_is_an_error() -> None:
    scale = forms("en")["phq-2"].scale
    for place in (-1, 4):
        with pytest.raises(ValueError, match="no answer"):
            score(scale, {"1": 0, "2": place})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [(50, 66, "same"), (50, 67, "more"), (50, 34, "same"), (50, 33, "less")],
)
def test_change_needs_more_than_noise(old: int, new: int, expected: str) -> None:
    assert change(old, new, least=17) == expected


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_shown_is_whole_and_lawful(folder: str) -> None:
    shown = shown_forms(folder)
    assert {"cbi-personal", "phq-2", "phq-8", "gad-2", "gad-7"} <= set(shown)
    # Nobody is on call; the site may be commercial.
    assert not {"phq-9", "who-5"} & set(shown)
    # In its place, where somebody read the wording.
    assert ("k6" in shown) == (folder == "en")
    assert ("cbi-client" in shown) == (folder != "zh_hant")
    # Nobody here knows of a new job.
    assert "cbi-client-now" not in shown
    for form in shown.values():
        assert form.licence
        assert form.source
        for question in form.questions:
            assert question.text
            assert len(question.answers) == len(set(question.answers)) >= 4
            assert all(question.answers)
        assert {q.id for q in form.questions} == {i.id for i in form.scale.items}


def test_who5_only_where_nothing_is_earned(settings: Any) -> None:
    settings.WELLBEING_NONCOMMERCIAL = True
    assert "who-5" in shown_forms("zh_hans")
    assert "who-5" not in shown_forms("zh_hant")
    licence = (DATA / "who5" / "LICENSE").read_text(encoding="utf-8")
    assert "NonCommercial" in licence


@pytest.mark.parametrize("is_noncommercial", [True, False])
def test_one_of_the_two_stands_in_the_others_place(
    settings: Any, client: Client, is_noncommercial: bool
) -> None:
    settings.WELLBEING_NONCOMMERCIAL = is_noncommercial
    client.cookies["django_language"] = "en"
    page = client.get(reverse("checkin:page")).content.decode()
    assert ("How was the last month?" in page) != is_noncommercial
    assert ("© Ronald C. Kessler" in page) != is_noncommercial
    assert ("How well am I?" in page) == is_noncommercial


def test_a_month_on_paper_counts_from_four_to_nought(client: Client) -> None:
    client.cookies["django_language"] = "en"
    page = client.get(reverse("checkin:page")).content.decode()
    sheet = page[page.index("so depressed that nothing could cheer you up?") :]
    assert "4, 3, 2, 1, 0. Add them up." in sheet[: sheet.index("</details>")]


@pytest.mark.parametrize(
    ("points", "place", "offer"),
    [(0, 0, False), (4, 0, False), (5, 1, False), (12, 1, False), (13, 2, True)],
)
def test_what_a_month_says(points: int, place: int, offer: bool) -> None:
    rows = results()["k6"]
    reached = [row for row in rows if points >= row["from"]][-1]
    assert reached == rows[place]
    assert reached["offer"] is offer
    # A person to talk to, and no alarm.
    assert not reached["help"]


def test_only_the_energy_question_is_turned_round() -> None:
    turned = {
        (name, item.id)
        for name, form in forms("en").items()
        for item in form.scale.items
        if item.is_reverse
    }
    assert turned == {("cbi-work", "W7")}


def test_the_lowest_answer_is_not_at_all() -> None:
    for name in ("phq-8", "gad-7"):
        for question in forms("en")[name].questions:
            assert question.answers[0] == "Not at all"


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_results_never_name_an_illness(language: str) -> None:
    words = (
        r"depress|anxi|disorder|mild|moderate|severe|patient|ill\b|轻度|中度|重度|患者"
        r"|抑郁|焦虑|抑鬱|憂鬱|焦慮|輕度|異常|异常|陽性|阳性"
    )
    with translation.override(language):
        said = [one["text"] for rows in results().values() for one in rows]
    assert len(said) > 15
    assert [text for text in said if re.search(words, text, re.IGNORECASE)] == []


def test_heavy_results_offer_somebody() -> None:
    for name, least in (("phq-8", 10), ("gad-7", 10), ("cbi-personal", 75)):
        rows = results()[name]
        assert rows[0]["from"] == 0
        assert [r["from"] for r in rows] == sorted(r["from"] for r in rows)
        assert all(row["offer"] for row in rows if row["from"] >= least)
        assert any(row["from"] >= least for row in rows)
    assert results()["phq-8"][-1]["help"]


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_asks_no_database_and_sends_nothing(client: Client, language: str) -> None:
    """Fails without the db fixture if the view asks for a row."""
    client.cookies["django_language"] = language
    page = client.get(reverse("checkin:page")).content.decode()
    main = page[page.index('<main id="main"') : page.index("</main>")]
    assert re.findall(r"<form[^>]*>", main) == [
        tag for tag in re.findall(r"<form[^>]*>", main) if 'method="dialog"' in tag
    ]
    assert " name=" not in main
    assert len(page) < 100_000
    folder = language.replace("-", "_")
    for form in shown_forms(folder).values():
        assert form.questions[0].text[:8] in page
