from __future__ import annotations

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from accounts.care.safety import access
from accounts.care.safety.enums import (
    FlagState,
    Level,
    Outcome,
    Way,
    Whom,
)
from accounts.care.safety.models import FlagStep, Incident, SafetyFlag
from accounts.care.safety.services import flags, forgetting, paging
from accounts.care.scheduling.registry import MISSED, tell_followers
from accounts.care.vault.enums import Scope
from accounts.care.vault.models import AccessEvent
from accounts.care.vault.services import grants
from accounts.care.vault.services.subjects import renew_key, shred
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import OutboxMessage
from accounts.lib.dates import SHANGHAI
from accounts.lib.workflow import ReasonMissing, TransitionRefused
from tests.accounts.care.safety.make import (
    REASON,
    make_duty,
    make_flag,
    make_lead,
    make_talk,
    reach,
    watched,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def again(flag: SafetyFlag) -> SafetyFlag:
    return SafetyFlag.objects.get(pk=flag.pk)


def told(who: CounselorProfile) -> int:
    return OutboxMessage.objects.filter(user=who.user).count()


def try_in_vain(flag: SafetyFlag, who: CounselorProfile) -> None:
    flags.record_try(flag=flag, counselor=who, way=Way.PHONE, outcome=Outcome.NO_ANSWER)


# ---- Raising


def test_a_second_one_of_the_same_kind_is_the_first(cast: Cast) -> None:
    first = make_flag(cast.seeker.user)
    assert make_flag(cast.seeker.user) == first
    assert make_flag(cast.seeker.user, Level.RED) != first


@pytest.mark.parametrize("state", ["watched", "not reached"])
def test_who_calls_again_is_heard_again(cast: Cast, state: str) -> None:
    """Somebody looked after it once; that does not answer the next call for help."""
    make_duty(cast.counselor, hours=24)
    flag = make_flag(cast.seeker.user, Level.RED)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        if state == "watched":
            watched(flag, cast.counselor)
        else:
            flags.move(flag=flag, counselor=cast.counselor, event="acknowledge")
            for _count in range(5):
                try_in_vain(flag, cast.counselor)
                clock.shift(timedelta(minutes=16))
            flags.move(flag=flag, counselor=cast.counselor, event="give_up")
        before = told(cast.counselor)
        assert make_flag(cast.seeker.user, Level.RED) == flag
        assert told(cast.counselor) == before + 1
        row = again(flag)
        assert (row.state, row.first_tried_at) == (FlagState.CONTACTING, None)
        assert row.due_at == timezone.now() + timedelta(minutes=15)
        assert access.steps_of(flag).last().event == "again"  # type: ignore[union-attr]
        # Trying begins anew too, also after five times in vain.
        try_in_vain(flag, cast.counselor)


def test_of_one_call_nobody_hears_twice(cast: Cast) -> None:
    make_duty(cast.counselor, hours=24)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for level in (Level.RED, Level.AMBER, Level.YELLOW):
            make_flag(cast.seeker.user, level)
            make_flag(cast.seeker.user, level)
        assert told(cast.counselor) == 3
        clock.shift(timedelta(minutes=15))
        for level in (Level.RED, Level.AMBER, Level.YELLOW):
            make_flag(cast.seeker.user, level)
    # Of danger every quarter of an hour; whoever waits for the rest is on the list.
    assert told(cast.counselor) == 4


def test_safe_and_then_in_danger_is_a_new_call(cast: Cast) -> None:
    make_duty(cast.counselor)
    flag = make_flag(cast.seeker.user, Level.RED)
    flags.say_safe(flag=flag)
    before = told(cast.counselor)
    make_flag(cast.seeker.user, Level.RED)
    assert told(cast.counselor) == before + 1


def test_calling_again_ends_a_wish_to_close(cast: Cast) -> None:
    flag = closing(cast, Level.AMBER)
    flags.move(flag=flag, counselor=cast.counselor, event="ask_close", remark="稳了")
    make_flag(cast.seeker.user, Level.AMBER)
    assert again(flag).close_asked_by is None
    with pytest.raises(TransitionRefused):
        flags.move(flag=flag, counselor=cast.other_counselor, event="close")


def test_who_is_on_duty_hears_at_once_and_learns_nothing(cast: Cast) -> None:
    make_duty(cast.counselor)
    make_flag(cast.seeker.user, Level.RED)
    message = OutboxMessage.objects.get()
    assert message.user == cast.counselor.user
    assert message.subject == "你有一条新消息"
    for word in ("care", "safety", "flag", REASON, cast.seeker.pseudonym):
        assert word not in message.body + message.template + message.dedupe_key


@pytest.mark.parametrize(("level", "expected"), [(Level.RED, 1), (Level.YELLOW, 0)])
def test_of_danger_at_night_who_leads_hears(
    cast: Cast, level: Level, expected: int
) -> None:
    make_lead(cast.other_counselor)
    make_flag(cast.seeker.user, level)
    assert told(cast.other_counselor) == expected


def test_the_reason_is_sealed(cast: Cast) -> None:
    flag = make_flag(cast.seeker.user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT f::text FROM care.accounts_care_safety_safetyflag f")
        assert REASON not in cursor.fetchone()[0]
    assert flags.reason_of(flag) == REASON


# ---- Roster


def test_a_roster_is_somebody_within_a_day(cast: Cast) -> None:
    now = timezone.now()
    assert not access.has_roster(now=now)
    make_duty(cast.counselor, start=now + timedelta(hours=30))
    assert not access.has_roster(now=now)
    make_duty(cast.counselor, start=now + timedelta(hours=20))
    assert access.has_roster(now=now)
    assert access.on_duty(now=now) == []
    assert access.on_duty(now=now + timedelta(hours=21)) == [cast.counselor]


def test_printed_hours_end_when_the_shift_does(cast: Cast) -> None:
    """Not at the hour of the day at which somebody happens to look."""
    noon = datetime(2026, 11, 27, 12, tzinfo=SHANGHAI)
    with time_machine.travel(noon, tick=False):
        for days in range(8):
            make_duty(cast.counselor, start=noon + timedelta(days=days, hours=-4))
        printed = [spans for _day, spans in access.hours_ahead(now=noon)]
    ends = [[end.hour for _start, end in spans] for spans in printed]
    assert ends == [[16]] * 7


def test_a_credential_that_ran_out_staffs_nothing(cast: Cast) -> None:
    make_duty(cast.counselor)
    now = timezone.now()
    assert access.on_duty(now=now) == [cast.counselor]
    cast.counselor.verification_expires_at = now - timedelta(minutes=1)
    cast.counselor.save()
    assert access.on_duty(now=now) == []
    assert not access.has_roster(now=now)


def test_nobody_is_on_duty_twice_at_once(cast: Cast) -> None:
    shift = make_duty(cast.counselor)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_duty(cast.counselor, start=shift.ends_at - timedelta(minutes=1))
    make_duty(cast.counselor, start=shift.ends_at)
    make_duty(cast.other_counselor, start=shift.starts_at)


# ---- Steps


def test_from_taking_over_to_keeping_in_view(cast: Cast) -> None:
    make_duty(cast.counselor)
    flag = watched(make_flag(cast.seeker.user), cast.counselor)
    assert flag.state == FlagState.MONITORED
    assert flag.owner == cast.counselor
    assert flag.first_tried_at is not None
    steps = [step.event for step in access.steps_of(flag)]
    assert steps == ["raised", "acknowledge", "try", "make_plan", "watch"]


def test_only_who_took_it_over_goes_on(cast: Cast) -> None:
    for who in (cast.counselor, cast.other_counselor):
        make_duty(who)
    flag = reach(make_flag(cast.seeker.user), cast.counselor)
    with pytest.raises(TransitionRefused):
        flags.move(
            flag=flag, counselor=cast.other_counselor, event="make_plan", remark="x"
        )
    with pytest.raises(ReasonMissing):
        flags.move(flag=flag, counselor=cast.counselor, event="make_plan")


def test_the_slower_of_two_is_told(cast: Cast) -> None:
    for who in (cast.counselor, cast.other_counselor):
        make_duty(who)
    flag = make_flag(cast.seeker.user)
    flags.move(flag=flag, counselor=cast.counselor, event="acknowledge", version=1)
    with pytest.raises(flags.ChangedMeanwhile):
        flags.move(
            flag=flag, counselor=cast.other_counselor, event="acknowledge", version=1
        )
    assert again(flag).owner == cast.counselor


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_owner(cast: Cast) -> None:
    both = (cast.counselor, cast.other_counselor)
    for who in both:
        make_duty(who)
    flag = make_flag(cast.seeker.user)
    barrier = Barrier(2)
    outcomes: list[CounselorProfile | None] = []

    def take(who: CounselorProfile) -> None:
        barrier.wait()
        try:
            flags.move(flag=flag, counselor=who, event="acknowledge")
            outcomes.append(who)
        except flags.ChangedMeanwhile:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [Thread(target=take, args=(who,)) for who in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [who for who in outcomes if who is not None]
    assert len(outcomes) == 2
    assert winners == [again(flag).owner]
    events = [step.event for step in access.steps_of(flag)]
    assert events == ["raised", "acknowledge"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE care.accounts_care_safety_flagstep SET event = 'x'",
        "UPDATE care.accounts_care_safety_flagstep SET at = now()",
        "DELETE FROM care.accounts_care_safety_flagstep",
        "UPDATE care.accounts_care_safety_contacttry SET outcome = 'reached'",
        "DELETE FROM care.accounts_care_safety_contacttry",
    ],
)
def test_what_was_done_stays_written(cast: Cast, sql: str) -> None:
    make_duty(cast.counselor)
    reach(make_flag(cast.seeker.user), cast.counselor)
    with (
        pytest.raises((IntegrityError, InternalError), match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


# ---- Two people close


def closing(cast: Cast, level: Level) -> SafetyFlag:
    for who in (cast.counselor, cast.other_counselor):
        make_duty(who)
    return watched(make_flag(cast.seeker.user, level), cast.counselor)


@pytest.mark.parametrize("level", [Level.RED, Level.AMBER])
def test_one_asks_and_another_closes(cast: Cast, level: Level) -> None:
    flag = closing(cast, level)
    with pytest.raises(TransitionRefused):
        flags.move(flag=flag, counselor=cast.counselor, event="close")
    flags.move(flag=flag, counselor=cast.counselor, event="ask_close", remark="稳了")
    with pytest.raises(TransitionRefused):
        flags.move(flag=flag, counselor=cast.counselor, event="close")
    flags.move(flag=flag, counselor=cast.other_counselor, event="close")
    closed = again(flag)
    assert closed.state == FlagState.CLOSED
    assert (closed.close_asked_by, closed.closed_by) == (
        cast.counselor,
        cast.other_counselor,
    )


def test_the_second_may_say_no(cast: Cast) -> None:
    flag = closing(cast, Level.AMBER)
    flags.move(flag=flag, counselor=cast.counselor, event="ask_close", remark="稳了")
    flags.move(
        flag=flag, counselor=cast.other_counselor, event="keep_open", remark="再等等"
    )
    assert again(flag).close_asked_by is None
    with pytest.raises(TransitionRefused):
        flags.move(flag=flag, counselor=cast.other_counselor, event="close")


def test_taking_over_does_not_make_one_person_two(cast: Cast) -> None:
    flag = closing(cast, Level.RED)
    flags.move(flag=flag, counselor=cast.counselor, event="ask_close", remark="稳了")
    flags.move(flag=flag, counselor=cast.other_counselor, event="take_over")
    assert again(flag).close_asked_by is None


def test_a_wish_for_a_talk_is_closed_by_one(cast: Cast) -> None:
    flag = closing(cast, Level.YELLOW)
    flags.move(flag=flag, counselor=cast.counselor, event="close")
    assert again(flag).state == FlagState.CLOSED


@pytest.mark.parametrize("level", [Level.RED, Level.AMBER])
def test_the_database_itself_wants_two(cast: Cast, level: Level) -> None:
    flag = closing(cast, level)
    closed = {
        "state": FlagState.CLOSED,
        "closed_by": cast.counselor,
        "closed_at": timezone.now(),
    }
    rows = SafetyFlag.objects.filter(pk=flag.pk)
    for asked_by in (None, cast.counselor):
        with (
            pytest.raises(IntegrityError, match="care_flag_two_people_close"),
            transaction.atomic(),
        ):
            rows.update(close_asked_by=asked_by, **closed)
    assert rows.update(close_asked_by=cast.other_counselor, **closed) == 1


# ---- Not reached


def test_tries_are_spread_and_few(cast: Cast) -> None:
    make_duty(cast.counselor, hours=24)
    flag = make_flag(cast.seeker.user)
    flags.move(flag=flag, counselor=cast.counselor, event="acknowledge")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for count in range(5):
            assert len(access.tries_of(flag)) == count, (
                "a try too soon or too late was counted"
            )
            if count in (1, 2):
                with pytest.raises(flags.TriedTooLittle):
                    flags.move(flag=flag, counselor=cast.counselor, event="give_up")
            try_in_vain(flag, cast.counselor)
            clock.shift(timedelta(minutes=119))
            if count < 4:
                with pytest.raises(flags.TooSoon):
                    try_in_vain(flag, cast.counselor)
            clock.shift(timedelta(minutes=1))
        with pytest.raises(flags.TriedEnough):
            try_in_vain(flag, cast.counselor)
        flags.move(flag=flag, counselor=cast.counselor, event="give_up")
    assert again(flag).state == FlagState.UNREACHABLE


def test_whoever_calls_back_is_reached(cast: Cast) -> None:
    flag = unreachable(cast)
    flags.record_try(
        flag=flag,
        counselor=cast.counselor,
        way=Way.PHONE,
        outcome=Outcome.REACHED,
    )
    assert again(flag).state == FlagState.CONTACTING
    with pytest.raises(flags.TriedTooLittle):
        flags.move(flag=flag, counselor=cast.counselor, event="give_up")


def unreachable(cast: Cast, level: Level = Level.AMBER) -> SafetyFlag:
    make_duty(cast.counselor, hours=24)
    flag = make_flag(cast.seeker.user, level)
    flags.move(flag=flag, counselor=cast.counselor, event="acknowledge")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _count in range(3):
            try_in_vain(flag, cast.counselor)
            clock.shift(timedelta(hours=2))
        flags.move(flag=flag, counselor=cast.counselor, event="give_up")
    return again(flag)


def test_who_leads_decides_and_the_person_is_told(cast: Cast) -> None:
    flag = unreachable(cast)
    with pytest.raises(TransitionRefused):
        flags.decide(
            flag=flag, counselor=cast.counselor, whom=Whom.POLICE, remark="很担心"
        )
    make_lead(cast.other_counselor)
    with pytest.raises(flags.NoSuchConsent):
        flags.decide(
            flag=flag,
            counselor=cast.other_counselor,
            whom=Whom.EMERGENCY_PERSON,
            remark="很担心",
        )
    flags.decide(
        flag=flag, counselor=cast.other_counselor, whom=Whom.POLICE, remark="很担心"
    )
    assert again(flag).state == FlagState.HANDED_TO_EMERGENCY
    last = access.steps_of(flag).last()
    assert last is not None
    assert flags.remark_of(last) == {"whom": "110", "text": "很担心"}
    assert OutboxMessage.objects.filter(user=cast.seeker.user).count() == 1
    look = AccessEvent.objects.get(action="safety.told.help")
    assert look.counselor == cast.other_counselor


def test_the_named_person_is_called_only_on_a_yes(cast: Cast) -> None:
    flag = unreachable(cast)
    make_lead(cast.other_counselor)
    grants.give(
        subject=flag.subject,
        scope=Scope.EMERGENCY_PERSON,
        detail={"name": "姐姐", "phone": "13900000000"},
    )
    flags.decide(
        flag=flag,
        counselor=cast.other_counselor,
        whom=Whom.EMERGENCY_PERSON,
        remark="很担心",
    )
    assert AccessEvent.objects.filter(action="safety.told.person").count() == 1


def test_of_a_wish_for_a_talk_nobody_else_is_told(cast: Cast) -> None:
    make_duty(cast.counselor)
    make_lead(cast.counselor)
    flag = reach(make_flag(cast.seeker.user, Level.YELLOW), cast.counselor)
    with pytest.raises(TransitionRefused):
        flags.decide(
            flag=flag, counselor=cast.counselor, whom=Whom.POLICE, remark="不该"
        )


# ---- The person's word, and a missed talk


def test_their_own_word_closes_nothing(cast: Cast) -> None:
    make_duty(cast.counselor)
    flag = reach(make_flag(cast.seeker.user), cast.counselor)
    before = told(cast.counselor)
    flags.say_safe(flag=flag)
    assert again(flag).state == FlagState.CONTACTING
    assert told(cast.counselor) == before + 1


def test_who_misses_a_talk_is_looked_for(cast: Cast) -> None:
    make_lead(cast.other_counselor)
    flag = closing(cast, Level.AMBER)
    before = told(cast.other_counselor)
    row = make_talk(flag.subject, cast.counselor, state="no_show")
    tell_followers(row, MISSED)
    after = again(flag)
    assert after.state == FlagState.CONTACTING
    assert after.first_tried_at is None
    assert timedelta(hours=23) < after.due_at - timezone.now() < timedelta(hours=25)
    assert told(cast.other_counselor) == before + 1


@pytest.mark.parametrize("event", ["attended", "cancelled"])
def test_other_ends_of_a_talk_change_nothing(cast: Cast, event: str) -> None:
    flag = closing(cast, Level.AMBER)
    tell_followers(make_talk(flag.subject, cast.counselor, state="no_show"), event)
    assert again(flag).version == flag.version


def test_a_missed_talk_without_worry_is_only_that(cast: Cast) -> None:
    flag = closing(cast, Level.YELLOW)
    tell_followers(make_talk(flag.subject, cast.counselor, state="no_show"), MISSED)
    assert again(flag).state == FlagState.MONITORED


# ---- Clocks that ran out


def test_a_clock_that_ran_out_is_told_once(cast: Cast) -> None:
    make_duty(cast.counselor)
    make_lead(cast.other_counselor)
    flag = make_flag(cast.seeker.user, Level.RED)
    assert paging.page_overdue(now=flag.due_at) == 0
    late = flag.due_at + timedelta(seconds=1)
    before = told(cast.counselor)
    assert paging.page_overdue(now=late) == 1
    assert paging.page_overdue(now=late + timedelta(minutes=1)) == 0
    incident = Incident.objects.get()
    assert (incident.on_duty_told, incident.supervisors_told) == (1, 1)
    assert told(cast.counselor) == before + 1
    assert told(cast.other_counselor) == 1


def test_a_try_stops_the_clock_taking_over_does_not(cast: Cast) -> None:
    make_duty(cast.counselor)
    flag = make_flag(cast.seeker.user, Level.RED)
    flags.move(flag=flag, counselor=cast.counselor, event="acknowledge")
    late = flag.due_at + timedelta(seconds=1)
    assert [one.pk for one in paging.overdue(now=late)] == [flag.pk]
    try_in_vain(flag, cast.counselor)
    assert paging.overdue(now=late) == []


def test_it_runs_by_hand_too(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    flag = make_flag(cast.seeker.user, Level.RED)
    SafetyFlag.objects.update(due_at=flag.opened_at - timedelta(minutes=1))
    call_command("page_overdue_flags")
    assert capsys.readouterr().out.startswith("1 ")


# ---- Keys and erasing


def test_a_new_key_opens_old_steps(cast: Cast) -> None:
    flag = closing(cast, Level.AMBER)
    renew_key(subject=flag.subject)
    last = FlagStep.objects.filter(flag=flag).order_by("number").last()
    assert last is not None
    assert flags.remark_of(last)["text"] == "明天再打"


def test_the_person_takes_everything_with_them(cast: Cast) -> None:
    flag = closing(cast, Level.AMBER)
    shred(user=cast.seeker.user)
    assert not SafetyFlag.objects.filter(pk=flag.pk).exists()
    assert not FlagStep.objects.exists()


def test_after_three_years_it_is_forgotten(cast: Cast) -> None:
    flag = closing(cast, Level.YELLOW)
    flags.move(flag=flag, counselor=cast.counselor, event="close")
    now = timezone.now()
    assert forgetting.forget(now=now + timedelta(days=3 * 365 - 1)) == 2  # shifts
    assert SafetyFlag.objects.filter(pk=flag.pk).exists()
    assert forgetting.forget(now=now + timedelta(days=3 * 365 + 1)) == 1
    assert not SafetyFlag.objects.filter(pk=flag.pk).exists()
