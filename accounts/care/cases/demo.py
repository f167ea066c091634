"""The cases of one counselor, in every state that a reader should see. All made up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts.care.cases.enums import (
    Actor,
    CaseState,
    ClosedReason,
    HandoverState,
    ReferralState,
    Service,
    TaskKind,
)
from accounts.care.cases.models import Case, CaseStep, Handover, Referral, Task
from accounts.care.cases.rules.workflow import CASE
from accounts.care.cases.services.cases import TOPIC
from accounts.care.cases.services.forgetting import delete_cases
from accounts.care.cases.services.handovers import SUMMARY
from accounts.care.cases.services.work import NOTE, TEXT
from accounts.care.scheduling.enums import Topic
from accounts.care.vault import keys
from accounts.care.vault.enums import Scope
from accounts.care.vault.services import grants
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User
from accounts.lib.dates import local_day

ZHENG, YAN, TAM = "zhengyiheng", "yanzhiqiu", "tanyian"
ENDING = {"close": ClosedReason.GOAL_REACHED}
# Person, topic, and each step with how many days ago it was; the first opens the case.
STORIES: tuple[
    tuple[str, str, str, tuple[tuple[str, float], ...], float | None], ...
] = (
    (
        "azhou",
        ZHENG,
        Topic.JOB,
        (("open", 24), ("triage", 23), ("wait", 22), ("begin", 17)),
        3,
    ),
    ("bailu", ZHENG, Topic.SLEEP, (("open", 8), ("triage", 7), ("wait", 6)), None),
    (
        "yuanshan",
        ZHENG,
        Topic.GUILT,
        (("open", 40), ("triage", 39), ("wait", 38), ("begin", 33)),
        19,
    ),
    (
        "zhixing",
        ZHENG,
        Topic.FAMILY,
        (("open", 30), ("triage", 29), ("begin", 25)),
        5,
    ),
    (
        "laochuanzhang",
        ZHENG,
        Topic.JOB,
        (("open", 80), ("triage", 79), ("begin", 74), ("wind_down", 4)),
        4,
    ),
    (
        "alai",
        ZHENG,
        Topic.JOB,
        (("open", 70), ("triage", 69), ("begin", 61), ("rest", 12)),
        13,
    ),
    (
        "ruchu",
        ZHENG,
        Topic.WAGES,
        (
            ("open", 95),
            ("triage", 94),
            ("begin", 90),
            ("wind_down", 24),
            ("close", 20),
        ),
        20,
    ),
    ("guitu", TAM, Topic.GRIEF, (("open", 28), ("triage", 27), ("begin", 21)), 6),
    ("xiaoman", "", Topic.SLEEP, (("open", 4),), None),
)


@behind_the_wall()
def fill(now: datetime) -> None:
    """Whoever is missing is left out; a second run adds nothing."""
    made = {
        story[0]: case
        for story in STORIES
        if (case := _case(*story, now=now)) is not None
    }
    if case := made.get("azhou"):
        _share(case)
        _task(case, TaskKind.FIND_OUT, "问两家门店还招不招接待", now=now, days=2)
        _referral(case, now=now)
    if case := made.get("bailu"):
        _task(case, TaskKind.WRITE, "写几句，约第一次谈话", now=now, days=-1)
    if case := made.get("zhixing"):
        _handover(
            case,
            YAN,
            "谈过四次，主要是家里人不放心他换工作。简历已经改好。"
            "最近说得多的是心里闷，想找更会听人说话的辅导员。",
            now=now,
        )
    if case := made.get("guitu"):
        _handover(
            case,
            ZHENG,
            "谈过三次。刚离开上一家公司，最难的几天已经过去。"
            "现在想看看有哪些不打电话的工作，这方面你更熟。",
            now=now,
            is_agreed=True,
        )


def _user(name: str) -> User | None:
    return User.objects.filter(email=f"{name}@demo.example.com", is_active=True).first()


def _counselor(name: str) -> CounselorProfile | None:
    rows = CounselorProfile.objects.select_related("user")
    return rows.filter(user__email=f"{name}@demo.example.com").first()


def _case(
    person: str,
    counselor_name: str,
    topic: str,
    steps: Sequence[tuple[str, float]],
    talked: float | None,
    *,
    now: datetime,
) -> Case | None:
    user = _user(person)
    counselor = _counselor(counselor_name) if counselor_name else None
    if user is None or (counselor_name and counselor is None):
        return None
    subject = ensure_subject(user=user)
    # A talk booked in the demo has begun one just now: the longer story goes in its place.
    delete_cases(Case.objects.filter(subject=subject, opened_at__gte=now))
    if Case.objects.filter(subject=subject).exists():
        return None
    times = [now - timedelta(days=days) for _event, days in steps]
    case = Case.objects.create(
        subject=subject,
        counselor=counselor,
        topic=keys.seal(subject, TOPIC, topic),
        opened_at=times[0],
        assigned_at=times[1] if counselor else None,
        last_contact_at=None if talked is None else now - timedelta(days=talked),
    )
    for (event, _days), at in zip(steps, times, strict=True):
        _walk(case, event, at)
    _settle(case, times[-1])
    return case


def _walk(case: Case, event: str, at: datetime) -> None:
    actor = Actor.SEEKER if event == "open" else Actor.COUNSELOR
    if event != "open":
        found = CASE.step(
            state=case.state, event=event, actor=actor, reason=ENDING.get(event, "")
        )
        case.state = CaseState(found.target)
    CaseStep.objects.create(
        case=case,
        event=event,
        state=case.state,
        actor=actor,
        by=case.counselor if actor == Actor.COUNSELOR else None,
        counselor=case.counselor,
        at=at,
    )


def _settle(case: Case, at: datetime) -> None:
    if case.state == CaseState.CLOSED:
        case.closed_at, case.closed_reason = at, ClosedReason.GOAL_REACHED
    elif case.state == CaseState.ON_HOLD:
        case.review_due = local_day(at + timedelta(days=28))
    elif case.state in (CaseState.NEW, CaseState.TRIAGED, CaseState.WAITING):
        case.waiting_since = case.opened_at
    case.save()


def _share(case: Case) -> None:
    grants.give(
        subject=case.subject, scope=Scope.SHARE_SUMMARY, counselor=case.counselor
    )


def _task(case: Case, kind: TaskKind, text: str, *, now: datetime, days: int) -> None:
    Task.objects.create(
        case=case,
        subject=case.subject,
        kind=kind,
        text=keys.seal(case.subject, TEXT, text),
        due=local_day(now) + timedelta(days=days),
        created_at=now - timedelta(days=5),
    )


def _referral(case: Case, *, now: datetime) -> None:
    if case.counselor is None:
        return
    note = "上一家还欠一个月工资。带上合同、工资条和聊天记录，先打电话问。"
    Referral.objects.create(
        case=case,
        subject=case.subject,
        service=Service.LEGAL_AID,
        note=keys.seal(case.subject, NOTE, note),
        state=ReferralState.AGREED,
        suggested_by=case.counselor,
        suggested_at=now - timedelta(days=3),
        changed_at=now - timedelta(days=2),
    )


def _handover(
    case: Case, to_name: str, summary: str, *, now: datetime, is_agreed: bool = False
) -> None:
    to = _counselor(to_name)
    if to is None or case.counselor is None:
        return
    Handover.objects.create(
        case=case,
        subject=case.subject,
        from_counselor=case.counselor,
        to_counselor=to,
        summary=keys.seal(case.subject, SUMMARY, summary),
        state=HandoverState.AGREED if is_agreed else HandoverState.ASKED,
        asked_at=now - timedelta(days=1),
        answered_at=now - timedelta(hours=5) if is_agreed else None,
    )
    if is_agreed:
        grants.give(subject=case.subject, scope=Scope.HANDOVER, counselor=to)
