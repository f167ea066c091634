from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.consent.access import has_consent
from accounts.consent.enums import Purpose
from accounts.identity.enums import MessageState
from accounts.identity.models import OutboxMessage
from accounts.identity.services import outbox
from accounts.seekers.models import CompanyBlock
from jobs.alerts.models import AlertDigest, AlertMatch, AlertReader, SavedSearch
from jobs.alerts.services import digests
from jobs.alerts.services.searches import (
    change_search,
    pause_search,
    stop_everything,
    stop_search,
)
from jobs.postings.models import Posting
from jobs.postings.services import close_posting
from tests.cast import Cast
from tests.jobs.alerts.make import make_search, percolate, shanghai, written
from tests.make import make_posting

MORNING = shanghai(24, 9)


def send(now: datetime) -> int:
    return digests.send_alerts(now=lambda: now)


@pytest.fixture
def posting(cast: Cast) -> Posting:
    return make_posting(
        cast.organization, valid_through=MORNING + timedelta(days=20), title="热线客服"
    )


def told(search: SavedSearch) -> set[int]:
    rows = AlertMatch.objects.filter(search=search, digest__isnull=False)
    return set(rows.values_list("posting", flat=True))


def seek(cast: Cast, **values: Any) -> SavedSearch:
    return make_search(cast.seeker.user, **values)


def test_the_daily_message_comes_at_nine_and_once(cast: Cast) -> None:
    search = seek(cast)
    posting = make_posting(cast.organization, valid_through=shanghai(30, 9))
    percolate(shanghai(24, 7))
    assert send(shanghai(24, 8, 59)) == 0
    assert send(MORNING) == 1
    assert send(MORNING) == 0
    assert told(search) == {posting.pk}
    later = make_posting(cast.organization, valid_through=shanghai(30, 9))
    percolate(shanghai(24, 10))
    assert send(shanghai(24, 20)) == 0
    assert send(shanghai(25, 9)) == 1
    assert told(search) == {posting.pk, later.pk}
    assert len(written()) == AlertDigest.objects.count() == 2


def test_nothing_is_written_at_night(cast: Cast, posting: Posting) -> None:
    seek(cast, frequency="at_once")
    seek(cast, frequency="daily", text="客服")
    percolate(shanghai(23, 21))
    for hour in (22, 23):
        assert send(shanghai(23, hour)) == 0
    for hour in (0, 7):
        assert send(shanghai(24, hour)) == 0
    assert send(shanghai(24, 8)) == 1


def test_at_once_keeps_two_hours_between(cast: Cast, posting: Posting) -> None:
    seek(cast, frequency="at_once")
    percolate(shanghai(24, 10))
    assert send(shanghai(24, 10)) == 1
    make_posting(cast.organization, valid_through=shanghai(30, 9))
    percolate(shanghai(24, 11))
    assert send(shanghai(24, 11, 59)) == 0
    assert send(shanghai(24, 12)) == 1


def test_a_posting_comes_once_in_a_message(cast: Cast, posting: Posting) -> None:
    first = seek(cast)
    second = seek(cast, text="客服", name="客服", frequency="at_once")
    percolate(shanghai(24, 8))
    assert send(MORNING) == 1
    assert told(first) == told(second) == {posting.pk}
    (message,) = written()
    assert message.body.count(str(posting.public_id)) == 1


def test_never_means_never(cast: Cast, posting: Posting) -> None:
    search = seek(cast, frequency="never")
    assert percolate(shanghai(24, 8)) == 1
    assert send(MORNING) == 0
    assert search.matches.count() == 1
    assert not has_consent(cast.seeker.user, Purpose.JOB_ALERTS)


def test_what_closed_meanwhile_is_not_told(cast: Cast, posting: Posting) -> None:
    seek(cast)
    percolate(shanghai(24, 8))
    close_posting(posting=posting, actor=cast.employer)
    assert send(MORNING) == 0
    assert not AlertMatch.objects.exists()


@pytest.mark.parametrize("by", ["name", "uscc"])
def test_a_hidden_employer_is_not_told(cast: Cast, posting: Posting, by: str) -> None:
    seek(cast)
    theirs = make_search(cast.other_seeker.user)
    values = (
        {"name": "青禾消费金融"} if by == "name" else {"uscc": "91000000MA1A00104Q"}
    )
    CompanyBlock.objects.create(profile=cast.seeker, reason="former", **values)
    percolate(shanghai(24, 8))
    assert send(MORNING) == 1
    assert told(theirs) == {posting.pk}
    assert [m.user for m in written()] == [cast.other_seeker.user]


def test_stopping_one_search_leaves_the_other(cast: Cast, posting: Posting) -> None:
    one = seek(cast)
    other = seek(cast, text="客服")
    percolate(shanghai(24, 8))
    stop_search(search=one)
    stop_search(search=one)
    assert send(MORNING) == 1
    assert told(one) == set()
    assert told(other) == {posting.pk}


