from __future__ import annotations

from typing import Any

import pytest

from accounts.identity.models import OutboxMessage
from jobs.applications.enums import CheckAnswer
from jobs.applications.models import Application, CheckRequest
from jobs.applications.services import checks
from jobs.applications.services.parties import NotInvolved
from tests.cast import Cast
from tests.jobs.applications.make_contact import received, say, with_check

KIND = "credit_report"


def ask(application: Application, cast: Cast, kind: str = KIND) -> CheckRequest:
    return checks.ask_for_check(application=application, actor=cast.employer, kind=kind)


@pytest.mark.parametrize("state", ["submitted", "viewed", "shortlisted", "interview"])
def test_not_before_the_declared_stage(cast: Cast, state: str) -> None:
    application = with_check(cast, state=state)
    with pytest.raises(checks.CheckRefused):
        ask(application, cast)
    assert not CheckRequest.objects.exists()


@pytest.mark.parametrize(
    ("stage", "state"),
    [("interview", "interview"), ("interview", "offered"), ("offered", "offered")],
)
def test_from_the_declared_stage_on(cast: Cast, stage: str, state: str) -> None:
    application = with_check(cast, state=state, screening_stage=stage)
    assert ask(application, cast).asked_in_state == state


def test_never_what_the_posting_did_not_say(cast: Cast) -> None:
    with pytest.raises(checks.CheckRefused):
        ask(received(cast, state="offered"), cast)
    with pytest.raises(checks.CheckRefused):
        ask(with_check(cast, state="offered"), cast, "no_conviction")


def test_what_the_posting_says_later_does_not_count(cast: Cast) -> None:
    """The seeker applied to a posting without a check."""
    application = received(cast, state="offered")
    type(application.posting).objects.update(
        screening_required=KIND, screening_reason="管钱", screening_stage="interview"
    )
    with pytest.raises(checks.CheckRefused):
        ask(application, cast)


def test_it_is_asked_once(cast: Cast) -> None:
    application = with_check(cast, state="offered")
    ask(application, cast)
    with pytest.raises(checks.CheckRefused):
        ask(application, cast)


@pytest.mark.parametrize("answer", CheckAnswer)
def test_an_answer_moves_nothing(cast: Cast, answer: CheckAnswer) -> None:
    application = with_check(cast, state="offered")
    ask(application, cast)
    checks.answer_check(
        application=application, actor=cast.seeker.user, kind=KIND, answer=answer
    )
    before = application.version
    application.refresh_from_db()
    assert (application.state, application.version) == ("offered", before)
    assert CheckRequest.objects.get().answer == answer


def test_it_is_answered_once_and_by_the_seeker(cast: Cast) -> None:
    application = with_check(cast, state="offered")
    ask(application, cast)
    with pytest.raises(NotInvolved):
        checks.answer_check(
            application=application,
            actor=cast.employer,
            kind=KIND,
            answer=CheckAnswer.YES,
        )
    answering: dict[str, Any] = {
        "application": application,
        "actor": cast.seeker.user,
        "kind": KIND,
    }
    checks.answer_check(**answering, answer=CheckAnswer.NO)
    with pytest.raises(checks.AnswerRefused):
        checks.answer_check(**answering, answer=CheckAnswer.YES)


def test_both_sides_hear_of_it_in_neutral_words(cast: Cast) -> None:
    application = with_check(cast, state="offered")
    ask(application, cast)
    checks.answer_check(
        application=application,
        actor=cast.seeker.user,
        kind=KIND,
        answer=CheckAnswer.BRING,
    )
    rows = OutboxMessage.objects.filter(
        template__in=["applications/question", "applications/answer"]
    )
    assert {row.user.email for row in rows if row.user} == {
        "seeker@example.com",
        "hr@example.com",
        "colleague@example.com",
    }
    assert not any("征信" in row.subject + row.body for row in rows)


def test_a_message_may_name_it_once_the_stage_is_reached(cast: Cast) -> None:
    application = with_check(cast, state="offered")
    assert say(application, cast.employer, "请带征信报告，谢谢。").pk
