"""For the demo: a week's roster, one flag that is closed, one that is open."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from accounts.care.safety import access
from accounts.care.safety.enums import (
    FlagState,
    Level,
    Outcome,
    Source,
    StepBy,
    Way,
)
from accounts.care.safety.models import (
    ContactTry,
    DutyShift,
    FlagStep,
    SafetyFlag,
)
from accounts.care.safety.rules.clocks import due_at
from accounts.care.safety.services.flags import REASON, REMARK
from accounts.care.safety.services.plans import keep_plan
from accounts.care.vault import keys
from accounts.care.vault.enums import Role, Scope
from accounts.care.vault.models import Subject, TeamRole
from accounts.care.vault.services.grants import give
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.lib.dates import SHANGHAI
from accounts.seekers.models import SeekerProfile

# Who has which hours, Monday first.
ON_DUTY = "郑以恒"
SECOND = "颜知秋"
LEAD = "谭亦安"
ROSTER = {
    ON_DUTY: (range(7), 8, 23),
    SECOND: ((0, 2, 4), 14, 20),
    LEAD: ((5, 6), 10, 18),
}
PERSON = "阿舟"
PLAN = {
    "signs": "睡不着，谁的消息都不想回。",
    "alone": "下楼走一圈，冲个热水澡，听那张老歌单。",
    "company": "去表哥的面馆坐坐，不用多说。",
    "ask": "表姐：就说“我今天不太好，陪我说会儿话”。",
    "lines": "12356；社区医院的心理门诊，周三上午。",
    "safe": "把家里多余的药交给表姐保管。",
}


@behind_the_wall()
def fill(now: datetime) -> None:
    found = CounselorProfile.objects.verified(now=now)
    team = {one.name: one for one in found}
    if ON_DUTY not in team:
        return
    _roster(team, now)
    # Somebody is there when the demo is looked at, at whatever hour it was loaded.
    if not access.on_duty(now=now):
        _fill_in(team[ON_DUTY], now)
    lead = team.get(LEAD)
    if lead is not None:
        TeamRole.objects.get_or_create(
            counselor=lead, role=Role.SUPERVISOR, ended_at=None
        )
    seekers = SeekerProfile.objects.select_related("user")
    person = seekers.filter(pseudonym=PERSON).first()
    if person is None:
        return
    subject = ensure_subject(user=person.user)
    if SafetyFlag.objects.filter(subject=subject).exists():
        return
    _consents(subject)
    second = lead or team.get(SECOND)
    if second is not None:
        _closed(subject, team[ON_DUTY], second, now)
    _open(subject, now)


def _roster(team: dict[str, CounselorProfile], now: datetime) -> None:
    first = now.astimezone(SHANGHAI).date()
    first -= timedelta(days=first.weekday())
    for name, (weekdays, begins, ends) in ROSTER.items():
        if name not in team:
            continue
        for week in (0, 1):
            for weekday in weekdays:
                day = first + timedelta(days=7 * week + weekday)
                start = datetime.combine(day, time(begins), tzinfo=SHANGHAI)
                DutyShift.objects.get_or_create(
                    counselor=team[name],
                    starts_at=start,
                    defaults={"ends_at": start.replace(hour=ends)},
                )


def _fill_in(counselor: CounselorProfile, now: datetime) -> None:
    """Half an hour before and after, as far as the roster leaves room."""
    shifts = DutyShift.objects.filter(counselor=counselor)
    before = shifts.filter(ends_at__lte=now).order_by("-ends_at").first()
    after = shifts.filter(starts_at__gt=now).order_by("starts_at").first()
    starts_at, ends_at = now - timedelta(minutes=30), now + timedelta(minutes=30)
    DutyShift.objects.create(
        counselor=counselor,
        starts_at=max(starts_at, before.ends_at) if before else starts_at,
        ends_at=min(ends_at, after.starts_at) if after else ends_at,
    )


def _consents(subject: Subject) -> None:
    detail = {"phone": "+8613900001234", "way": "phone", "hours": "evening"}
    give(
        subject=subject,
        scope=Scope.SAFETY_CONTACT,
        detail=detail | {"code_word": "江边的灯"},
    )
    give(subject=subject, scope=Scope.PLAN_STORE)
    keep_plan(subject=subject, body=PLAN)


def _closed(
    subject: Subject, owner: CounselorProfile, second: CounselorProfile, now: datetime
) -> None:
    at = now - timedelta(days=12, hours=3)
    flag = SafetyFlag.objects.create(
        subject=subject,
        level=Level.AMBER,
        source=Source.CHECK_IN,
        reason=keys.seal(subject, REASON, "填自我检测时说，希望今天有人打电话来。"),
        state=FlagState.CLOSED,
        owner=owner,
        opened_at=at,
        due_at=at + timedelta(hours=4),
        first_tried_at=at + timedelta(minutes=50),
        close_asked_by=owner,
        closed_by=second,
        closed_at=at + timedelta(days=6),
        version=7,
    )
    ContactTry.objects.create(
        subject=subject,
        flag=flag,
        number=1,
        at=at + timedelta(minutes=50),
        counselor=owner,
        way=Way.PHONE,
        outcome=Outcome.REACHED,
    )
    story = (
        (timedelta(), "raised", FlagState.OPEN, None, ""),
        (timedelta(minutes=20), "acknowledge", FlagState.ACKNOWLEDGED, owner, ""),
        (timedelta(minutes=50), "try", FlagState.CONTACTING, owner, "聊了半小时。"),
        (
            timedelta(minutes=90),
            "make_plan",
            FlagState.PLAN_MADE,
            owner,
            "一起写了计划，今晚去表姐家住。",
        ),
        (
            timedelta(minutes=95),
            "watch",
            FlagState.MONITORED,
            owner,
            "明天晚上七点再打。",
        ),
        (
            timedelta(days=5),
            "ask_close",
            FlagState.MONITORED,
            owner,
            "这几天睡得好些了，也去了社区门诊。",
        ),
        (timedelta(days=6), "close", FlagState.CLOSED, second, ""),
    )
    for number, (after, event, state, who, remark) in enumerate(story, start=1):
        FlagStep.objects.create(
            subject=subject,
            flag=flag,
            number=number,
            at=at + after,
            event=event,
            state=state,
            by=StepBy.COUNSELOR if who else StepBy.SITE,
            counselor=who,
            remark=keys.seal(subject, REMARK, remark) if remark else "",
        )


def _open(subject: Subject, now: datetime) -> None:
    at = now - timedelta(hours=5)
    flag = SafetyFlag.objects.create(
        subject=subject,
        level=Level.YELLOW,
        source=Source.SELF,
        reason=keys.seal(subject, REASON, "面试没过，想这周找个人聊聊。"),
        opened_at=at,
        due_at=due_at(Level.YELLOW, opened_at=at),
    )
    FlagStep.objects.create(
        subject=subject,
        flag=flag,
        number=1,
        at=at,
        event="raised",
        state=FlagState.OPEN,
        by=StepBy.PERSON,
    )
