from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.lib.bulk import copy_rows
from jobs.postings.models import Posting, PostingRevision

pytestmark = pytest.mark.django_db


def make(number: int, **fields: object) -> Posting:
    return Posting(source_name="feed", source_id=str(number), title="客服", **fields)


def test_rows_arrive_as_bulk_create_would_write_them() -> None:
    content = {
        "responsibilities": "制表\t换行\n反斜线\\ 引号'\" 空\\N",
        "benefits": ["meals", "带,逗号", 'quote"'],
        "facts": {"字": [1, None, {"a": "\\"}]},
        "weekly_hours": Decimal("37.5"),
        "social_insurance": None,
    }
    copied, created = make(1, **content), make(2, **content)
    copy_rows([copied])
    Posting.objects.bulk_create([created])
    ours, theirs = (
        Posting.objects.filter(pk=row.pk).values(*content).get()
        for row in (copied, created)
    )
    assert ours == theirs == content


def test_keys_are_set_and_can_be_used_at_once() -> None:
    postings = [make(n) for n in range(3)]
    copy_rows(postings)
    copy_rows([PostingRevision(posting=p, number=1, content={}) for p in postings])
    assert len({p.pk for p in postings}) == PostingRevision.objects.count() == 3
    postings[0].title = "坐席"
    postings[0].save()
    assert Posting.objects.filter(title="坐席").count() == 1


def test_constraints_hold_and_nothing_is_half_written() -> None:
    copy_rows([make(1)])
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows([make(2), make(1)])
    assert Posting.objects.count() == 1


def test_nothing_to_write_is_nothing_to_do() -> None:
    copy_rows([])
    assert Posting.objects.count() == 0
