from __future__ import annotations

from typing import Any

from django.test import Client

from jobs.postings.models import Posting
from tests.cast import Cast
from tests.jobs.postings.make import ANSWERS, tomorrow
from tests.make import make_posting, make_user, sign_in


def test_an_unknown_step_is_no_page(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    sign_in(client, cast.employer)
    assert client.get(f"/postings/{posting.public_id}/approve/").status_code == 404


def test_a_new_posting_goes_on_to_the_check(client: Client, cast: Cast) -> None:
    sign_in(client, cast.employer)
    page = client.post("/postings/new/", ANSWERS | {"valid_through": tomorrow()})
    posting = Posting.objects.get()
    assert page["Location"] == f"/review/{posting.public_id}/check/"
    assert posting.organization == cast.organization
    assert (posting.pay_min, posting.base_salary_max) == (5000, 4800)
    assert posting.benefits == ["social_insurance"]


def test_a_draft_needs_only_a_title(client: Client, cast: Cast) -> None:
    sign_in(client, cast.employer)
    client.post("/postings/new/", {"title": "客服", "intent": "draft"})
    assert Posting.objects.get().state == "draft"


def test_what_is_missing_is_said_at_its_field(client: Client, cast: Cast) -> None:
    sign_in(client, cast.employer)
    page = client.post("/postings/new/", {"title": "客服", "intent": "check"})
    errors = page.context["form"].errors
    assert {"responsibilities", "base_salary", "channel"} <= errors.keys()
    assert not Posting.objects.exists()


def test_schooling_needs_a_reason(client: Client, cast: Cast) -> None:
    sign_in(client, cast.employer)
    answers = {"title": "客服", "intent": "draft", "education": "college"}
    page = client.post("/postings/new/", answers)
    assert "education_reason" in page.context["form"].errors
    client.post("/postings/new/", answers | {"experience_in_place_of_education": "on"})
    assert Posting.objects.get().experience_in_place_of_education


def test_a_second_writer_is_told_and_keeps_the_text(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization, state="draft", version=7)
    sign_in(client, cast.employer)
    answers = {"title": "第二个人写的", "intent": "draft", "version": "6"}
    page = client.post(f"/postings/{posting.public_id}/edit/", answers)
    assert page.context["form"].non_field_errors()
    assert "第二个人写的" in page.content.decode()
    assert 'name="version" value="7"' in page.content.decode()


def test_a_step_is_taken_by_post_only(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    sign_in(client, cast.employer)
    client.get(f"/postings/{posting.public_id}/close/")
    assert Posting.objects.get().state == "published"
    client.post(f"/postings/{posting.public_id}/close/")
    assert Posting.objects.get().state == "closed"


def test_a_step_that_came_too_late_is_explained(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization, state="closed")
    sign_in(client, cast.employer)
    page = client.post(f"/postings/{posting.public_id}/pause/", follow=True)
    assert [m.level_tag for m in page.context["messages"]] == ["error"]


def test_renewing_needs_the_employers_word(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization, state="expired")
    sign_in(client, cast.employer)
    path = f"/postings/{posting.public_id}/renew/"
    client.post(path, {"valid_through": tomorrow()})
    assert Posting.objects.get().state == "expired"
    client.post(path, {"valid_through": tomorrow(), "still_open": "on"})
    assert Posting.objects.get().state == "published"


def test_the_list_groups_and_counts(client: Client, cast: Cast) -> None:
    for state in ("draft", "changes_requested", "published", "expired"):
        make_posting(cast.organization, state=state)
    sign_in(client, cast.employer)
    page = client.get("/postings/?group=todo")
    counts = {group["key"]: group["count"] for group in page.context["groups"]}
    assert counts == {"todo": 2, "checking": 0, "open": 1, "paused": 0, "ended": 1}
    assert {row.state for row, _ in page.context["rows"]} == {
        "draft",
        "changes_requested",
    }


def test_the_list_asks_no_query_per_row(
    client: Client, cast: Cast, django_assert_num_queries: Any
) -> None:
    sign_in(client, cast.employer)
    make_posting(cast.organization)
    client.get("/postings/")
    with django_assert_num_queries(6):
        client.get("/postings/")
    for _ in range(5):
        make_posting(cast.organization)
    with django_assert_num_queries(6):
        client.get("/postings/")


def test_somebody_without_an_organisation_is_sent_there_first(
    client: Client, db: None
) -> None:
    sign_in(client, make_user("employer", email="new@example.com"))
    assert "/organization/" in client.get("/postings/").content.decode()
    assert client.get("/postings/new/").status_code == 302
