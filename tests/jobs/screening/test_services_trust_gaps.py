"""What a second reader found: ways round two people, and postings lost on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.employers.models import Organization
from accounts.employers.registry import may_change_identity
from accounts.identity.models import OutboxMessage
from jobs.postings.models import Posting
from jobs.postings.services import resume_posting
from jobs.screening.enums import SampleResult, Verdict
from jobs.screening.models.samples import SampleAudit
from jobs.screening.models.sanctions import Sanction
from jobs.screening.services.appeals import decide_appeal, file_appeal
from jobs.screening.services.errors import ObjectionOpen, OwnDecision
from jobs.screening.services.overdue import count_overdue, settle_overdue
from jobs.screening.services.reports import answer_question, request_evidence
from jobs.screening.services.review import decide_review
from jobs.screening.services.samples import answer_sample
from jobs.screening.services.sanctions import impose_sanction, lift_sanction
from jobs.screening.services.second_look import confirm_sanction, drop_sanction
from jobs.screening.services.submission import revise_posting, submit_posting
from tests.cast import Cast
from tests.jobs.screening.make import make_draft
from tests.jobs.screening.make_reports import (
    decide,
    make_appeal,
    make_removal,
    make_report,
)
from tests.make import make_posting, make_user


def impose(cast: Cast, kind: str, posting: Posting | None = None) -> Sanction:
    return impose_sanction(
        organization=cast.organization,
        actor=cast.moderator,
        kind=kind,
        basis=["fee"],
        note="面试时收了押金。",
        posting=posting,
    )


def approved(cast: Cast) -> Posting:
    """Sent in by the employer, published by cast.moderator."""
    draft = make_draft(cast.organization)
    sent = submit_posting(posting=draft, actor=cast.employer).posting
    decide_review(
        posting=sent,
        reviewer=cast.moderator,
        verdict=Verdict.APPROVE,
        version=sent.version,
    )
    sent.refresh_from_db()
    return sent


def test_a_proposal_nobody_looks_at_falls(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    impose(cast, "blocked")
    later = timezone.now() + timedelta(hours=73)
    assert settle_overdue(now=timezone.now())["unseen"] == 0
    assert count_overdue(now=later)["unseen"] == 1
    with time_machine.travel(later, tick=False):
        assert settle_overdue(now=later)["unseen"] == 1
        assert settle_overdue(now=later)["unseen"] == 0
    posting.refresh_from_db()
    assert (Sanction.objects.get().state, posting.state) == ("dropped", "published")


def test_its_report_waits_for_another_decision(cast: Cast) -> None:
    sanction = make_removal(cast, confirmed=False)
    report = sanction.reports.get()
    settle_overdue(now=timezone.now() + timedelta(hours=73))
    report.refresh_from_db()
    assert (report.state, report.sanction) == ("triaged", None)


def test_who_reported_judges_neither_first_nor_second(cast: Cast) -> None:
    report = make_report(make_posting(cast.organization), reporter=cast.moderator)
    with pytest.raises(OwnDecision):
        decide(report, cast.moderator, "removed")
    sanction = make_removal(cast, confirmed=False, reporter=cast.operator)
    with pytest.raises(OwnDecision):
        confirm_sanction(sanction=sanction, reviewer=cast.operator)
    with pytest.raises(OwnDecision):
        drop_sanction(sanction=sanction, reviewer=cast.operator, reason="不对")


def test_who_reported_answers_no_objection(cast: Cast) -> None:
    third = make_user("moderator", email="third@example.com")
    sanction = make_removal(cast, reporter=third)
    appeal = file_appeal(sanction=sanction, actor=cast.employer, text="没有收过押金。")
    with pytest.raises(OwnDecision):
        decide_appeal(appeal=appeal, reviewer=third, reverse=True, reason="不对")


def test_an_objection_is_answered_before_the_measure_ends(cast: Cast) -> None:
    appeal = make_appeal(cast)
    with pytest.raises(ObjectionOpen):
        lift_sanction(sanction=appeal.sanction, actor=cast.operator, reason="办好了")


def test_what_nobody_had_read_is_not_opened_by_an_objection(cast: Cast) -> None:
    """Published, edited, and removed while the new words waited to be checked."""
    posting = approved(cast)
    words = {"responsibilities": posting.responsibilities + "每周五下午一起打扫。"}
    posting = revise_posting(
        posting=posting, actor=cast.employer, fields=words, version=posting.version
    )
    assert posting.state == "in_review"
    sanction = impose(cast, "removed", posting)
    confirm_sanction(sanction=sanction, reviewer=cast.operator)
    appeal = file_appeal(sanction=sanction, actor=cast.employer, text="没有收过押金。")
    third = make_user("moderator", email="third@example.com")
    decide_appeal(appeal=appeal, reviewer=third, reverse=True, reason="没有依据")
    posting.refresh_from_db()
    assert posting.state == "in_review"


def test_of_two_measures_the_last_to_end_opens(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    first = impose(cast, "paused", posting)
    second = impose(cast, "paused")
    lift_sanction(sanction=first, actor=cast.operator, reason="办好了")
    posting.refresh_from_db()
    assert posting.state == "paused"
    lift_sanction(sanction=second, actor=cast.operator, reason="办好了")
    posting.refresh_from_db()
    assert posting.state == "published"


def test_a_block_by_rules_that_changed_holds_nobody_up(cast: Cast) -> None:
    posting = make_posting(
        cast.organization,
        state="paused",
        screening_decision="block",
        catalogue_version="0.9+old",
    )
    opened = resume_posting(posting=posting, actor=cast.employer)
    assert opened.state == "published"
    assert Posting.objects.get().screening_decision != "block"


def test_nobody_changes_who_they_are_while_a_block_waits(cast: Cast) -> None:
    assert may_change_identity(cast.organization)
    sanction = impose(cast, "blocked")
    assert not may_change_identity(cast.organization)
    assert may_change_identity(cast.other_organization)
    drop_sanction(sanction=sanction, reviewer=cast.operator, reason="没有依据")
    assert may_change_identity(Organization.objects.get(pk=cast.organization.pk))


def test_a_second_question_is_asked_aloud(cast: Cast) -> None:
    report = make_report(make_posting(cast.organization))
    for day in range(2):
        with time_machine.travel(timezone.now() + timedelta(days=day), tick=False):
            request_evidence(report=report, reviewer=cast.moderator, question="收钱？")
            answer_question(report=report, actor=cast.employer, answer="没有。")
    asked = OutboxMessage.objects.filter(template="screening/question")
    assert asked.filter(user=cast.employer).count() == 2


def test_nobody_samples_their_own_approval(cast: Cast) -> None:
    posting = approved(cast)
    sample = SampleAudit.objects.create(
        posting=posting, month=timezone.localdate().replace(day=1)
    )
    with pytest.raises(OwnDecision):
        answer_sample(sample=sample, reviewer=cast.moderator, result=SampleResult.FINE)
    answer_sample(sample=sample, reviewer=cast.operator, result=SampleResult.FINE)
