from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.identity.models import OutboxMessage
from jobs.postings.models import Posting
from jobs.postings.services import expire_postings, pause_unverified
from jobs.postings.tasks import expire_postings as expire_task
from tests.cast import Cast
from tests.make import make_organization, make_posting

PAST = timezone.now() - timedelta(hours=2)


def test_only_overdue_postings_end(cast: Cast) -> None:
    late = make_posting(cast.organization, valid_through=PAST)
    paused = make_posting(cast.organization, state="paused", valid_through=PAST)
    fresh = make_posting(cast.organization)
    assert expire_postings(now=timezone.now()) == 2
    states = {p.pk: p.state for p in Posting.objects.all()}
    assert states == {late.pk: "expired", paused.pk: "expired", fresh.pk: "published"}


def test_ending_twice_does_nothing_twice(cast: Cast) -> None:
    posting = make_posting(
        cast.organization, valid_through=PAST, created_by=cast.employer
    )
    expire_postings(now=timezone.now())
    assert expire_postings(now=timezone.now()) == 0
    assert posting.transitions.count() == 1
    assert OutboxMessage.objects.filter(user=cast.employer).count() == 1


def test_a_batch_takes_no_more_than_its_limit(cast: Cast) -> None:
    for _ in range(3):
        make_posting(cast.organization, valid_through=PAST)
    assert expire_postings(now=timezone.now(), limit=2) == 2
    assert expire_postings(now=timezone.now(), limit=2) == 1


def test_an_overdue_posting_is_closed_before_the_task_runs(cast: Cast) -> None:
    make_posting(cast.organization, valid_through=PAST)
    assert not Posting.objects.open().exists()


def test_a_lapsed_check_pauses_postings(cast: Cast) -> None:
    lapsed = make_organization(uscc="91000000MA1A00307D", verification_expires_at=PAST)
    posting = make_posting(lapsed)
    make_posting(cast.organization)
    assert pause_unverified(now=timezone.now()) == 1
    posting.refresh_from_db()
    assert posting.state == "paused"


def test_a_repost_without_an_account_is_not_paused(db: None) -> None:
    Posting.objects.create(
        title="转载",
        source_name="feed",
        source_id="1",
        state="published",
        published_at=timezone.now(),
        valid_through=timezone.now() + timedelta(days=3),
    )
    assert pause_unverified(now=timezone.now()) == 0


def test_the_task_does_both(cast: Cast) -> None:
    make_posting(cast.organization, valid_through=PAST)
    expire_task()
    assert Posting.objects.get().state == "expired"


def test_the_command_only_shows_unless_told(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    make_posting(cast.organization, valid_through=PAST)
    call_command("expire_postings")
    assert "1 expired" in capsys.readouterr().out
    assert Posting.objects.get().state == "published"
    call_command("expire_postings", "--apply")
    assert Posting.objects.get().state == "expired"
