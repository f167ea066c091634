"""Money, dates and periods of the calculators, in a real browser."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

READ = """async ([name, text]) => {
  const values = await import("/values.js");
  try { return { value: values[name](text) }; } catch (problem) {
    if (!(problem instanceof values.BadValue)) throw problem;
    return { reason: problem.reason };
  }
}"""

GOOD = [
    ("readMoney", "8000", "8000.00"),
    ("readMoney", "8,000.5", "8000.50"),
    ("readMoney", "８，０００．５０", "8000.50"),
    ("readMoney", " ¥8000 元 ", "8000.00"),
    ("readMoney", "1.25万", "12500.00"),
    ("readMoney", "0", "0.00"),
    ("readDate", "2021-03-15", "2021-03-15"),
    ("readDate", "2021.3.5", "2021-03-05"),
    ("readDate", "２０２１年３月１５日", "2021-03-15"),
    ("readDate", "20210315", "2021-03-15"),
    ("readDate", "2024-2-29", "2024-02-29"),
    ("readCount", "12个月", 12),
    ("readCount", "０", 0),
    ("readHours", "1.5小时", "1.5"),
    ("readMoneyList", "5000\n\n6,200元\n", ["5000.00", "6200.00"]),
]
BAD = [
    ("readMoney", "", "empty"),
    ("readMoney", "　", "empty"),
    ("readMoney", "-5", "negative"),
    ("readMoney", "八千", "money"),
    ("readMoney", "8,00", "money"),
    ("readMoney", "8.000,50", "money"),
    ("readMoney", "1e5", "money"),
    ("readMoney", "10.005", "fen"),
    ("readMoney", "9" * 20, "large"),
    ("readDate", "", "empty"),
    ("readDate", "2023-02-29", "noday"),
    ("readDate", "2023-13-01", "noday"),
    ("readDate", "2023-04-31", "noday"),
    ("readDate", "1021-03-15", "year"),
    ("readDate", "15/03/2021", "date"),
    ("readDate", "去年三月", "date"),
    ("readCount", "2.5", "count"),
    ("readCount", "-1", "negative"),
    ("readCount", "5000", "large"),
    ("readHours", "abc", "hours"),
    ("readMoneyList", "5000\n六千", "money"),
    ("readMoneyList", " \n", "empty"),
]


@pytest.mark.parametrize(("name", "text", "value"), GOOD)
def test_what_people_type_is_understood(
    modules: Page, name: str, text: str, value: object
) -> None:
    assert modules.evaluate(READ, [name, text]) == {"value": value}


@pytest.mark.parametrize(("name", "text", "reason"), BAD)
def test_what_cannot_be_meant_is_refused(
    modules: Page, name: str, text: str, reason: str
) -> None:
    assert modules.evaluate(READ, [name, text]) == {"reason": reason}


DATES = """async (days) => {
  const { plusDays, daysBetween, weekday, iso, day } = await import("/values.js");
  const from = day("1999-12-30");
  return days.map((count) => {
    const then = plusDays(from, count);
    return [iso(then), daysBetween(from, then), weekday(then)];
  });
}"""


def test_days_are_counted_as_in_any_calendar(modules: Page) -> None:
    days = [*range(800), *range(800, 40_000, 37)]
    start = date(1999, 12, 30)
    wanted = []
    for count in days:
        then = start + timedelta(days=count)
        wanted.append([then.isoformat(), count, then.weekday()])
    assert modules.evaluate(DATES, days) == wanted


PERIODS = """async (pairs) => {
  const { fullMonths, day } = await import("/values.js");
  return pairs.map(([first, last]) => {
    const { months, rest } = fullMonths(day(first), day(last));
    return [months, rest];
  });
}"""


def test_months_at_the_end_of_a_month_are_not_clipped(modules: Page) -> None:
    pairs = {
        ("2025-08-31", "2026-02-28"): [6, 0],
        ("2024-02-29", "2025-02-28"): [12, 0],
        ("2025-01-31", "2025-02-28"): [1, 0],
        ("2025-01-31", "2025-03-30"): [2, 0],
        ("2025-01-31", "2025-03-31"): [2, 1],
        ("2025-01-01", "2025-01-01"): [0, 1],
        ("2023-07-01", "2026-06-30"): [36, 0],
        ("2023-07-01", "2026-07-01"): [36, 1],
    }
    found = modules.evaluate(PERIODS, [list(pair) for pair in pairs])
    assert dict(zip(pairs, found, strict=True)) == pairs


def test_every_day_more_never_makes_the_time_shorter(modules: Page) -> None:
    for start in (date(2023, 1, 31), date(2024, 2, 29), date(2023, 12, 1)):
        pairs = [
            [start.isoformat(), (start + timedelta(days=more)).isoformat()]
            for more in range(800)
        ]
        found = modules.evaluate(PERIODS, pairs)
        assert found == sorted(found)
        assert found[0] == [0, 1]


ROUND = """async (pairs) => {
  const { divided, yuan, fen } = await import("/values.js");
  return pairs.map(([amount, by]) => yuan(divided(fen(amount), BigInt(by))));
}"""


def test_half_a_fen_goes_up(modules: Page) -> None:
    pairs = [["0.01", 2], ["0.03", 2], ["0.01", 3], ["100000.00", 12], ["0.00", 7]]
    wanted = ["0.01", "0.02", "0.00", "8333.33", "0.00"]
    assert modules.evaluate(ROUND, pairs) == wanted


CITE = """async ([words, references]) => {
  const { citation } = await import("/words.js");
  return references.map((one) => citation(words, one));
}"""


@pytest.mark.parametrize("folder", ["zh_hans", "zh_hant", "en"])
def test_results_cite_as_pages_do(modules: Page, folder: str) -> None:
    from django.utils import translation

    from accounts.wellbeing.rights import forms
    from accounts.wellbeing.rights.citations import cite
    from accounts.wellbeing.rights.texts import laws, words
    from accounts.wellbeing.rights.views import _script_words

    cited = {one for calc in sum(forms.PAGES.values(), ()) for one in calc.cites}
    cited |= {one for cites in forms.PRACTICES.values() for one in cites}
    references = sorted(cited)
    with translation.override(folder.replace("_", "-")):
        found = modules.evaluate(CITE, [_script_words({}), references])
    common = words(folder, "common")
    wanted = []
    for reference in references:
        one = cite(reference, common, laws(folder))
        more = [] if one.was_read else [common["unread"]]
        wanted.append([one.label, one.dated, *more])
    assert found == wanted
