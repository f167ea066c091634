"""Calculators held against cases worked out by hand, in a real browser."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.wellbeing.rights.forms import PAGES
from accounts.wellbeing.rights.texts import laws, words
from tests.accounts.wellbeing.rights.cases import (
    FUNCTIONS,
    LEFT_OUT,
    answered,
    cases,
)

pytestmark = pytest.mark.browser

RUN = """async (asked) => {
  const answers = {};
  for (const { id, module, name, facts } of asked) {
    const functions = await import(`/${module}.js`);
    answers[id] = functions[name](facts);
  }
  return answers;
}"""


@pytest.fixture(scope="module")
def answers(modules: Page) -> dict[str, Any]:
    asked = [
        {
            "id": case["id"],
            "module": FUNCTIONS[case["what"]][0],
            "name": FUNCTIONS[case["what"]][1],
            "facts": case["facts"],
        }
        for case in answered()
    ]
    found: dict[str, Any] = modules.evaluate(RUN, asked)
    return found


@pytest.mark.parametrize("case", answered(), ids=lambda case: case["id"])
def test_as_worked_out_by_hand(case: dict[str, Any], answers: dict[str, Any]) -> None:
    answer = answers[case["id"]]
    assert {key: answer.get(key) for key in case["expected"]} == case["expected"]


def test_the_set_is_as_large_as_it_has_to_be() -> None:
    ids = [case["id"] for case in cases()]
    assert len(ids) == len(set(ids)) >= 139
    kinds = Counter(case["what"] for case in answered())
    assert kinds["severance"] + kinds["unemployment"] >= 50
    unconfirmed = {case["id"] for case in cases() if case["mark"] == "unconfirmed"}
    assert set(LEFT_OUT) <= unconfirmed


@pytest.mark.parametrize("case", answered(), ids=lambda case: case["id"])
def test_every_step_is_worded_and_rests_on_a_law(
    case: dict[str, Any], answers: dict[str, Any]
) -> None:
    answer = answers[case["id"]]
    known = {
        calculator.name: words("zh_hans", page)["calc"][calculator.name]
        for page, calculators in PAGES.items()
        for calculator in calculators
    }
    texts = known.get(_calculator_of(case))
    for step, _values, cites in answer["steps"]:
        assert cites or step.startswith("filed_"), step
        assert {cite.partition(":")[0] for cite in cites} <= set(laws("zh_hans"))
        if texts:
            assert step in texts["steps"]
    if texts:
        assert set(answer["notes"]) <= set(texts.get("notes", {}))


def _calculator_of(case: dict[str, Any]) -> str:
    if case["what"] == "late_payment" and "paid" in case["facts"]:
        return "below_minimum"
    return str(case["what"])


def test_what_is_not_settled_is_marked(answers: dict[str, Any]) -> None:
    """An unconfirmed case shows a note or a law whose text was not read."""
    silent = [
        case["id"]
        for case in answered()
        if case["mark"] == "unconfirmed" and not _is_marked(answers[case["id"]])
    ]
    assert set(silent) <= UNMARKED


# Unconfirmed for reasons that do not show in this result: rounding at the very end, a
# part month in the average, whole claims item by item, terms read but not in the notes.
UNMARKED = {
    "sev-n-rounded-once",
    "sev-n-average-with-part-month",
    "arb-small-claim-by-item",
}


def _is_marked(answer: dict[str, Any]) -> bool:
    known = laws("zh_hans")
    cited = {
        cite.partition(":")[0] for _, _, cites in answer["steps"] for cite in cites
    }
    return bool(answer["notes"]) or any(not known[law].was_read for law in cited)