def test_stopping_everything_takes_the_consent_back(
    cast: Cast, posting: Posting
) -> None:
    seek(cast)
    seek(cast, text="客服", frequency="at_once")
    percolate(shanghai(24, 8))
    stop_everything(user=cast.seeker.user)
    assert send(MORNING) == 0
    assert not has_consent(cast.seeker.user, Purpose.JOB_ALERTS)
    assert set(SavedSearch.objects.values_list("frequency", flat=True)) == {"never"}


def test_a_new_frequency_takes_what_waits_along(cast: Cast, posting: Posting) -> None:
    search = seek(cast)
    percolate(shanghai(24, 10))
    change_search(search=search, name="新名字", frequency="at_once")
    assert send(shanghai(24, 10)) == 1


def test_a_paused_search_tells_nothing(cast: Cast, posting: Posting) -> None:
    search = seek(cast)
    percolate(shanghai(24, 8))
    pause_search(search=search)
    assert send(MORNING) == 0


def test_a_message_that_fails_leaves_nothing_told(
    cast: Cast, posting: Posting, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = seek(cast)
    percolate(shanghai(24, 8))

    def fail(*_args: Any, **_values: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(digests, "queue_messages", fail)
        with pytest.raises(RuntimeError):
            send(MORNING)
    assert told(search) == set()
    assert send(MORNING) == 1
    assert told(search) == {posting.pk}


def test_people_are_taken_in_chunks(
    cast: Cast, posting: Posting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "CHUNK", 1)
    searches = [seek(cast), make_search(cast.other_seeker.user)]
    percolate(shanghai(24, 8))
    sizes: list[int] = []
    assert digests.send_alerts(now=lambda: MORNING, progress=sizes.append) == 2
    assert sizes == [1, 1]
    assert [told(search) for search in searches] == [{posting.pk}] * 2


PRIVATE = re.compile("催收|债|心理|逾期|collect|debt", re.IGNORECASE)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_words_are_neutral_whatever_the_search_and_the_job_say(
    cast: Cast, language: str
) -> None:
    user = cast.seeker.user
    user.language = language
    user.save()
    make_search(user, name="不要催收 debt")
    make_posting(
        cast.organization,
        title="贷后催收专员",
        pay_min=None,
        pay_max=None,
        salary_text="按逾期回款提成",
        valid_through=shanghai(30, 9),
    )
    percolate(shanghai(24, 8))
    send(MORNING)
    (message,) = written()
    assert not PRIVATE.search(message.subject + message.body)
    assert "{" not in message.body
    assert "&" not in message.body


def test_a_long_list_names_ten_and_counts_the_rest(cast: Cast) -> None:
    seek(cast)
    for _ in range(13):
        make_posting(cast.organization, valid_through=shanghai(30, 9))
    percolate(shanghai(24, 8))
    send(MORNING)
    (message,) = written()
    assert message.body.count("/jobs/") == 10
    assert "3" in message.body
    assert AlertDigest.objects.get().postings == 13


# --- at the door ------------------------------------------------------------


def leave(message: OutboxMessage, now: datetime) -> str:
    """What becomes of a message that a worker takes up at this moment."""
    OutboxMessage.objects.filter(pk=message.pk).update(due_at=now)
    for claimed in outbox.claim_due_messages(now=now):
        outbox.send_message(message=claimed, now=now)
    message.refresh_from_db()
    return message.state


@pytest.fixture
def message(cast: Cast, posting: Posting) -> OutboxMessage:
    seek(cast, frequency="at_once")
    percolate(shanghai(24, 21, 50))
    send(shanghai(24, 21, 50))
    (message,) = written()
    OutboxMessage.objects.update(created_at=shanghai(24, 21, 50))
    return message


def test_a_message_leaves_with_links_that_stop_it(
    message: OutboxMessage, tmp_path: Any
) -> None:
    assert leave(message, shanghai(24, 21, 51)) == MessageState.SENT
    (file,) = (tmp_path / "outbox").iterdir()
    head = file.read_text().partition("\n\n")[0]
    assert "List-Unsubscribe: <http" in head
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head


def test_a_message_that_meets_the_night_waits(message: OutboxMessage) -> None:
    assert leave(message, shanghai(24, 22, 5)) == MessageState.PENDING
    assert message.due_at == shanghai(25, 8)
    assert message.attempts == 0


def test_what_waited_long_is_written_anew(
    cast: Cast, posting: Posting, message: OutboxMessage
) -> None:
    assert leave(message, shanghai(25, 8)) == MessageState.CANCELLED
    assert AlertMatch.objects.get().waits
    assert send(shanghai(25, 8)) == 1
    assert len(written()) == 2


def test_what_may_have_left_is_not_written_anew(message: OutboxMessage) -> None:
    OutboxMessage.objects.update(attempts=1)
    assert leave(message, shanghai(25, 8)) == MessageState.SENT


def test_who_stopped_gets_nothing_more(cast: Cast, message: OutboxMessage) -> None:
    stop_everything(user=cast.seeker.user)
    assert leave(message, shanghai(24, 21, 55)) == MessageState.CANCELLED


def test_every_reader_has_a_row(cast: Cast) -> None:
    seek(cast)
    seek(cast, text="客服")
    assert AlertReader.objects.get().user == cast.seeker.user
