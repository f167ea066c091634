from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.workflow import TransitionRefused
from jobs.applications import emails
from jobs.applications.enums import ENDED_STATES, CheckAnswer, Side
from jobs.applications.models import Application, CheckRequest
from jobs.applications.rules.checks import may_ask
from jobs.applications.services.parties import check_side, lock_application
from jobs.postings.enums import PostingState


class CheckRefused(TransitionRefused):
    """Not declared before the seeker applied, too early, or asked already."""


class AnswerRefused(TransitionRefused):
    """Answered already, or the application has ended."""


@transaction.atomic
def ask_for_check(*, application: Application, actor: User, kind: str) -> CheckRequest:
    """Ask for what the posting declared, once its stage is reached."""
    locked = lock_application(application)
    check_side(actor, locked, Side.EMPLOYER)
    if not can_ask(locked, kind):
        raise CheckRefused(f"{kind} in state {locked.state}")
    request = CheckRequest.objects.create(
        application=locked,
        kind=kind,
        asked_at=timezone.now(),
        asked_by=actor,
        asked_in_state=locked.state,
    )
    emails.tell_seeker_question(request)
    record_event(
        action="application.check_asked",
        actor=actor,
        on=locked,
        about=locked.seeker.user,
        detail={"kind": kind, "state": locked.state},
    )
    return request


def can_ask(application: Application, kind: str) -> bool:
    """Declared, reached, not asked before, and the posting still stands."""
    return (
        may_ask(
            kind,
            declared=application.declared_check,
            stage=application.declared_stage,
            state=application.state,
        )
        and application.posting.state != PostingState.REMOVED
        and not application.checks.filter(kind=kind).exists()
    )


@transaction.atomic
def answer_check(
    *, application: Application, actor: User, kind: str, answer: CheckAnswer
) -> CheckRequest:
    """The seeker's answer, once. A no moves nothing: the employer still decides."""
    locked = lock_application(application)
    check_side(actor, locked, Side.SEEKER)
    request = locked.checks.filter(kind=kind, answer="").first()
    if request is None or locked.state in ENDED_STATES:
        raise AnswerRefused(f"{kind} in state {locked.state}")
    request.answer, request.answered_at = answer, timezone.now()
    request.save(update_fields=["answer", "answered_at"])
    emails.tell_employer_answer(request)
    record_event(
        action="application.check_answered",
        actor=actor,
        on=locked,
        about=actor,
        detail={"kind": kind, "answer": answer.value},
    )
    return request
