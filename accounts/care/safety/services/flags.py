from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.care.safety import access
from accounts.care.safety.enums import (
    SERIOUS,
    FlagState,
    Level,
    Outcome,
    Source,
    StepBy,
    Way,
    Whom,
)
from accounts.care.safety.models import ContactTry, FlagStep, SafetyFlag
from accounts.care.safety.rules import tries, workflow
from accounts.care.safety.rules.clocks import AT_MOST, Span, due_at, is_new_call
from accounts.care.vault import keys
from accounts.care.vault.access import may
from accounts.care.vault.emails import tell_counselors_of_news, tell_person_of_news
from accounts.care.vault.enums import Scope
from accounts.care.vault.models import Subject
from accounts.care.vault.services.log import note_access
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.identity.services.outbox import URGENT
from accounts.lib.workflow import Transition, TransitionRefused

REASON = "flag.reason"
REMARK = "step.remark"


class ChangedMeanwhile(Exception):  # noqa: N818 - reads as the event it is
    """Somebody else did something with this flag first."""


class TooSoon(Exception):  # noqa: N818 - reads as the event it is
    """Tries are spread out; `at` is when the next one may be."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at


class TriedEnough(Exception):  # noqa: N818 - reads as the event it is
    """After five tries in vain the lead counselor decides."""


class TriedTooLittle(Exception):  # noqa: N818 - reads as the event it is
    """Not reached is said after three tries in vain."""


class NoSuchConsent(Exception):  # noqa: N818 - reads as the event it is
    """The person named nobody to call."""


@behind_the_wall()
def raise_flag(
    *,
    subject: Subject,
    level: Level,
    source: Source,
    reason: str = "",
    counselor: CounselorProfile | None = None,
) -> SafetyFlag:
    """Open a flag; one of the same level and source that is still open is kept.

    Where somebody has looked after that one already, its clock begins anew.
    """
    Subject.objects.select_for_update(of=("self",), no_key=True).get(pk=subject.pk)
    now = timezone.now()
    spans = access.spans(after=now, before=now + AT_MOST)
    found = access.open_flags_of(subject).filter(level=level, source=source).first()
    if found is not None:
        return _called_again(found, counselor, spans, now)
    flag = SafetyFlag.objects.create(
        subject=subject,
        level=level,
        source=source,
        reason=keys.seal(subject, REASON, reason) if reason else "",
        opened_at=now,
        due_at=due_at(level, opened_at=now, spans=spans),
    )
    by = _raised_by(source, counselor)
    _note(flag, "raised", by=by, counselor=counselor, now=now)
    _wake(flag, now)
    return flag


def _raised_by(source: str, counselor: CounselorProfile | None) -> StepBy:
    if source == Source.SELF:
        return StepBy.PERSON
    return StepBy.COUNSELOR if counselor else StepBy.SITE


def _called_again(
    flag: SafetyFlag,
    counselor: CounselorProfile | None,
    spans: list[Span],
    now: datetime,
) -> SafetyFlag:
    row = _locked(flag, None)
    is_new = is_new_call(
        level=row.level,
        last_call=access.last_call(row),
        due_at=row.due_at,
        first_tried_at=row.first_tried_at,
        said_safe=access.said_safe(row),
        now=now,
    )
    if not is_new:
        return row
    found = workflow.FLAG.step(state=row.state, event="again", actor=workflow.SITE)
    row.state, row.version = FlagState(found.target), row.version + 1
    row.close_asked_by = row.first_tried_at = None
    row.due_at = due_at(row.level, opened_at=now, spans=spans)
    row.save()
    by = _raised_by(row.source, counselor)
    _note(row, "again", by=by, counselor=counselor, now=now)
    _wake(row, now)
    return row


def _wake(flag: SafetyFlag, now: datetime) -> None:
    """Whoever is on duty hears at once; of danger with nobody on duty, those who lead."""
    here = access.on_duty(now=now)
    if not here and flag.level == Level.RED:
        here = access.supervisors()
    tell_counselors_of_news(counselors=here, priority=URGENT)


@behind_the_wall()
def move(
    *,
    flag: SafetyFlag,
    counselor: CounselorProfile,
    event: str,
    remark: str = "",
    version: int | None = None,
) -> SafetyFlag:
    """One step by a counselor; raises TransitionRefused, ReasonMissing or ChangedMeanwhile."""
    row, now = _locked(flag, version), timezone.now()
    _step_for(row, counselor, event, remark, now)
    if event == "give_up" and not tries.is_enough(
        access.tries_since_call(row), now=now
    ):
        raise TriedTooLittle
    _apply(row, counselor, event, remark, now)
    return row


@behind_the_wall()
def record_try(
    *,
    flag: SafetyFlag,
    counselor: CounselorProfile,
    way: Way,
    outcome: Outcome,
    remark: str = "",
) -> ContactTry:
    """Rang or wrote; one that did not work waits a while for the next."""
    row, now = _locked(flag, None), timezone.now()
    _step_for(row, counselor, "try", remark, now)
    if outcome != Outcome.REACHED:
        _may_try_again(row, access.tries_since_call(row), now)
    made = ContactTry.objects.create(
        subject=row.subject,
        flag=row,
        number=len(access.tries_of(row)) + 1,
        at=now,
        counselor=counselor,
        way=way,
        outcome=outcome,
    )
    if row.first_tried_at is None:
        row.first_tried_at = now
    _apply(row, counselor, "try", remark, now)
    return made


def _may_try_again(flag: SafetyFlag, before: list[tries.Try], now: datetime) -> None:
    if tries.is_too_much(before, now=now):
        raise TriedEnough
    at = tries.next_try_at(flag.level, before)
    if at is not None and at > now:
        raise TooSoon(at)


@behind_the_wall()
def decide(
    *, flag: SafetyFlag, counselor: CounselorProfile, whom: Whom, remark: str
) -> SafetyFlag:
    """Call somebody without the person: within their consent, or because of the danger.

    The person is told at once. Nobody calls an employer: there is no such choice.
    """
    row, now = _locked(flag, None), timezone.now()
    _step_for(row, counselor, "decide", remark, now)
    if row.level not in SERIOUS:
        raise TransitionRefused("only where somebody may be in danger")
    if whom == Whom.EMERGENCY_PERSON and not may(row.subject, Scope.EMERGENCY_PERSON):
        raise NoSuchConsent
    _apply(row, counselor, "decide", {"whom": whom, "text": remark}, now)
    note_access(
        subject=row.subject,
        reader=access.reader_as(row, counselor, now=now),
        counselor=counselor,
        action=f"safety.told.{'person' if whom == Whom.EMERGENCY_PERSON else 'help'}",
        object_id=row.pk,
    )
    tell_person_of_news(subject=row.subject, priority=URGENT)
    return row


@behind_the_wall()
def say_safe(*, flag: SafetyFlag) -> None:
    """The person's own word; it closes nothing, and whoever looks after it sees it."""
    row, now = _locked(flag, None), timezone.now()
    workflow.FLAG.step(state=row.state, event="say_safe", actor=workflow.PERSON)
    row.version += 1
    row.save(update_fields=["version"])
    _note(row, "say_safe", by=StepBy.PERSON, now=now)
    whom = [row.owner] if row.owner else access.on_duty(now=now)
    tell_counselors_of_news(counselors=whom, priority=URGENT)


