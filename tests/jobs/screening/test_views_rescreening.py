from __future__ import annotations

import pytest
from django.test import Client

from jobs.postings.models import Posting
from jobs.screening.models.rescreening import RescreenChange, RescreenRun
from jobs.screening.services.rescreening_outcome import carry_out, confirm_run
from tests.cast import Cast
from tests.jobs.screening.make_rescreening import (
    make_blocked,
    make_doubtful,
    read_all,
)
from tests.make import sign_in
from tests.words import says


@pytest.fixture
def ready(cast: Cast) -> RescreenRun:
    make_blocked(cast.organization)
    make_doubtful(cast.organization)
    return read_all()


def test_the_report_shows_rules_counts_quotes_and_links(
    client: Client, cast: Cast, ready: RescreenRun
) -> None:
    sign_in(client, cast.moderator)
    page = client.get(f"/review/rescreening/{ready.public_id}/").content.decode()
    blocked = Posting.objects.get(
        screening_decision="ok", responsibilities__contains="爆"
    )
    assert f"/review/{blocked.public_id}/" in page
    assert "爆通讯录" in page
    assert "/review/rules/disc-age/" in page
    assert says(page, "Carry it out")


def test_confirming_closes_what_is_blocked(
    client: Client, cast: Cast, ready: RescreenRun
) -> None:
    sign_in(client, cast.moderator)
    url = f"/review/rescreening/{ready.public_id}/"
    page = client.post(f"{url}confirm/", {"reason": "看过了"}, follow=True)
    assert says(page, "Confirmed. What closes is closed first.")
    assert Posting.objects.filter(state="paused").count() == 1
    assert RescreenRun.objects.get().state == "applied"


def test_cancelling_changes_nothing(
    client: Client, cast: Cast, ready: RescreenRun
) -> None:
    sign_in(client, cast.operator)
    url = f"/review/rescreening/{ready.public_id}/"
    page = client.post(f"{url}cancel/", {"reason": "规则写错了"}, follow=True)
    assert says(page, "Cancelled. Nothing was changed.")
    assert "规则写错了" in page.content.decode()
    assert not Posting.objects.filter(state="paused").exists()


@pytest.mark.parametrize("word", ["confirm", "cancel"])
def test_no_word_without_a_reason(
    client: Client, cast: Cast, ready: RescreenRun, word: str
) -> None:
    sign_in(client, cast.moderator)
    page = client.post(f"/review/rescreening/{ready.public_id}/{word}/", {})
    assert says(page, "This field is required.")
    assert RescreenRun.objects.get().state == "ready"


def test_the_second_to_decide_is_told(
    client: Client, cast: Cast, ready: RescreenRun
) -> None:
    sign_in(client, cast.moderator)
    url = f"/review/rescreening/{ready.public_id}/"
    client.post(f"{url}cancel/", {"reason": "看过了"})
    page = client.post(f"{url}confirm/", {"reason": "看过了"}, follow=True)
    assert says(
        page, "This reading still goes on, or somebody has already decided about it."
    )


def test_a_reading_can_begin_by_day(client: Client, cast: Cast) -> None:
    make_blocked(cast.organization)
    sign_in(client, cast.moderator)
    assert says(client.get("/review/rescreening/"), "Read now")
    answer = client.post("/review/rescreening/begin/")
    run = RescreenRun.objects.get()
    assert answer["Location"] == f"/review/rescreening/{run.public_id}/"
    assert says(client.get(answer["Location"]), "Nothing so far.")


def test_nothing_to_read_is_said(client: Client, cast: Cast) -> None:
    sign_in(client, cast.moderator)
    page = client.post("/review/rescreening/begin/", follow=True)
    assert says(page, "Everything was read by today's rules already.")
    assert not RescreenRun.objects.exists()


def test_what_was_closed_or_is_doubted_waits_for_a_look(
    client: Client, cast: Cast, ready: RescreenRun
) -> None:
    sign_in(client, cast.moderator)
    page = client.get("/review/rule-changes/")
    assert says(page, "A reading waits for your word")
    carry_out(run=confirm_run(run=ready, actor=cast.moderator, reason="看过了"))
    page = client.get("/review/rule-changes/")
    for text in ("Closed by new rules", "Open, to be looked at"):
        assert says(page, text)
    for change in RescreenChange.objects.all():
        client.post(f"/review/rule-changes/{change.pk}/look/")
    assert says(client.get("/review/rule-changes/"), "All quiet")


def test_the_employer_reads_which_words_and_how_to_fix_them(
    client: Client, cast: Cast, ready: RescreenRun
) -> None:
    carry_out(run=confirm_run(run=ready, actor=cast.moderator, reason="看过了"))
    posting = Posting.objects.get(state="paused")
    sign_in(client, cast.employer)
    page = client.get(f"/postings/{posting.public_id}/")
    assert says(page, "Paused: the rules changed")
    assert says(page, "The rules changed, and some words are no longer allowed.")
    page = client.get(f"/review/{posting.public_id}/check/")
    assert "爆通讯录" in page.content.decode()


def test_a_long_report_asks_the_database_little(
    client: Client,
    cast: Cast,
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    for _ in range(12):
        make_doubtful(cast.organization)
    run = read_all()
    sign_in(client, cast.moderator)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(f"/review/rescreening/{run.public_id}/")
