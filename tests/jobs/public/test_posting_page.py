from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from jobs.postings.models import Posting
from tests.cast import Cast
from tests.jobs.screening.make import make_finding
from tests.make import make_posting, sign_in

APPLY = "/applications/to/"


def page_of(client: Client, posting: Posting, status: int = 200) -> str:
    page = client.get(f"/jobs/{posting.public_id}/")
    assert page.status_code == status
    return str(page.content.decode())


def test_all_facts_are_told(client: Client, cast: Cast) -> None:
    posting = make_posting(
        cast.organization,
        dials_per_day=80,
        third_party_policy="只联系本人",
        recording=True,
        hangup_right=False,
        deductions_text="没有扣款",
        education="college",
        experience_in_place_of_education=True,
    )
    page = page_of(client, posting)
    for words in ("只联系本人", "没有扣款", "80", "4800", "浦东新区", "36"):
        assert words in page


@pytest.mark.parametrize(
    ("role", "offered"),
    [("anonymous", "account/login/?next="), ("seeker", APPLY)],
)
def test_an_open_posting_can_be_applied_to(
    client: Client, cast: Cast, role: str, offered: str
) -> None:
    sign_in(client, cast.user(role))
    assert offered in page_of(client, make_posting(cast.organization))


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "paused"},
        {"state": "filled", "date_posted": timezone.now().date()},
        {"state": "closed", "date_posted": timezone.now().date()},
        {"state": "expired", "date_posted": timezone.now().date()},
        {"valid_through": timezone.now() - timedelta(minutes=1)},
    ],
)
def test_what_is_over_says_so_and_takes_no_application(
    client: Client, cast: Cast, fields: dict[str, Any]
) -> None:
    posting = make_posting(cast.organization, **fields)
    sign_in(client, cast.seeker.user)
    page = page_of(client, posting)
    assert APPLY not in page
    assert "/jobs/?city=3101" in page
    assert "noindex" in page


def test_browsers_do_not_keep_what_may_come_back(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization, state="removed", date_posted="2026-11-01")
    page = client.get(f"/jobs/{posting.public_id}/")
    assert page.status_code == 410
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize(("state", "status"), [("in_review", 200), ("removed", 410)])
def test_words_that_are_not_checked_are_not_shown(
    client: Client, cast: Cast, state: str, status: int
) -> None:
    today = timezone.now().date()
    posting = make_posting(cast.organization, state=state, date_posted=today)
    assert posting.responsibilities not in page_of(client, posting, status)


def test_good_signs_show_only_when_nothing_blocks(client: Client, cast: Cast) -> None:
    from jobs.screening.explain import shown_rule

    posting = make_posting(cast.organization)
    make_finding(posting, "pos-recording-qa", "positive")
    sign = shown_rule("pos-recording-qa")
    assert sign is not None
    assert sign.title in page_of(client, posting)
    make_finding(posting, "col-night-hours", "block")
    assert sign.title not in page_of(client, posting)


def test_hostile_words_stay_words(client: Client, cast: Cast) -> None:
    evil = (
        '<script>alert(1)</script>\n<img src=x onerror="alert(2)">\n[a](javascript:1)'
    )
    posting = make_posting(
        cast.organization, title=evil[:25], responsibilities=evil, qualifications=evil
    )
    page = page_of(client, posting)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_a_repost_names_its_source_and_leads_there(client: Client, db: None) -> None:
    moment = timezone.now()
    posting = Posting.objects.create(
        title="转载的客服",
        responsibilities="接听电话",
        organization_name="某某公司",
        source_name="某招聘网",
        source_id="1",
        source_url="https://example.com/1",
        source_checked_at=moment,
        state="published",
        date_posted=moment.date(),
        published_at=moment,
        valid_through=moment + timedelta(days=3),
    )
    page = page_of(client, posting)
    assert "某招聘网" in page
    assert 'href="https://example.com/1" rel="nofollow' in page
    assert APPLY not in page


def test_the_page_costs_few_queries(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    posting = make_posting(cast.organization)
    sign_in(client, cast.seeker.user)
    page_of(client, posting)
    # One of them asks which group the employer belongs to.
    with django_assert_max_num_queries(6):
        page_of(client, posting)


def test_numbers_in_imported_texts_are_not_given_away(
    client: Client, cast: Cast
) -> None:
    text = "接听来电。联系王经理13812345678，微信wang_hr88，邮箱hr@firm.example"
    posting = make_posting(
        cast.organization,
        source_name="board",
        source_id="1",
        responsibilities=text,
        work_hours="9:00-18:00，电话13812345678",
    )
    page = page_of(client, posting)
    assert "联系王经理***" in page
    for contact in ("13812345678", "wang_hr88", "hr@firm.example"):
        assert contact not in page


def test_a_check_that_ran_out_is_no_badge_and_no_way_in(
    client: Client, cast: Cast
) -> None:
    """The task that pauses comes minutes later."""
    posting = make_posting(cast.organization)
    cast.organization.verification_expires_at = timezone.now() - timedelta(minutes=1)
    cast.organization.save()
    sign_in(client, cast.seeker.user)
    page = page_of(client, posting)
    assert APPLY not in page
    assert "公司已核验" not in page
    assert "noindex" in page
