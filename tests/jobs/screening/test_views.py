from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from jobs.postings.models import Posting
from jobs.screening.models.review import ReviewDecision
from jobs.screening.services.submission import screen_imported
from tests.cast import Cast
from tests.jobs.postings.make import ANSWERS, tomorrow
from tests.jobs.screening.make import BAD, make_draft, make_finding
from tests.make import make_posting, sign_in


def test_an_unknown_rule_is_no_page(client: Client, db: None) -> None:
    assert client.get("/review/rules/no-such-rule/").status_code == 404


def test_the_lint_quotes_and_stores_nothing(client: Client, cast: Cast) -> None:
    sign_in(client, cast.employer)
    page = client.post("/review/lint/", {"title": "客服", "responsibilities": BAD})
    assert "爆通讯录" in page.content.decode()
    assert "/review/rules/col-contact-bombing/" in page.content.decode()
    assert not Posting.objects.exists()


def test_the_lint_survives_an_empty_form(client: Client, cast: Cast) -> None:
    sign_in(client, cast.employer)
    assert client.post("/review/lint/", {}).status_code == 200


def test_a_blocked_draft_shows_its_words_and_no_button(
    client: Client, cast: Cast
) -> None:
    posting = make_draft(cast.organization, responsibilities=BAD)
    sign_in(client, cast.employer)
    page = client.get(f"/review/{posting.public_id}/check/").content.decode()
    assert '<mark class="hit hit-block"' in page
    assert f"/review/{posting.public_id}/submit/" not in page


def test_sending_in_a_blocked_draft_is_refused_by_the_server(
    client: Client, cast: Cast
) -> None:
    posting = make_draft(cast.organization, responsibilities=BAD)
    sign_in(client, cast.employer)
    page = client.post(f"/review/{posting.public_id}/submit/", follow=True)
    assert [m.level_tag for m in page.context["messages"]] == ["error"]
    assert Posting.objects.get().state == "draft"


def test_a_second_tap_on_send_in_is_no_dead_end(client: Client, cast: Cast) -> None:
    posting = make_draft(cast.organization)
    sign_in(client, cast.employer)
    for _ in range(2):
        page = client.post(f"/review/{posting.public_id}/submit/", follow=True)
        assert page.status_code == 200
    assert Posting.objects.get().state == "in_review"
    assert posting.transitions.count() == 1


def test_hostile_words_are_shown_as_words(client: Client, cast: Cast) -> None:
    evil = "<script>alert(1)</script>爆通讯录<img src=x onerror=alert(1)>" + BAD
    posting = make_posting(cast.organization, state="in_review", responsibilities=evil)
    screen_imported([posting])
    sign_in(client, cast.moderator)
    page = client.get(f"/review/{posting.public_id}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert '<mark class="hit hit-block"' in page


def test_the_queue_puts_risk_before_age(client: Client, cast: Cast) -> None:
    old = timezone.now() - timedelta(days=3)
    rows = {
        "ok": make_posting(cast.organization, state="in_review", submitted_at=old),
        "review": make_posting(
            cast.organization, state="in_review", screening_decision="review"
        ),
        "disguised": make_posting(cast.organization, state="in_review", disguised=True),
        "block": make_posting(
            cast.organization, state="in_review", screening_decision="block"
        ),
    }
    make_finding(rows["review"])
    sign_in(client, cast.moderator)
    page = client.get("/review/")
    shown = [row.pk for row, _clock in page.context["rows"]]
    assert shown == [rows[k].pk for k in ("block", "disguised", "review", "ok")]
    assert page.context["rows"][2][0].reviews == 1


def test_the_queue_asks_no_query_per_row(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        make_finding(make_posting(cast.organization, state="in_review"))
    sign_in(client, cast.moderator)
    client.get("/review/")
    with django_assert_max_num_queries(8):
        client.get("/review/")


def decision(posting: Posting, **fields: Any) -> dict[str, Any]:
    return {"version": posting.version, "verdict": "request_changes"} | fields


def test_a_decision_without_a_note_is_asked_for_one(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization, state="in_review")
    sign_in(client, cast.moderator)
    path = f"/review/{posting.public_id}/decide/"
    page = client.post(path, decision(posting))
    assert "note" in page.context["form"].errors
    client.post(path, decision(posting, note="请写清底薪", other_rule="miss-base-pay"))
    assert ReviewDecision.objects.get().rules == ["miss-base-pay"]
    assert Posting.objects.get().state == "changes_requested"


def test_the_slower_moderator_is_told_and_nothing_changes(
    client: Client, cast: Cast
) -> None:
    posting = make_posting(cast.organization, state="in_review")
    sign_in(client, cast.moderator)
    path = f"/review/{posting.public_id}/decide/"
    client.post(path, decision(posting, note="请改"))
    page = client.post(path, decision(posting, note="我也看了"), follow=True)
    assert "error" in [m.level_tag for m in page.context["messages"]]
    assert ReviewDecision.objects.count() == 1


def test_a_revised_open_posting_is_checked_again(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization, recording=True, hangup_right=True)
    sign_in(client, cast.employer)
    answers = ANSWERS | {"valid_through": tomorrow(), "version": "1", "title": "热线"}
    client.post(f"/review/{posting.public_id}/revise/", answers)
    posting.refresh_from_db()
    assert (posting.state, posting.title) == ("in_review", "热线")


def test_a_blocked_revision_keeps_the_text_in_the_form(
    client: Client, cast: Cast
) -> None:
    posting = make_posting(cast.organization, recording=True, hangup_right=True)
    sign_in(client, cast.employer)
    answers = ANSWERS | {"valid_through": tomorrow(), "version": "1"}
    page = client.post(
        f"/review/{posting.public_id}/revise/", answers | {"responsibilities": BAD}
    )
    assert BAD in page.content.decode()
    assert page.context["hits"]
    posting.refresh_from_db()
    assert posting.state == "published"
