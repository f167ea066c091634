from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from jobs.editor.role_templates import role_templates
from jobs.postings.models import Posting
from jobs.postings.rules.content import CONTENT_FIELDS
from tests.cast import Cast
from tests.make import make_posting, make_user, sign_in


@pytest.fixture
def employer(client: Client, cast: Cast) -> Client:
    sign_in(client, cast.employer)
    return client


def test_an_empty_posting_begins_with_its_title(employer: Client, cast: Cast) -> None:
    page = employer.post("/editor/", {"title": "  热线\u200b客服 "})
    posting = Posting.objects.get()
    assert page["Location"] == f"/editor/{posting.public_id}/work/"
    assert (posting.title, posting.state) == ("热线客服", "draft")
    assert posting.created_by == cast.employer
    assert posting.valid_through is not None


@pytest.mark.parametrize("title", ["", "字" * 61, "身份证 11010519491231002X"])
def test_a_bad_title_is_refused_and_kept(employer: Client, title: str) -> None:
    page = employer.post("/editor/", {"title": title})
    assert page.context["form"].has_error("title")
    assert title in page.content.decode()
    assert not Posting.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_a_template_begins_in_the_readers_language(
    employer: Client, cast: Cast, language: str
) -> None:
    employer.cookies["django_language"] = language
    with translation.override(language):
        url = reverse("editor:template", args=["hardship_desk"])
        text = role_templates()["hardship_desk"].text(language)
        assert text["title"] in employer.get(url).content.decode()
        page = employer.post(url)
    posting = Posting.objects.get()
    assert page["Location"] == f"/editor/{posting.public_id}/work/"
    assert posting.title == text["title"]
    assert posting.third_party_policy == text["third_party_policy"]
    assert (posting.occupation, posting.hangup_right) == ("hardship_desk", True)
    assert posting.city_code == cast.organization.city_code
    assert posting.revisions.get().changed_by == cast.employer


def test_looking_at_a_template_makes_nothing(employer: Client) -> None:
    assert employer.get("/editor/templates/trainer/").status_code == 200
    assert employer.get("/editor/templates/nothing/").status_code == 404
    assert employer.post("/editor/templates/nothing/").status_code == 404
    assert not Posting.objects.exists()


def test_every_template_is_offered(employer: Client) -> None:
    page = employer.get("/editor/").content.decode()
    for code in role_templates():
        assert f"/editor/templates/{code}/" in page


@pytest.mark.parametrize("state", ["draft", "published", "in_review", "removed"])
def test_a_copy_is_a_draft_with_the_same_words(
    employer: Client, cast: Cast, state: str
) -> None:
    first = make_posting(
        cast.organization,
        state=state,
        example_base=4800,
        example_variable=300,
        example_deductions=50,
    )
    page = employer.post(reverse("editor:duplicate", args=[first.public_id]))
    made = Posting.objects.exclude(pk=first.pk).get()
    assert page["Location"] == f"/editor/{made.public_id}/work/"
    first.refresh_from_db()
    assert (made.state, first.state) == ("draft", state)
    assert made.published_at is None
    for name in CONTENT_FIELDS - {"valid_through"}:
        assert getattr(made, name) == getattr(first, name), name
    assert made.screening_decision == ""


def test_a_copy_is_made_by_post_only(employer: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    url = reverse("editor:duplicate", args=[posting.public_id])
    assert employer.get(url).status_code == 405


def test_somebody_without_an_organisation_is_sent_there_first(
    client: Client, db: None
) -> None:
    sign_in(client, make_user("employer", email="new@example.com"))
    for path in ("/editor/", "/editor/templates/trainer/"):
        assert client.get(path)["Location"] == "/organization/"
        assert client.post(path, {"title": "客服"})["Location"] == "/organization/"
    assert not Posting.objects.exists()
