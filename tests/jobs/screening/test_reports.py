"""Reporting, from the reporter's side."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from accounts.consent.registry import erase_person, export_person
from accounts.identity.models import AuditEvent, OutboxMessage
from jobs.postings.models import Posting
from jobs.screening.models.reports import Report
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.screening.make_reports import WORDS, decide, make_report
from tests.make import make_posting, sign_in

ANSWERS = {"category": "fee", "text": WORDS}


@pytest.fixture
def posting(cast: Cast) -> Posting:
    return make_posting(cast.organization)


def url_of(posting: Posting) -> str:
    return f"/reports/job/{posting.public_id}/"


def test_a_visitor_finds_the_link_reports_and_gets_a_number(
    client: Client, posting: Posting
) -> None:
    assert url_of(posting) in client.get(f"/jobs/{posting.public_id}/").content.decode()
    page = client.post(url_of(posting), ANSWERS, follow=True)
    report = Report.objects.get()
    assert report.receipt in page.content.decode()
    assert (report.reporter, report.reporter_kind) == (None, "visitor")
    assert report.urgency == "s1"
    assert report.snapshot["content"]["title"] == posting.title


def test_the_words_are_unreadable_in_the_database(posting: Posting) -> None:
    make_report(posting)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM jobs_screening_report")
        assert "蓝色雨伞" not in cursor.fetchone()[0]


def test_the_number_is_read_however_it_is_typed(
    client: Client, posting: Posting
) -> None:
    receipt = make_report(posting).receipt
    for typed in (receipt, receipt.lower(), receipt.replace("-", " "), receipt[2:]):
        page = client.get("/reports/", {"receipt": typed}, follow=True)
        assert receipt in page.content.decode(), typed


@pytest.mark.parametrize("typed", ["R-3333-3333", "hello", "", "１２３"])
def test_a_wrong_number_is_answered_by_a_sentence(
    client: Client, db: None, typed: str
) -> None:
    page = client.get("/reports/", {"receipt": typed})
    assert page.context["form"].errors["receipt"]


def test_the_page_of_a_receipt_hides_the_words(
    client: Client, cast: Cast, posting: Posting
) -> None:
    """Somebody else may look at the phone: the number and the outcome are enough."""
    receipt = make_report(posting, reporter=cast.seeker.user).receipt
    page = client.get(f"/reports/{receipt}/").content.decode()
    assert "蓝色雨伞" not in page
    assert str(cast.seeker.user.email) not in page


def test_other_needs_words(client: Client, posting: Posting) -> None:
    page = client.post(url_of(posting), {"category": "other", "text": " "})
    assert "text" in page.context["form"].errors
    assert not Report.objects.exists()


def test_a_machine_learns_nothing(client: Client, posting: Posting) -> None:
    answer = client.post(url_of(posting), ANSWERS | {"website": "http://spam.example"})
    assert answer.status_code == 302
    assert not Report.objects.exists()


def test_a_second_report_joins_the_first(
    client: Client, cast: Cast, posting: Posting
) -> None:
    sign_in(client, cast.seeker.user)
    client.post(url_of(posting), ANSWERS, follow=True)
    more = {"category": "harassment", "text": "今天又打电话来骂人。"}
    page = client.post(url_of(posting), more, follow=True)
    report = Report.objects.get()
    assert WORDS in report.text
    assert more["text"] in report.text
    assert [m.level_tag for m in page.context["messages"]] == ["info"]


def test_a_visitors_second_report_joins_the_first(
    client: Client, posting: Posting
) -> None:
    client.post(url_of(posting), ANSWERS)
    client.post(url_of(posting), {"category": "pay", "text": "还有工资也不对。"})
    assert Report.objects.count() == 1
    StrictClient().post(url_of(posting), ANSWERS)
    assert Report.objects.count() == 2


def test_too_many_in_an_hour_are_refused_and_nothing_is_lost(
    client: Client, cast: Cast
) -> None:
    sign_in(client, cast.seeker.user)
    for _ in range(5):
        client.post(url_of(make_posting(cast.organization)), ANSWERS)
    page = client.post(url_of(make_posting(cast.organization)), ANSWERS)
    assert page.status_code == 429
    assert WORDS in page.content.decode()
    assert Report.objects.count() == 5


def test_nobody_tries_out_numbers(client: Client, posting: Posting) -> None:
    receipt = make_report(posting).receipt
    for _ in range(120):
        client.get("/reports/R-3333-3333/")
    assert client.get(f"/reports/{receipt}/").status_code == 429


def test_the_reporter_is_told_and_has_a_list(
    client: Client, cast: Cast, posting: Posting
) -> None:
    report = make_report(posting, reporter=cast.seeker.user)
    decide(report, cast.moderator, "warned")
    message = OutboxMessage.objects.get(user=cast.seeker.user)
    assert f"/reports/{report.receipt}/" in message.body
    assert not {"催收", "押金", "债", "心理"} & set(message.body)
    sign_in(client, cast.seeker.user)
    assert report.receipt in client.get("/reports/mine/").content.decode()
    page = client.get(f"/reports/{report.receipt}/").content.decode()
    assert "谢谢你,我们处理了。" in page


def test_somebody_elses_reports_are_not_in_the_list(
    client: Client, cast: Cast, posting: Posting
) -> None:
    report = make_report(posting, reporter=cast.seeker.user)
    sign_in(client, cast.other_seeker.user)
    assert report.receipt not in client.get("/reports/mine/").content.decode()


def test_the_trail_names_no_reporter(cast: Cast, posting: Posting) -> None:
    make_report(posting, reporter=cast.seeker.user)
    event = AuditEvent.objects.get(action="report.open")
    assert (event.actor_id, event.subject_id) == (None, None)


def test_a_person_can_take_their_reports_along_and_be_forgotten(
    cast: Cast, posting: Posting
) -> None:
    report = make_report(posting, reporter=cast.seeker.user)
    assert export_person(cast.seeker.user)["jobs.screening"][0]["text"] == WORDS
    erase_person(cast.seeker.user)
    report.refresh_from_db()
    assert (report.reporter, report.reporter_kind) == (None, "seeker")
    assert export_person(cast.seeker.user)["jobs.screening"] == []
