from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from jobs.matching.models import MatchRun, StoredMatches
from jobs.matching.services.nightly import store_matches
from jobs.postings.models import Posting
from tests.client import StrictClient
from tests.jobs.matching.make import publish
from tests.make import make_organization, make_seeker, make_user, sign_in

pytestmark = pytest.mark.django_db

RUNS = "/matches/runs/"
STEPS = ["place", "limits", "wanted"]


@pytest.fixture
def operator(client: StrictClient) -> StrictClient:
    sign_in(client, make_user("operator", email="operator@example.com"))
    return client


def test_before_the_first_night_there_is_a_way_to_begin(operator: StrictClient) -> None:
    publish()
    make_seeker(done_steps=STEPS)
    text = operator.get(RUNS).content.decode()
    assert "还没有做过" in text
    page = operator.post(RUNS + "begin/", follow=True).content.decode()
    assert "开始了" in page
    run = MatchRun.objects.get()
    assert (run.total, run.finished_at) == (1, None)
    assert "<progress" in page
    assert "现在就做" not in page


def test_the_way_there_stands_beside_the_other_nightly_work(
    operator: StrictClient,
) -> None:
    assert RUNS in operator.get("/review/rescreening/").content.decode()
    sign_in(operator, make_user("moderator", email="moderator@example.com"))
    assert RUNS not in operator.get("/review/rescreening/").content.decode()


def test_nothing_to_do_is_said(operator: StrictClient) -> None:
    page = operator.post(RUNS + "begin/", follow=True).content.decode()
    assert "都是最新的" in page


def test_the_last_fourteen_nights_with_their_rate(operator: StrictClient) -> None:
    now = timezone.now()
    for days in range(16):
        start = now - timedelta(days=days, minutes=2)
        end = start + timedelta(minutes=2)
        MatchRun.objects.create(
            started_at=start,
            moved_at=end,
            finished_at=end,
            day=start.date(),
            total=300 + days,
            done=299 + days,
            failed=1,
        )
    text = operator.get(RUNS).content.decode()
    assert "299 / 300" in text
    assert "312 / 313" in text
    assert "313 / 314" not in text
    assert '<span class="num">150</span>' in text


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", "夜里做的名单"), ("zh-hant", "夜裡做的清單"), ("en", "Lists made")],
)
def test_the_page_speaks_the_readers_language(
    operator: StrictClient, language: str, words: str
) -> None:
    operator.cookies["django_language"] = language
    assert words in operator.get(RUNS).content.decode()


def test_what_came_since_the_last_list_is_marked(client: StrictClient) -> None:
    organization = make_organization()
    old = publish(organization, title="旧岗位")
    Posting.objects.update(published_at=timezone.now() - timedelta(days=3))
    profile = make_seeker(done_steps=STEPS)
    sign_in(client, profile.user)
    badge = '<span class="badge badge-lamp">新</span>'
    publish(organization, title="新岗位")
    assert badge not in client.get("/matches/").content.decode()
    store_matches(profile=profile)
    assert badge not in client.get("/matches/").content.decode()
    StoredMatches.objects.update(made_at=timezone.now() - timedelta(days=1))
    store_matches(profile=profile)
    text = client.get("/matches/").content.decode()
    assert text.count(badge) == 1
    assert text.index("新岗位") < text.index(badge)
    assert old.title in text
