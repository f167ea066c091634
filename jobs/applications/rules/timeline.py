"""What happens next with an application, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jobs.applications.enums import ApplicationState as S, InterviewState
from jobs.applications.rules.contact import SHANGHAI
from jobs.applications.rules.offers import has_lapsed
from jobs.applications.rules.workflow import ANSWER_WITHIN_DAYS, WARN_AFTER_DAYS

SETTLING = {
    InterviewState.PROPOSED.value: "pick_time",
    InterviewState.ASKED.value: "times_asked",
}
WAITING = frozenset({S.SUBMITTED, S.VIEWED})


@dataclass(frozen=True, slots=True)
class Next:
    """`key` names the sentence in the template; `by` is the date it promises."""

    key: str
    by: datetime | None = None
    day: date | None = None


def answer_due(submitted_at: datetime) -> datetime:
    return submitted_at + timedelta(days=ANSWER_WITHIN_DAYS)


def warning_due(submitted_at: datetime) -> datetime:
    return submitted_at + timedelta(days=WARN_AFTER_DAYS)


def next_for_seeker(
    *,
    state: str,
    submitted_at: datetime,
    interview_at: datetime | None,
    now: datetime,
    settling: tuple[str, datetime] | None = None,
    answer_by: date | None = None,
    start: date | None = None,
) -> Next:
    """`settling` is the state of an open round about an interview, and its date."""
    if state in WAITING:
        due = answer_due(submitted_at)
        late = now >= warning_due(submitted_at)
        return Next("employer_reminded" if late else "employer_answers", due)
    if settling and state == S.SHORTLISTED and settling[0] in SETTLING:
        return Next(SETTLING[settling[0]], settling[1])
    if state == S.INTERVIEW:
        past = interview_at is not None and interview_at < now
        return Next("after_interview" if past else "interview", interview_at)
    today = now.astimezone(SHANGHAI).date()
    if state == S.OFFERED and answer_by is not None:
        late = has_lapsed(answer_by, today=today)
        return Next("offered_late" if late else "offered_until", day=answer_by)
    if state == S.HIRED and start is not None and start >= today:
        return Next("first_day", day=start)
    return Next(str(state))
