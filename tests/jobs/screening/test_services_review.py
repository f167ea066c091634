from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError

from accounts.employers.models import Membership
from accounts.identity.models import OutboxMessage
from jobs.postings.models import Posting
from jobs.postings.services import NotVerified, StepRefused
from jobs.screening.access import review_queue
from jobs.screening.enums import Verdict
from jobs.screening.models.review import ReviewDecision
from jobs.screening.models.sanctions import Sanction
from jobs.screening.services.errors import (
    NotAllowed,
    NoteMissing,
    OwnOrganization,
    ReviewTaken,
    UnknownRule,
)
from jobs.screening.services.review import decide_review
from jobs.screening.services.second_look import confirm_sanction
from jobs.screening.services.submission import PostingBlocked, submit_posting
from tests.cast import Cast
from tests.jobs.screening.make import BAD, make_draft
from tests.make import make_posting


@pytest.fixture
def waiting(cast: Cast) -> Posting:
    posting = make_draft(cast.organization, created_by=cast.employer)
    return submit_posting(posting=posting, actor=cast.employer).posting


def decide(cast: Cast, posting: Posting, verdict: Verdict, **fields: Any) -> Any:
    values: dict[str, Any] = {
        "reviewer": cast.moderator,
        "version": posting.version,
        "note": "" if verdict == Verdict.APPROVE else "请改一下",
    }
    return decide_review(posting=posting, verdict=verdict, **(values | fields))


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        (Verdict.APPROVE, "published"),
        (Verdict.REQUEST_CHANGES, "changes_requested"),
        (Verdict.REJECT, "rejected"),
    ],
)
def test_a_verdict_moves_the_posting_and_tells_the_employer(
    cast: Cast, waiting: Posting, verdict: Verdict, state: str
) -> None:
    decision = decide(cast, waiting, verdict, rules=["disc-age"])
    assert Posting.objects.get().state == state
    assert decision.rules == ["disc-age"]
    assert decision.posting_version == waiting.version
    message = OutboxMessage.objects.get(user=cast.employer)
    assert message.template == f"screening/{verdict}"
    assert not {"催收", "债", "心理"} & set(message.body)


def test_of_two_moderators_the_second_is_told(cast: Cast, waiting: Posting) -> None:
    decide(cast, waiting, Verdict.APPROVE)
    with pytest.raises(ReviewTaken):
        decide(cast, waiting, Verdict.REJECT, reviewer=cast.operator)
    assert ReviewDecision.objects.count() == 1
    assert Posting.objects.get().state == "published"


@pytest.mark.parametrize("verdict", [v for v in Verdict if v != Verdict.APPROVE])
def test_a_refusal_needs_words(cast: Cast, waiting: Posting, verdict: Verdict) -> None:
    with pytest.raises(NoteMissing):
        decide(cast, waiting, verdict, note="  ")


def test_a_reason_names_a_real_rule(cast: Cast, waiting: Posting) -> None:
    with pytest.raises(UnknownRule):
        decide(cast, waiting, Verdict.REJECT, rules=["no-such-rule"])


def test_nobody_decides_for_their_own_organisation(
    cast: Cast, waiting: Posting
) -> None:
    Membership.objects.create(
        organization=cast.organization, user=cast.moderator, is_active=False
    )
    with pytest.raises(OwnOrganization):
        decide(cast, waiting, Verdict.APPROVE)


def test_no_moderator_publishes_what_a_rule_blocks(cast: Cast) -> None:
    posting = make_draft(cast.organization, state="in_review", responsibilities=BAD)
    with pytest.raises(PostingBlocked):
        decide(cast, posting, Verdict.APPROVE)
    assert Posting.objects.get().state == "in_review"


def test_nothing_opens_for_an_employer_without_a_check(
    cast: Cast, waiting: Posting
) -> None:
    cast.organization.verification = "suspended"
    cast.organization.save()
    with pytest.raises((NotVerified, PostingBlocked)):
        decide(cast, waiting, Verdict.APPROVE)


def test_an_open_posting_can_only_be_taken_down(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    with pytest.raises(StepRefused):
        decide(cast, posting, Verdict.REJECT)
    decide(cast, posting, Verdict.REMOVE)
    assert Posting.objects.get().state == "paused"


@pytest.mark.parametrize("state", ["published", "paused", "in_review"])
def test_taking_down_needs_a_second_person(cast: Cast, state: str) -> None:
    posting = make_posting(cast.organization, state=state)
    decision = decide(cast, posting, Verdict.REMOVE, rules=["fee-deposit-charges"])
    sanction = Sanction.objects.get(posting=posting)
    assert (decision.verdict, sanction.state) == ("remove", "proposed")
    assert sanction.basis == ["fee-deposit-charges"]
    assert not Posting.objects.open().exists()
    confirm_sanction(sanction=sanction, reviewer=cast.operator)
    assert Posting.objects.get().state == "removed"


def test_while_a_removal_is_proposed_nobody_decides_something_else(
    cast: Cast, waiting: Posting
) -> None:
    decide(cast, waiting, Verdict.REMOVE)
    waiting.refresh_from_db()
    with pytest.raises(ReviewTaken):
        decide(cast, waiting, Verdict.APPROVE, reviewer=cast.operator)
    assert not review_queue(cast.operator).exists()


def test_employers_decide_nothing(cast: Cast, waiting: Posting) -> None:
    with pytest.raises(NotAllowed):
        decide(cast, waiting, Verdict.APPROVE, reviewer=cast.other_employer)


def test_decisions_are_only_ever_added(cast: Cast, waiting: Posting) -> None:
    decide(cast, waiting, Verdict.APPROVE)
    with pytest.raises(IntegrityError, match="only ever added"):
        ReviewDecision.objects.update(note="anders")
