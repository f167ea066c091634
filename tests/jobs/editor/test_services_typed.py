from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from accounts.consent.registry import export_person
from jobs.editor.models import EditorDraft
from jobs.editor.services import typed
from jobs.editor.tasks import forget_typed
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.jobs.editor.make import begin, keep


@pytest.fixture
def draft(cast: Cast) -> Posting:
    return begin(cast.employer, cast.organization)


def age(row: EditorDraft, days: int) -> None:
    moment = timezone.now() - timedelta(days=days)
    EditorDraft.objects.filter(pk=row.pk).update(typed_at=moment)


def test_only_what_nobody_came_back_for_is_forgotten(
    cast: Cast, draft: Posting, capsys: pytest.CaptureFixture[str]
) -> None:
    age(keep(draft, cast.employer, "work", title="旧"), 31)
    age(keep(draft, cast.employer, "pay", pay_0="1"), 29)
    call_command("forget_typed")
    assert "1 rows are old" in capsys.readouterr().out
    assert EditorDraft.objects.count() == 2
    call_command("forget_typed", "--apply")
    assert [row.step for row in EditorDraft.objects.all()] == ["pay"]


def test_the_task_is_safe_to_run_twice(cast: Cast, draft: Posting) -> None:
    age(keep(draft, cast.employer), 40)
    assert (forget_typed(), forget_typed()) == (1, 0)


def test_each_page_is_kept_once_for_each_person(cast: Cast, draft: Posting) -> None:
    keep(draft, cast.employer)
    keep(draft, cast.colleague)
    with pytest.raises(IntegrityError):
        keep(draft, cast.employer)


def test_the_database_knows_the_pages(cast: Cast, draft: Posting) -> None:
    with pytest.raises(IntegrityError):
        keep(draft, cast.employer, "elsewhere")


def test_what_is_typed_is_in_the_copy_and_goes_with_the_person(
    cast: Cast, draft: Posting
) -> None:
    keep(draft, cast.employer, title="我打的字")
    keep(draft, cast.colleague, title="她打的字")
    copy = str(export_person(cast.employer)["jobs.editor"])
    assert "我打的字" in copy
    assert "她打的字" not in copy
    typed.erase_typed(cast.employer)
    assert [row.user for row in EditorDraft.objects.all()] == [cast.colleague]


def test_dropping_one_page_leaves_the_others(cast: Cast, draft: Posting) -> None:
    keep(draft, cast.employer, "work")
    keep(draft, cast.employer, "pay")
    keep(draft, cast.colleague, "work")
    assert typed.drop_typed(posting=draft, user=cast.employer, step="work") == 1
    assert typed.drop_typed(posting=draft, user=cast.employer) == 1
    assert EditorDraft.objects.get().user == cast.colleague
