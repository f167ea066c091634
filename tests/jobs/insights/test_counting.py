"""Views are counted without people, and without slowing a page down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from accounts.lib.dates import today
from accounts.seekers.models import CompanyBlock
from jobs.insights.models import PostingDay
from jobs.insights.services.counting import count_seen, waiting, write_counts
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.make import make_posting, make_seeker, make_user, sign_in

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36"


@pytest.fixture(autouse=True)
def _nothing_waits() -> Iterator[None]:
    waiting.take()
    yield
    waiting.take()


def counted() -> dict[tuple[str, str], int]:
    write_counts()
    rows = PostingDay.objects.values_list("kind", "source", "count")
    return {(kind, source): count for kind, source, count in rows}


def look(client: Client, posting: Posting, **headers: str) -> None:
    url = reverse("public:job", args=[posting.public_id])
    response = client.get(url, headers={"user-agent": PHONE} | headers)
    assert response.status_code == 200


def test_a_look_is_counted_with_the_page_before_it(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    look(client, posting, referer="http://testserver/jobs/?q=客服")
    look(client, posting, referer="http://testserver/jobs/")
    look(client, posting)
    client.get(
        reverse("public:job", args=[posting.public_id]) + "?from=alert",
        headers={"user-agent": PHONE},
    )
    assert counted() == {
        ("opened", "search"): 2,
        ("opened", "direct"): 1,
        ("opened", "alerts"): 1,
    }
    assert PostingDay.objects.values_list("day", flat=True).distinct().get() == today()


def test_machines_and_heads_are_not_counted(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    url = reverse("public:job", args=[posting.public_id])
    client.get(url, headers={"user-agent": "Baiduspider/2.0"})
    client.head(url, headers={"user-agent": PHONE})
    assert counted() == {}


@pytest.mark.parametrize(
    "role", ["employer", "other_employer", "counselor", "moderator", "operator"]
)
def test_only_visitors_and_seekers_count(client: Client, cast: Cast, role: str) -> None:
    posting = make_posting(cast.organization)
    sign_in(client, cast.user(role))
    look(client, posting)
    assert counted() == {}


def test_a_seeker_counts_like_a_visitor(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    sign_in(client, cast.seeker.user)
    look(client, posting)
    client.post(reverse("applications:save", args=[posting.public_id]))
    client.post(reverse("applications:save", args=[posting.public_id]))
    assert counted() == {("opened", "direct"): 1, ("saved", "direct"): 1}


def test_who_hides_from_anybody_leaves_no_trace(client: Client, cast: Cast) -> None:
    """Not even in others' figures: who belongs together may change tomorrow."""
    posting = make_posting(cast.organization)
    CompanyBlock.objects.create(profile=cast.seeker, name="别家", reason="former")
    sign_in(client, cast.seeker.user)
    look(client, posting)
    client.post(reverse("applications:save", args=[posting.public_id]))
    client.get(reverse("search:list"))
    client.get(reverse("matching:list"))
    assert counted() == {}


def test_lists_count_what_they_show(client: Client, cast: Cast) -> None:
    for _number in range(3):
        make_posting(cast.organization)
    client.get(reverse("search:list"))
    assert counted() == {("shown", "search"): 1}
    assert PostingDay.objects.count() == 3
    sign_in(client, cast.seeker.user)
    client.get(reverse("matching:list"))
    write_counts()
    assert PostingDay.objects.filter(source="for_me", kind="shown").exists()


def test_a_page_from_memory_is_counted_too(
    client: Client, cast: Cast, settings: Any, django_assert_num_queries: Any
) -> None:
    """And it costs the database nothing."""
    settings.PAGES_KEPT_FOR = 30
    make_posting(cast.organization)
    client.get(reverse("search:list"))
    visitor = type(client)()
    with django_assert_num_queries(0):
        visitor.get(reverse("search:list"))
    assert counted() == {("shown", "search"): 2}


def test_a_list_writes_nothing_by_itself(client: Client, cast: Cast) -> None:
    make_posting(cast.organization)
    client.get(reverse("search:list"))
    assert not PostingDay.objects.exists()


def test_the_first_page_after_the_pause_writes(
    client: Client, cast: Cast, settings: Any
) -> None:
    settings.COUNTS_WAIT_FOR = 0
    posting = make_posting(cast.organization)
    look(client, posting)
    assert PostingDay.objects.get().count == 1


def test_counts_are_added_up(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    for times in (2, 3):
        for _ in range(times):
            count_seen("opened", "search", [posting.pk])
        write_counts()
    assert PostingDay.objects.get().count == 5
    assert write_counts() == 0


def test_what_is_gone_is_left_out(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    count_seen("opened", "search", [posting.pk, 987654321])
    assert write_counts() == 1


def test_a_database_that_is_away_loses_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    posting = make_posting(cast.organization)
    count_seen("opened", "search", [posting.pk])

    def refuse(*_args: Any) -> None:
        raise DatabaseError("away")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", refuse)
        assert write_counts() == 0
    assert counted() == {("opened", "search"): 1}


def test_nothing_about_a_person_is_written_down() -> None:
    names = {field.name for field in PostingDay._meta.get_fields()}
    assert names == {"id", "posting", "day", "kind", "source", "count"}


def test_a_posting_that_is_not_open_is_not_counted(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization, state="filled", date_posted=today())
    look(client, posting)
    assert counted() == {}


def test_somebody_without_a_profile_is_counted(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    sign_in(client, make_user(email=f"{uuid4()}@example.com"))
    look(client, posting)
    sign_in(client, make_seeker(email="third@example.com").user)
    look(client, posting)
    assert counted() == {("opened", "direct"): 2}
