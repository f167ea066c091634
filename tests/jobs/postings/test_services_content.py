from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from jobs.postings.models import Posting
from jobs.postings.services import (
    NeedsCheck,
    NotEditable,
    StaleVersion,
    create_draft,
    update_posting,
)
from tests.cast import Cast
from tests.make import make_posting


def test_a_draft_starts_its_history(cast: Cast) -> None:
    posting = create_draft(
        organization=cast.organization,
        actor=cast.employer,
        fields={"title": "在线客服", "weekly_hours": Decimal("40.0")},
    )
    assert posting.state == "draft"
    revision = posting.revisions.get()
    assert revision.content["title"] == "在线客服"
    assert revision.content["weekly_hours"] == "40.0"
    assert posting.transitions.get().event == "create"


def test_a_draft_takes_no_system_fields(cast: Cast) -> None:
    with pytest.raises(TypeError):
        create_draft(
            organization=cast.organization,
            actor=cast.employer,
            fields={"title": "客服", "state": "published"},
        )


def test_an_update_is_a_new_revision(cast: Cast) -> None:
    posting = make_posting(cast.organization, state="draft")
    updated = update_posting(
        posting=posting, actor=cast.employer, fields={"title": "新的"}, version=1
    )
    assert (updated.title, updated.version) == ("新的", 2)
    assert posting.revisions.get().number == 2


def test_an_update_without_a_change_writes_nothing(cast: Cast) -> None:
    posting = make_posting(cast.organization, state="draft")
    update_posting(
        posting=posting, actor=cast.employer, fields={"title": posting.title}, version=1
    )
    assert not posting.revisions.exists()


def test_two_people_do_not_overwrite_each_other(cast: Cast) -> None:
    posting = make_posting(cast.organization, state="draft")
    update_posting(
        posting=posting, actor=cast.employer, fields={"title": "甲"}, version=1
    )
    with pytest.raises(StaleVersion):
        update_posting(
            posting=posting, actor=cast.colleague, fields={"title": "乙"}, version=1
        )
    assert Posting.objects.get().title == "甲"


@pytest.mark.parametrize(
    "state", ["in_review", "filled", "closed", "expired", "rejected", "removed"]
)
def test_words_are_locked_while_checked_and_after_the_end(
    cast: Cast, state: str
) -> None:
    posting = make_posting(cast.organization, state=state)
    with pytest.raises(NotEditable):
        update_posting(
            posting=posting, actor=cast.employer, fields={"title": "新"}, version=1
        )


@pytest.mark.parametrize("state", ["published", "paused"])
def test_an_open_posting_changes_only_harmless_facts(cast: Cast, state: str) -> None:
    posting = make_posting(cast.organization, state=state)
    update_posting(
        posting=posting, actor=cast.employer, fields={"headcount": 9}, version=1
    )
    with pytest.raises(NeedsCheck):
        update_posting(
            posting=posting, actor=cast.employer, fields={"pay_max": 9000}, version=2
        )
    posting.refresh_from_db()
    assert (posting.headcount, posting.pay_max) == (9, 6500)


def test_a_later_last_day_is_a_promise_too(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    later = timezone.now() + timedelta(days=59)
    with pytest.raises(NeedsCheck):
        update_posting(
            posting=posting,
            actor=cast.employer,
            fields={"valid_through": later},
            version=1,
        )
