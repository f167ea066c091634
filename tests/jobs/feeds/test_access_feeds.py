"""Who may see files and feed addresses: the organisation's own people and nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from accounts.employers.models import Membership
from jobs.feeds.models import BulkRun, FeedSource
from tests.access import check_access
from tests.cast import ROLES, Cast
from tests.client import StrictClient
from tests.jobs.feeds.make import row, send
from tests.make import make_posting, sign_in

pytestmark = pytest.mark.django_db
TEAM = {"employer": 200, "colleague": 200}
HIRING = TEAM | {"other_employer": 200}
TOKEN = re.compile(r'"X-CSRFToken": "\w+"|value="\w{64}"')
DONE = {"employer": 302, "colleague": 302}


@pytest.fixture
def run(cast: Cast) -> BulkRun:
    return send(cast.organization, cast.employer, [row(1), row(2, headcount="很多")])


@pytest.fixture
def source(cast: Cast) -> FeedSource:
    return FeedSource.objects.create(
        organization=cast.organization,
        url="https://jobs.example.com/feed.xml",
        created_by=cast.employer,
    )


@pytest.mark.parametrize("name", ["feeds:import", "feeds:sources"])
def test_the_way_in_is_for_who_hires(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), HIRING)


def test_samples_are_for_who_hires(cast: Cast) -> None:
    check_access(cast, reverse("feeds:sample", args=["csv"]), HIRING)
    check_access(cast, reverse("feeds:sample", args=["exe"]), {})


def test_a_file_is_its_organisation_s(cast: Cast, run: BulkRun) -> None:
    check_access(cast, reverse("feeds:run", args=[run.public_id]), TEAM)
    check_access(cast, reverse("feeds:mend", args=[run.public_id, 2]), TEAM)
    check_access(cast, reverse("feeds:mend", args=[run.public_id, 99]), {})


def test_only_its_people_mend_and_send(cast: Cast, run: BulkRun) -> None:
    url = reverse("feeds:mend", args=[run.public_id, 2])
    check_access(cast, url, DONE, method="post", data={"headcount": "3"})
    url = reverse("feeds:send", args=[run.public_id])
    check_access(cast, url, DONE, method="post")


def test_an_address_is_its_organisation_s(cast: Cast, source: FeedSource) -> None:
    check_access(cast, reverse("feeds:source", args=[source.public_id]), TEAM)
    check_access(cast, reverse("feeds:stop", args=[source.public_id]), TEAM)
    read = reverse("feeds:read", args=[source.public_id])
    check_access(cast, read, DONE, method="post")
    stop = reverse("feeds:stop", args=[source.public_id])
    check_access(cast, stop, DONE, method="post")


@pytest.mark.parametrize("name", ["feeds:send", "feeds:read"])
def test_looking_changes_nothing(
    client: StrictClient, cast: Cast, run: BulkRun, source: FeedSource, name: str
) -> None:
    key = run.public_id if name == "feeds:send" else source.public_id
    sign_in(client, cast.employer)
    assert client.get(reverse(name, args=[key])).status_code == 405


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("feeds:robots", []),
        ("feeds:sitemap", []),
        ("feeds:sitemap_pages", []),
        ("feeds:newest", ["rss"]),
        ("feeds:newest", ["atom"]),
        ("feeds:postings", ["json"]),
        ("feeds:postings", ["xml"]),
    ],
)
def test_what_is_open_is_for_everybody(cast: Cast, name: str, args: list[Any]) -> None:
    make_posting(cast.organization)
    expected = dict.fromkeys(ROLES, 200)
    check_access(cast, reverse(name, args=args), expected)


def test_feeds_of_one_employer_and_parts_are_for_everybody(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    expected = dict.fromkeys(ROLES, 200)
    key = cast.organization.public_id
    check_access(cast, reverse("feeds:of_organization", args=[key, "json"]), expected)
    part = (posting.pk - 1) // 50_000 + 1
    check_access(cast, reverse("feeds:sitemap_part", args=[part]), expected)


def test_another_organisation_s_id_looks_like_none(
    client: StrictClient, cast: Cast, run: BulkRun, source: FeedSource
) -> None:
    sign_in(client, cast.other_employer)
    absent = "00000000-0000-4000-8000-000000000000"
    for name, key in (("feeds:run", run), ("feeds:source", source)):
        theirs = client.get(reverse(name, args=[key.public_id]))
        none = client.get(reverse(name, args=[absent]))
        assert theirs.status_code == none.status_code == 404
        said = theirs.content.decode().replace(str(key.public_id), absent)
        assert TOKEN.sub("", said) == TOKEN.sub("", none.content.decode())


def test_who_left_the_organisation_sees_nothing_any_more(
    client: StrictClient, cast: Cast, run: BulkRun
) -> None:
    Membership.objects.filter(user=cast.colleague).update(is_active=False)
    sign_in(client, cast.colleague)
    assert client.get(reverse("feeds:run", args=[run.public_id])).status_code == 404
