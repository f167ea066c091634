from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from accounts.employers.answering import answers_text
from accounts.employers.models import ResponseRecord
from jobs.applications.models import Application
from jobs.applications.services.responses import count_responses
from jobs.applications.tasks import count_responses as task
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.make import make_posting, make_seeker, sign_in

NEW = "New here"


def record(waits: int, answered: int, hours: int | None) -> ResponseRecord:
    return ResponseRecord(waits=waits, answered=answered, median_hours=hours)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (None, NEW),
        (record(4, 4, 3), NEW),
        (
            record(5, 5, 3),
            "Answered 5 of 5 applications within 14 days. Usually within a day.",
        ),
        (
            record(10, 9, 49),
            "Answered 9 of 10 applications within 14 days. Usually after 2 days.",
        ),
        (record(5, 0, None), "Answered 0 of 5 applications within 14 days."),
    ],
)
def test_fewer_than_five_say_nothing(row: ResponseRecord | None, words: str) -> None:
    with translation.override("en"):
        text = answers_text(row)
    assert text.startswith(words)
    assert (words == NEW) or text == words


def apply_and(cast: Cast, *states: str) -> None:
    posting = make_posting(cast.organization)
    for number, state in enumerate(states):
        seeker = make_seeker(email=f"s{number}@example.com")
        make_application(seeker, posting, state=state)


def counted(cast: Cast) -> tuple[int, int]:
    count_responses(now=timezone.now())
    row = ResponseRecord.objects.get(organization=cast.organization)
    return row.waits, row.answered


def test_only_ended_waits_are_counted(cast: Cast) -> None:
    apply_and(cast, "submitted", "viewed", "withdrawn", "no_response", "declined")
    assert counted(cast) == (2, 1)


@pytest.mark.parametrize(
    "state", ["shortlisted", "interview", "offered", "hired", "on_hold", "retracted"]
)
def test_every_word_to_the_applicant_is_an_answer(cast: Cast, state: str) -> None:
    apply_and(cast, state)
    assert counted(cast) == (1, 1)


def test_what_is_older_than_half_a_year_falls_out(cast: Cast) -> None:
    apply_and(cast, "declined", "no_response")
    assert counted(cast) == (2, 1)
    Application.objects.update(submitted_at=timezone.now() - timedelta(days=180))
    assert counted(cast) == (0, 0)


def test_counting_again_changes_nothing(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    apply_and(cast, "declined", "no_response")
    first = counted(cast)
    with django_assert_max_num_queries(6):
        assert task() == 1
    assert counted(cast) == first
    out = StringIO()
    call_command("count_responses", stdout=out)
    assert "1 records" in out.getvalue()


def test_everybody_sees_it(cast: Cast, client: Client) -> None:
    ResponseRecord.objects.create(
        organization=cast.organization, waits=10, answered=9, median_hours=50
    )
    posting = make_posting(cast.organization)
    pages = [client.get(f"/jobs/{posting.public_id}/", HTTP_ACCEPT_LANGUAGE="en")]
    sign_in(client, cast.employer)
    pages += [client.get(url) for url in ("/organization/", "/applications/inbox/")]
    text = answers_text(ResponseRecord.objects.get())
    assert [page.context["answers_text"] for page in pages[1:]] == [text, text]
    assert "9" in pages[0].context["answers_text"]
    assert text in pages[1].content.decode()


def test_the_database_keeps_the_figures_possible(cast: Cast) -> None:
    organization = cast.organization
    for name, values in (
        ("answered_of_waits", {"waits": 1, "answered": 2, "median_hours": 1}),
        ("answered_has_median", {"waits": 2, "answered": 2, "median_hours": None}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            ResponseRecord.objects.create(organization=organization, **values)
