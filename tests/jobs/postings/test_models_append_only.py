from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError

from jobs.postings.models import PostingRevision, PostingTransition
from jobs.postings.services import close_posting, create_draft
from tests.cast import Cast

ROWS = [PostingTransition, PostingRevision]


@pytest.fixture
def history(cast: Cast) -> None:
    posting = create_draft(
        organization=cast.organization, actor=cast.employer, fields={"title": "客服"}
    )
    close_posting(posting=posting, actor=cast.employer)


@pytest.mark.parametrize("model", ROWS)
def test_history_is_not_changed(history: None, model: Any) -> None:
    with pytest.raises(IntegrityError, match="only ever added"):
        model.objects.update(at="2020-01-01T00:00:00Z")


@pytest.mark.parametrize("model", ROWS)
def test_history_is_not_deleted(history: None, model: Any) -> None:
    with pytest.raises(IntegrityError, match="only ever added"):
        model.objects.all().delete()
