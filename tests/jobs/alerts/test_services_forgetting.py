from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.consent.registry import erase_person
from accounts.identity.models import User
from jobs.alerts.models import AlertDigest, AlertMatch, AlertReader, SavedSearch
from jobs.alerts.services import forgetting
from jobs.postings.models import Posting
from jobs.postings.services import close_posting
from tests.cast import Cast
from tests.jobs.alerts.make import make_search, percolate
from tests.make import make_posting

LATER = timezone.now() + forgetting.KEPT + timedelta(days=1)


@pytest.fixture
def posting(cast: Cast) -> Posting:
    make_search(cast.seeker.user)
    posting = make_posting(cast.organization, valid_through=LATER + timedelta(days=9))
    percolate(timezone.now())
    assert AlertMatch.objects.count() == 1
    return posting


def test_what_closed_long_ago_is_forgotten(cast: Cast, posting: Posting) -> None:
    assert forgetting.forget_old(now=LATER) == 0
    close_posting(posting=posting, actor=cast.employer)
    assert forgetting.forget_old(now=timezone.now()) == 0
    assert forgetting.forget_old(now=LATER) == 1
    assert not AlertMatch.objects.exists()


def test_what_a_vanished_search_or_posting_left_goes(
    cast: Cast, posting: Posting
) -> None:
    """As a worker leaves it that compared while the search was being deleted."""
    search = make_search(cast.other_seeker.user)
    other = make_posting(cast.organization)
    percolate(timezone.now())
    kept = set(AlertMatch.objects.values_list("search", "posting"))
    AlertMatch.objects.create(search_id=search.pk + 1000, posting=posting)
    AlertMatch.objects.create(search=search, posting_id=other.pk + 1000)
    assert forgetting.forget_old(now=timezone.now()) == 2
    assert set(AlertMatch.objects.values_list("search", "posting")) == kept


def test_old_messages_are_forgotten_in_batches(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 2)
    user = cast.seeker.user
    for _ in range(5):
        AlertDigest.objects.create(user=user, frequency="daily", postings=1)
    sizes: list[int] = []
    assert forgetting.forget_old(now=LATER, progress=sizes.append) == 5
    assert sizes == [2, 2, 1]


def test_the_command_only_counts_unless_told(cast: Cast, posting: Posting) -> None:
    close_posting(posting=posting, actor=cast.employer)
    AlertMatch.objects.update(found_at=timezone.now() - timedelta(days=91))
    said = StringIO()
    call_command("forget_alerts", stdout=said)
    assert said.getvalue().startswith("1 found postings and 0 messages")
    assert AlertMatch.objects.count() == 1
    call_command("forget_alerts", "--apply", stdout=said)
    assert not AlertMatch.objects.exists()


def test_an_erased_person_leaves_nothing(cast: Cast, posting: Posting) -> None:
    user = User.objects.get(pk=cast.seeker.user.pk)
    theirs = make_search(cast.other_seeker.user)
    percolate(timezone.now())
    AlertDigest.objects.create(user=user, frequency="daily", postings=1)
    erase_person(user)
    assert list(SavedSearch.objects.all()) == [theirs]
    assert not AlertMatch.objects.exclude(search=theirs).exists()
    assert not AlertDigest.objects.exists()
    assert not AlertReader.objects.filter(user=user).exists()
