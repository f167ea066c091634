"""One month as somebody had it: in the form, in the database, on the page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError

from jobs.postings.facts import sections_of
from jobs.postings.forms import PostingForm
from jobs.postings.models import Posting
from jobs.screening.services.submission import examine
from tests.cast import Cast
from tests.jobs.postings.make import ANSWERS, tomorrow
from tests.make import make_posting


def form(**changed: Any) -> PostingForm:
    return PostingForm(ANSWERS | {"valid_through": tomorrow()} | changed)


def month(base: Any, variable: Any, deductions: Any = "") -> dict[str, Any]:
    return {
        "example_base": base,
        "example_variable": variable,
        "example_deductions": deductions,
    }


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (month("", ""), (None, None, None)),
        (month("", "", "0"), (None, None, None)),
        (month("4800", "600"), (4800, 600, 0)),
        (month("4800", "600", "100"), (4800, 600, 100)),
    ],
)
def test_a_month_is_whole_or_not_there(
    given: dict[str, Any], kept: tuple[int | None, ...]
) -> None:
    filled = form(**given)
    assert filled.is_valid(), filled.errors
    content = filled.content()
    assert tuple(content[name] for name in given) == kept


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (month("4800", ""), "example_variable"),
        (month("", "600"), "example_base"),
        (month("", "", "50"), "example_base"),
        (month("4000", "1500"), "example_base"),
        (month("4800", "100"), "example_variable"),
        (month("4800", "9000"), "example_variable"),
        (month("4800", "0", "9000"), "example_deductions"),
        (month("-1", "600"), "example_base"),
        (month("viel", "600"), "example_base"),
    ],
)
def test_a_month_that_cannot_be_is_refused_at_its_field(
    given: dict[str, Any], field: str
) -> None:
    assert field in form(**given).errors


@pytest.mark.parametrize(
    "parts",
    [(4800, None, None), (4800, 600, None), (None, 600, 0), (100, 100, 201)],
)
def test_the_database_refuses_half_a_month(
    cast: Cast, parts: tuple[int | None, ...]
) -> None:
    names = ("example_base", "example_variable", "example_deductions")
    values: dict[str, Any] = dict(zip(names, parts, strict=True))
    with pytest.raises(IntegrityError):
        make_posting(cast.organization, **values)


def test_seekers_see_the_sum_and_what_varies(cast: Cast) -> None:
    posting = make_posting(
        cast.organization,
        example_base=4500,
        example_variable=600,
        example_deductions=0,
    )
    (pay,) = [section for section in sections_of(posting) if section.key == "pay"]
    texts = [fact.text for fact in pay.facts]
    assert "底薪 4500 + 浮动 600 − 扣款 0 = 5100 元（浮动部分占 12%）" in texts


@pytest.mark.parametrize("kind", ["full_time", "part_time", "internship"])
@pytest.mark.parametrize("city", ["3101", ""])
def test_pay_that_only_varies_is_never_published(
    cast: Cast, kind: str, city: str
) -> None:
    """Whatever the contract: also where no monthly minimum applies."""
    posting = Posting(
        organization=cast.organization,
        title="客服",
        responsibilities="接听客户来电，按单计酬。" * 6,
        base_salary_min=0,
        base_salary_max=0,
        pay_min=3000,
        pay_max=9000,
        employment_type=kind,
        city_code=city,
    )
    blocked = {f.rule for f in examine(posting).findings if f.severity == "block"}
    assert "miss-base-pay" in blocked


def test_commission_only_in_words_is_blocked(cast: Cast) -> None:
    posting = make_posting(
        cast.organization, incentive_text="无底薪，纯提成，多劳多得。"
    )
    assert examine(posting).decision == "block"
