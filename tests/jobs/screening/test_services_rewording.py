from __future__ import annotations

from typing import Any

import pytest

from jobs.postings.models import Posting, PostingRevision
from jobs.postings.services import NotEditable, StaleVersion
from jobs.screening.adverts import PlacedRewording
from jobs.screening.services.rewording import (
    RewordingGone,
    offers_for,
    reword_posting,
)
from jobs.screening.services.submission import examine
from tests.cast import Cast
from tests.jobs.screening.make import BAD, make_draft

WISHES = "年满18周岁，限男性，普通话清楚。"


def offers(posting: Posting) -> tuple[PlacedRewording, ...]:
    return offers_for(posting, examine(posting))


def reword(cast: Cast, posting: Posting, **changes: Any) -> PlacedRewording:
    values: dict[str, Any] = {
        "field": "qualifications",
        "rule": "disc-gender",
        "start": WISHES.index("限"),
        "version": 1,
    }
    return reword_posting(posting=posting, actor=cast.employer, **(values | changes))


def test_a_tap_changes_the_draft_and_writes_a_revision(cast: Cast) -> None:
    posting = make_draft(cast.organization, qualifications=WISHES)
    reword(cast, posting)
    posting.refresh_from_db()
    assert posting.qualifications == "年满18周岁，普通话清楚。"
    assert posting.version == 2
    assert PostingRevision.objects.get().changed_by == cast.employer


def test_offers_know_their_field_and_place(cast: Cast) -> None:
    posting = make_draft(
        cast.organization,
        title="热线客服(限女)",
        qualifications=WISHES,
        screening_reason="不招河南人，按规定",
    )
    found = {(o.field, o.rule, o.replacement) for o in offers(posting)}
    assert found == {
        ("title", "disc-gender", ""),
        ("qualifications", "disc-gender", ""),
        ("screening_reason", "disc-hukou-region", ""),
    }
    for offer in offers(posting):
        text = getattr(posting, offer.field)
        assert text[offer.start : offer.end] == offer.words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("限男性，有耐心", "限男性"),
        ("1、有耐心\n2、限男性；\n3、会打字", "限男性"),
        ("热线客服（限女）", "（限女）"),
        ("年满18周岁，25-35岁，有耐心", "25-35岁"),
    ],
)
def test_a_button_names_the_words_alone(cast: Cast, text: str, shown: str) -> None:
    posting = make_draft(cast.organization, qualifications=text)
    assert [offer.shown_words for offer in offers(posting)] == [shown]


def test_facts_and_practices_get_no_offer(cast: Cast) -> None:
    posting = make_draft(
        cast.organization,
        responsibilities=BAD,
        deductions_text="入职缴纳押金500元",
        base_salary_min=900,
    )
    assert examine(posting).is_blocked
    assert offers(posting) == ()


def test_an_offer_never_trades_one_fault_for_another(cast: Cast) -> None:
    """Without its last words the posting would have no requirements at all."""
    wish = "五官端正，限男性"
    posting = make_draft(cast.organization, responsibilities=wish, qualifications="")
    for offer in offers(posting):
        mended = make_draft(cast.organization, qualifications="")
        mended.responsibilities = wish.replace(offer.words, offer.replacement)
        new = {f.rule for f in examine(mended).findings}
        assert new <= {f.rule for f in examine(posting).findings}


@pytest.mark.parametrize(
    "changes",
    [
        {"start": 0},
        {"rule": "disc-age"},
        {"field": "title"},
        {"field": "organization"},
        {"rule": "pay-no-base"},
    ],
)
def test_only_what_is_offered_is_put_in(cast: Cast, changes: dict[str, Any]) -> None:
    posting = make_draft(cast.organization, qualifications=WISHES)
    with pytest.raises(RewordingGone):
        reword(cast, posting, **changes)
    posting.refresh_from_db()
    assert (posting.qualifications, posting.version) == (WISHES, 1)


def test_an_older_page_changes_nothing(cast: Cast) -> None:
    posting = make_draft(cast.organization, qualifications=WISHES, version=3)
    with pytest.raises(StaleVersion):
        reword(cast, posting, version=2)


@pytest.mark.parametrize("state", ["published", "paused", "in_review", "closed"])
def test_only_drafts_are_changed_at_a_tap(cast: Cast, state: str) -> None:
    posting = make_draft(cast.organization, state=state, qualifications=WISHES)
    with pytest.raises(NotEditable):
        reword(cast, posting)


def test_a_text_of_hostile_size_gets_no_offers(cast: Cast) -> None:
    posting = make_draft(cast.organization, qualifications="限男性，" * 4000)
    assert offers(posting) == ()
