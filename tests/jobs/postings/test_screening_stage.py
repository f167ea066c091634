"""A check is explained before anybody applies, or it is not part of the advert."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_noop

from jobs.postings.forms import PostingForm
from jobs.postings.models import Posting
from jobs.postings.rules.disclosures import missing_disclosures
from jobs.postings.services import close_posting
from tests.cast import Cast
from tests.jobs.postings.make import ANSWERS, tomorrow
from tests.make import make_posting, sign_in

CHECK = {
    "screening_required": "credit_report",
    "screening_reason": "这份工作直接管钱。",
    "screening_stage": "offered",
}


def errors(changes: dict[str, str], *, is_draft: bool = False) -> set[str]:
    answers = ANSWERS | {"valid_through": tomorrow()} | CHECK | changes
    return set(PostingForm(answers, is_draft=is_draft).errors)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, set()),
        ({"screening_reason": ""}, {"screening_reason"}),
        ({"screening_stage": ""}, {"screening_stage"}),
        ({"screening_stage": "viewed"}, {"screening_stage"}),
        ({"screening_required": "none", "screening_stage": ""}, set()),
        (
            {"screening_reason": "", "screening_stage": ""},
            {"screening_reason", "screening_stage"},
        ),
    ],
)
def test_the_form_wants_why_and_when(changes: dict[str, str], wrong: set[str]) -> None:
    assert errors(changes) == wrong


def test_a_draft_may_still_think_about_it() -> None:
    empty = {"screening_reason": "", "screening_stage": ""}
    assert errors(empty, is_draft=True) == set()


@pytest.mark.parametrize("name", ["screening_reason", "screening_stage"])
def test_it_cannot_be_sent_in_without(cast: Cast, name: str) -> None:
    posting = make_posting(
        cast.organization, state="draft", recording=True, hangup_right=True
    )
    for field, value in (CHECK | {name: ""}).items():
        setattr(posting, field, value)
    assert missing_disclosures(posting) == [name]


@pytest.mark.parametrize("state", ["in_review", "published", "paused"])
@pytest.mark.parametrize("name", ["screening_reason", "screening_stage"])
def test_the_database_holds_it(cast: Cast, state: str, name: str) -> None:
    fields: dict[str, Any] = CHECK | {name: ""}
    with (
        pytest.raises(IntegrityError, match="posting_check_says_why_and_when"),
        transaction.atomic(),
    ):
        make_posting(cast.organization, state=state, **fields)


def test_the_database_knows_the_stages(cast: Cast) -> None:
    with (
        pytest.raises(IntegrityError, match="posting_check_stage_known"),
        transaction.atomic(),
    ):
        make_posting(cast.organization, **CHECK | {"screening_stage": "submitted"})


def test_a_half_written_draft_can_be_kept_and_given_up(cast: Cast) -> None:
    draft = make_posting(
        cast.organization, state="draft", screening_required="credit_report"
    )
    close_posting(posting=draft, actor=cast.employer)
    assert Posting.objects.get().state == "closed"


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (
            "credit_report",
            gettext_noop(
                "They want to see a credit report, with the offer at the earliest."
            ),
        ),
        (
            "no_conviction",
            gettext_noop(
                "They want a certificate of no criminal record, "
                "with the offer at the earliest."
            ),
        ),
    ],
)
@pytest.mark.parametrize("page", ["public:job", "applications:apply"])
def test_seekers_read_it_before_they_apply(
    client: Client, cast: Cast, kind: str, sentence: str, page: str
) -> None:
    posting = make_posting(cast.organization, **CHECK | {"screening_required": kind})
    sign_in(client, cast.seeker.user)
    text = unescape(
        client.get(reverse(page, args=[posting.public_id])).content.decode()
    )
    assert _(sentence) in text
    assert "这份工作直接管钱。" in text


@pytest.mark.parametrize("page", ["public:job", "applications:apply"])
def test_without_a_check_nothing_is_said(client: Client, cast: Cast, page: str) -> None:
    posting = make_posting(cast.organization)
    sign_in(client, cast.seeker.user)
    text = unescape(
        client.get(reverse(page, args=[posting.public_id])).content.decode()
    )
    assert _("This employer asks for a check") not in text
