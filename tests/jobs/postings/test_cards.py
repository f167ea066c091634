from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from accounts.lib import dates
from jobs.postings.cards import open_rows, posted_on, posting_card
from jobs.postings.facts import sections_of
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.make import make_posting


def bare(**fields: Any) -> Posting:
    return Posting(
        title="客服", organization_name="某公司", source_name="某网", **fields
    )


def test_a_card_says_what_counts(cast: Cast) -> None:
    card = posting_card(make_posting(cast.organization), reasons=["合适"])
    assert card.place == "上海 · 浦东新区"
    assert "5000" in card.pay
    assert [mark.kind for mark in card.badges] == ["good", "sea"]
    assert card.reasons == ["合适"]


def test_places_are_named_in_the_readers_language(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    with translation.override("en"):
        assert posting_card(posting).place == "Shanghai · Pudong New Area"
    posting.district = "某镇"
    assert posting_card(posting).place == "上海 · 某镇"


def test_a_card_of_a_repost_names_its_source_instead_of_a_check() -> None:
    texts = [str(mark.text) for mark in posting_card(bare()).badges]
    assert texts == ["来自某网"]


def test_pay_in_the_sources_words_where_there_is_no_figure() -> None:
    assert posting_card(bare(salary_text="150元/天")).pay == "150元/天"


@pytest.mark.parametrize(("days", "text"), [(0, "Today"), (1, "Yesterday"), (9, "9")])
def test_age_in_words(days: int, text: str) -> None:
    with translation.override("en"):
        assert text in posted_on(dates.today() - timedelta(days=days))


def test_pay_comes_first_and_silence_is_said(cast: Cast) -> None:
    sections = sections_of(
        make_posting(cast.organization, base_salary_min=None, base_salary_max=None)
    )
    assert sections[0].key == "pay"
    assert [fact.text for fact in sections[0].facts][1] == "没写"


@pytest.mark.parametrize(("instead", "told"), [(True, True), (False, False)])
def test_schooling_says_whether_experience_will_do(instead: bool, told: bool) -> None:
    posting = bare(education="college", experience_in_place_of_education=instead)
    needed = next(s for s in sections_of(posting) if s.key == "needed")
    assert ("经验" in needed.facts[0].text) is told


@pytest.mark.parametrize(("said", "text"), [(True, "包吃"), (None, "社保 · 包吃")])
def test_social_insurance_is_said_once(*, said: bool | None, text: str) -> None:
    posting = bare(social_insurance=said, benefits=["social_insurance", "meals"])
    contract = next(s for s in sections_of(posting) if s.key == "contract")
    assert text in [fact.text for fact in contract.facts]


def test_rows_of_cards_say_what_their_postings_say(cast: Cast) -> None:
    some = [make_posting(cast.organization, title=f"客服{n}") for n in range(3)]
    some.append(
        Posting.objects.create(
            title="抄来的",
            organization_name="某公司",
            source_name="某网",
            state="published",
            published_at=timezone.now(),
            valid_through=timezone.now() + timedelta(days=1),
        )
    )
    rows = open_rows([p.pk for p in some], now=timezone.now())
    assert set(rows) == {posting.pk for posting in some}
    for posting in some:
        assert asdict(posting_card(rows[posting.pk])) == asdict(posting_card(posting))


@pytest.mark.parametrize(
    "closed",
    [{"state": "closed"}, {"valid_through": timezone.now() - timedelta(days=9)}],
)
def test_a_posting_that_closed_has_no_row(cast: Cast, closed: dict[str, Any]) -> None:
    stays, goes = (make_posting(cast.organization) for _ in range(2))
    Posting.objects.filter(pk=goes.pk).update(**closed)
    assert set(open_rows([goes.pk, stays.pk], now=timezone.now())) == {stays.pk}
    assert open_rows([], now=timezone.now()) == {}


def test_a_card_is_in_the_readers_language_whoever_read_it_before(cast: Cast) -> None:
    posting = make_posting(cast.organization, channel="text", rest="double")
    seen = []
    for language in ("zh-hans", "en", "zh-hant", "zh-hans"):
        with translation.override(language):
            card = posting_card(posting)
            seen.append((card.pay, card.posted, *card.extras, card.badges[-1].text))
    assert seen[0] == seen[3]
    assert not set(seen[0]) & set(seen[1])
    assert seen[2] != seen[0]