@behind_the_wall()
def reach_out(*, subject: Subject) -> int:
    """They missed a talk while a serious flag was open: somebody looks within a day (T7)."""
    now = timezone.now()
    rows = SafetyFlag.objects.select_for_update(of=("self",)).filter(
        pk__in=access.open_flags_of(subject).filter(level__in=SERIOUS).values("pk")
    )
    count = 0
    for row in rows:
        found = workflow.FLAG.step(
            state=row.state, event="outreach", actor=workflow.SITE
        )
        row.state, row.version = FlagState(found.target), row.version + 1
        row.close_asked_by = None
        if row.first_tried_at is not None:
            # Another clock, of a day, begins with this.
            row.first_tried_at, row.due_at = None, now + timedelta(hours=24)
        row.save()
        _note(row, "outreach", by=StepBy.SITE, now=now)
        whom = _once([*access.on_duty(now=now), *access.supervisors()])
        tell_counselors_of_news(counselors=whom, priority=URGENT)
        count += 1
    return count


def remark_of(step: FlagStep) -> dict[str, str]:
    """`text`, and `whom` where somebody else was called."""
    told: Any = keys.unseal(step.subject, REMARK, step.remark)
    return told if isinstance(told, dict) else {"whom": "", "text": told or ""}


def reason_of(flag: SafetyFlag) -> str:
    return str(keys.unseal(flag.subject, REASON, flag.reason) or "")


# ---- Inside


def _locked(flag: SafetyFlag, version: int | None) -> SafetyFlag:
    row = (
        SafetyFlag.objects.select_for_update(of=("self",))
        .select_related("subject", "owner", "owner__user")
        .get(pk=flag.pk)
    )
    if version is not None and version != row.version:
        raise ChangedMeanwhile
    return row


def _step_for(
    row: SafetyFlag,
    counselor: CounselorProfile,
    event: str,
    remark: str,
    now: datetime,
) -> Transition:
    roles = access.roles_in(row, counselor, now=now)
    for role in sorted(roles):
        if workflow.FLAG.find(state=row.state, event=event, actor=role):
            return workflow.FLAG.step(
                state=row.state, event=event, actor=role, reason=remark
            )
    if event == "acknowledge" and row.state != FlagState.OPEN:
        raise ChangedMeanwhile
    raise TransitionRefused(f"{event} from {row.state}")


def _apply(
    row: SafetyFlag,
    counselor: CounselorProfile,
    event: str,
    remark: Any,
    now: datetime,
) -> None:
    words = remark["text"] if isinstance(remark, dict) else remark
    found = _step_for(row, counselor, event, words, now)
    row.state, row.version = FlagState(found.target), row.version + 1
    if event in ("acknowledge", "take_over"):
        row.owner = counselor
        row.close_asked_by = None
    elif event == "ask_close":
        row.close_asked_by = counselor
    elif event == "close":
        row.closed_by, row.closed_at = counselor, now
    elif row.close_asked_by_id is not None:
        # Something happened since: whoever asked looks again.
        row.close_asked_by = None
    row.save()
    _note(row, event, by=StepBy.COUNSELOR, counselor=counselor, now=now, remark=remark)


def _note(
    flag: SafetyFlag,
    event: str,
    *,
    by: StepBy,
    now: datetime,
    counselor: CounselorProfile | None = None,
    remark: Any = "",
) -> FlagStep:
    return FlagStep.objects.create(
        subject=flag.subject,
        flag=flag,
        number=FlagStep.objects.filter(flag=flag).count() + 1,
        at=now,
        event=event,
        state=flag.state,
        by=by,
        counselor=counselor if by == StepBy.COUNSELOR else None,
        remark=keys.seal(flag.subject, REMARK, remark) if remark else "",
    )


def _once(counselors: Iterable[CounselorProfile]) -> list[CounselorProfile]:
    return list({one.pk: one for one in counselors}.values())
