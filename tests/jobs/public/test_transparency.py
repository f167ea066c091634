from __future__ import annotations

import csv
import io

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies as st

from accounts.lib.dates import today
from jobs.screening.figures import MONTHLY, figures_until
from jobs.screening.models.transparency import TransparencyCount
from jobs.screening.rules.transparency import finished_months
from tests.words import says

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("_in_november"),
]


@pytest.fixture
def _in_november() -> object:
    with time_machine.travel("2026-11-25T02:00:00Z", tick=False) as traveller:
        yield traveller


def note(measure: str, values: list[int], rule: str = "") -> None:
    months = finished_months(today())
    TransparencyCount.objects.bulk_create(
        TransparencyCount(month=month, measure=measure, rule=rule, value=value)
        for month, value in zip(months, values, strict=True)
    )


def cells(client: Client) -> dict[tuple[str, str, str], str]:
    text = client.get("/transparency/figures.csv").content.decode()
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["month", "measure", "rule", "value"]
    return {(month, measure, rule): value for month, measure, rule, value in rows[1:]}


def test_small_counts_are_on_no_page_and_in_no_file(client: Client) -> None:
    note("screened", [100 + n for n in range(11)] + [7])
    found = cells(client)
    assert found["2025-11", "screened", ""] == "100"
    assert found["2026-10", "screened", ""] == "<10"
    assert found["12 months", "screened", ""] == ">=1155"
    assert "1162" not in client.get("/transparency/").content.decode()
    assert says(client.get("/transparency/"), "The same as a table")


def test_the_json_says_the_same(client: Client) -> None:
    note("published", [20] * 12)
    rows = client.get("/transparency/figures.json").json()["figures"]
    as_json = {(r["month"], r["measure"], r["rule"]): r["value"] for r in rows}
    assert as_json == cells(client)
    assert as_json["12 months", "published", ""] == "240"


def test_rules_come_with_their_titles_and_pages(client: Client) -> None:
    note("screened", [20] * 12)
    note("by_rule", [4] * 12, "disc-age")
    note("by_rule", [0] * 11 + [9], "fee-training-loan")
    page = client.get("/transparency/").content.decode()
    assert 'href="/review/rules/disc-age/"' in page
    assert "fee-training-loan" not in page
    assert cells(client)["12 months", "by_rule", "disc-age"] == ">=40"


def test_hours_need_ten_decisions(client: Client) -> None:
    note("minutes", [300] * 12)
    note("decided", [9] * 11 + [10])
    found = cells(client)
    assert found["2026-09", "median_hours", ""] == ""
    assert found["2026-10", "median_hours", ""] == "5"


def test_shares_need_ten_on_either_side(client: Client) -> None:
    note("appeals", [5] * 12)
    note("appeals_reversed", [1] * 12)
    note("sampled", [5] * 12)
    note("sample_problems", [0] * 11 + [9])
    found = cells(client)
    assert found["12 months", "appeals_reversed_percent", ""] == "20"
    assert found["12 months", "sample_problems_percent", ""] == ""


def test_before_the_first_month_the_page_says_so(client: Client) -> None:
    assert says(client.get("/transparency/"), "Nothing counted yet")


def test_the_page_asks_the_database_once(
    client: Client, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for measure in MONTHLY:
        note(measure, list(range(5, 17)))
    for rule in ("disc-age", "fee-training-loan", "pay-no-base"):
        note("by_rule", [3] * 12, rule)
    with django_assert_num_queries(1):  # type: ignore[operator]
        client.get("/transparency/")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 30), min_size=12, max_size=12))
def test_what_is_hidden_in_one_form_is_hidden_in_all(
    client: Client, counts: list[int]
) -> None:
    TransparencyCount.objects.all().delete()
    note("removed", counts)
    shown = figures_until(today()).lines
    codes = [cell.code for cell in shown["removed"].months]  # type: ignore[index]
    months = finished_months(today())
    found = cells(client)
    assert [found[f"{m:%Y-%m}", "removed", ""] for m in months] == codes
    assert codes == [str(n) if n >= 10 else "<10" for n in counts]
