from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from accounts.care.cases import access
from accounts.care.cases.enums import (
    Actor,
    CaseState,
    HandoverState,
    ReferralState,
    Service,
    TaskKind,
)
from accounts.care.cases.models import Case, CaseStep, Handover, Referral, Task
from accounts.care.cases.services import cases, handovers, ties, work
from accounts.care.cases.services.forgetting import forget_cases
from accounts.care.cases.services.steps import Changed, take_step
from accounts.care.cases.services.tidying import tidy
from accounts.care.cases.tasks import forget_cases as forget_task, tidy_cases
from accounts.care.safety.enums import Level, Source
from accounts.care.safety.services.flags import raise_flag
from accounts.care.scheduling.enums import LeaveReason
from accounts.care.scheduling.models import CounselorSettings, Leave
from accounts.care.scheduling.registry import (
    ATTENDED,
    BOOKED,
    is_barred,
    load_of,
    tell_followers,
)
from accounts.care.vault import keys
from accounts.care.vault.access import looks_at, may
from accounts.care.vault.enums import Scope
from accounts.care.vault.services import grants
from accounts.identity.models import OutboxMessage
from accounts.lib.dates import today
from accounts.lib.workflow import ReasonMissing, TransitionRefused
from tests.accounts.care.cases.make import (
    SUMMARY,
    events_of,
    make_appointment,
    make_case,
    make_handover,
    make_people,
    subject_of,
)
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.make import make_counselor, make_posting

pytestmark = pytest.mark.django_db


# ---- Taking on


def test_a_case_that_somebody_gave_waits_for_a_yes(cast: Cast) -> None:
    case = cases.ensure_case(subject=subject_of(cast.seeker), counselor=cast.counselor)
    again = cases.ensure_case(
        subject=subject_of(cast.seeker), counselor=cast.other_counselor
    )
    assert again == case
    assert again.counselor == cast.counselor
    assert case.accept_by is not None
    assert case.accept_by - case.opened_at == timedelta(hours=72)


def test_whoever_takes_somebody_on_has_them(cast: Cast) -> None:
    case = make_case(cast.seeker, None, state=CaseState.NEW)
    cases.take(case=case, counselor=cast.counselor)
    case.refresh_from_db()
    assert (case.state, case.counselor) == (CaseState.TRIAGED, cast.counselor)
    assert events_of(case) == [("open", "seeker"), ("triage", "counselor")]
    assert [look.action for look in looks_at(case.subject)] == ["case.taken"]
    with pytest.raises(Changed):
        cases.take(case=case, counselor=cast.other_counselor)


def test_without_a_yes_it_goes_back_after_72_hours(cast: Cast) -> None:
    case = cases.ensure_case(subject=subject_of(cast.seeker), counselor=cast.counselor)
    grants.give(
        subject=case.subject, scope=Scope.SHARE_SUMMARY, counselor=cast.counselor
    )
    soon = case.opened_at + timedelta(hours=71)
    assert tidy(now=soon)["freed"] == 0
    later = case.opened_at + timedelta(hours=73)
    assert tidy(now=later)["freed"] == 1
    assert tidy(now=later)["freed"] == 0
    case.refresh_from_db()
    assert (case.counselor, case.state) == (None, CaseState.NEW)
    assert list(access.unassigned_cases()) == [case]
    assert not may(case.subject, Scope.SHARE_SUMMARY, cast.counselor)


def test_what_was_taken_on_stays(cast: Cast) -> None:
    case = cases.ensure_case(subject=subject_of(cast.seeker), counselor=cast.counselor)
    take_step(case=case, event="triage", actor=Actor.COUNSELOR, by=cast.counselor)
    assert tidy(now=timezone.now() + timedelta(days=9))["freed"] == 0
    case.refresh_from_db()
    assert case.counselor == cast.counselor


# ---- How much one carries


def fill(cast: Cast, number: int) -> None:
    for person in make_people(number):
        make_case(person, cast.counselor)


def limit(cast: Cast, number: int) -> None:
    CounselorSettings.objects.create(
        counselor=cast.counselor, modes=["text"], max_caseload=number
    )


def test_nobody_carries_more_than_they_may(cast: Cast) -> None:
    limit(cast, 2)
    fill(cast, 2)
    case = make_case(cast.seeker, None, state=CaseState.NEW)
    with pytest.raises(cases.NoRoom):
        cases.take(case=case, counselor=cast.counselor)
    assert not access.could_take_over(case).filter(pk=cast.counselor.pk).exists()


def test_somebody_in_danger_counts_as_three(cast: Cast) -> None:
    limit(cast, 4)
    fill(cast, 2)
    person = make_case(cast.seeker, None, state=CaseState.NEW)
    raise_flag(subject=person.subject, level=Level.RED, source=Source.SELF)
    with pytest.raises(cases.NoRoom):
        cases.take(case=person, counselor=cast.counselor)
    cases.take(case=person, counselor=cast.other_counselor)
    assert access.load_on(cast.other_counselor) == 3
    assert load_of([cast.other_counselor.pk]) == {cast.other_counselor.pk: 3}


def test_what_has_ended_weighs_nothing(cast: Cast) -> None:
    make_case(cast.seeker, cast.counselor, state=CaseState.CLOSED)
    assert access.load_on(cast.counselor) == 0


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_take_the_same_free_place(cast: Cast) -> None:
    limit(cast, 1)
    waiting = [
        make_case(person, None, state=CaseState.NEW)
        for person in (cast.seeker, cast.other_seeker)
    ]
    start, told = Barrier(2), []

    def run(case: Case) -> None:
        try:
            start.wait()
            cases.take(case=case, counselor=cast.counselor)
            told.append("taken")
        except cases.NoRoom:
            told.append("no room")
        finally:
            connection.close()

    threads = [Thread(target=run, args=[case]) for case in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["no room", "taken"]
    assert Case.objects.filter(counselor=cast.counselor).count() == 1


# ---- Steps


def test_the_slower_of_two_is_told(cast: Cast) -> None:
    case = make_case(cast.seeker, cast.counselor)
    seen = case.version
    take_step(
        case=case,
        event="rest",
        actor=Actor.COUNSELOR,
        by=cast.counselor,
        version=seen,
    )
    with pytest.raises(Changed):
        take_step(
            case=case,
            event="wind_down",
            actor=Actor.COUNSELOR,
            by=cast.counselor,
            version=seen,
        )
    case.refresh_from_db()
    assert (case.state, case.version) == (CaseState.ON_HOLD, seen + 1)
    assert case.review_due == (timezone.now() + timedelta(days=28)).date() or (
        case.review_due is not None and case.review_due > today()
    )


def test_a_case_is_closed_with_a_reason_only(cast: Cast) -> None:
    case = make_case(cast.seeker, cast.counselor, state=CaseState.CLOSING)
    with pytest.raises(ReasonMissing):
        take_step(case=case, event="close", actor=Actor.COUNSELOR, by=cast.counselor)
    take_step(
        case=case,
        event="close",
        actor=Actor.COUNSELOR,
        by=cast.counselor,
        reason="found_work",
    )
    case.refresh_from_db()
    assert (case.state, case.closed_reason) == ("closed", "found_work")
    with pytest.raises(TransitionRefused):
        take_step(case=case, event="go_on", actor=Actor.COUNSELOR, by=cast.counselor)


def test_sharing_ends_with_the_case(cast: Cast) -> None:
    case = make_case(cast.seeker, cast.counselor)
    for scope in (Scope.SHARE_SUMMARY, Scope.SHARE_ITEMS):
        grants.give(subject=case.subject, scope=scope, counselor=cast.counselor)
    take_step(case=case, event="end", actor=Actor.SEEKER)
    case.refresh_from_db()
    assert case.closed_reason == "ended_by_person"
    assert not may(case.subject, Scope.SHARE_SUMMARY, cast.counselor)
    assert not may(case.subject, Scope.SHARE_ITEMS, cast.counselor)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE care.accounts_care_cases_casestep SET event = 'x'",
        "DELETE FROM care.accounts_care_cases_casestep",
    ],
)
def test_steps_stay_as_written(cast: Cast, sql: str) -> None:
    make_case(cast.seeker, cast.counselor)
    with (
        pytest.raises((IntegrityError, InternalError), match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "active", "counselor": None},
        {"accept_by": timezone.now()},
        {"state": "closed"},
        {"state": "elsewhere"},
    ],
)
def test_the_database_refuses(cast: Cast, values: dict[str, object]) -> None:
    case = make_case(cast.seeker, cast.counselor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**values)


# ---- Appointments


def test_a_booked_talk_begins_a_case(cast: Cast) -> None:
    subject = subject_of(cast.seeker)
    topic = keys.seal(subject, "appointment.topic", "wages")
    talk = make_appointment(cast.seeker, cast.counselor, topic=topic)
    tell_followers(talk, BOOKED)
    case = Case.objects.get()
    assert cases.topic_of(case) == "wages"
    assert (case.state, case.counselor) == (CaseState.WAITING, cast.counselor)
    # The times were the counselor's own offer: nothing is left to say yes to.
    assert case.accept_by is None
    assert case.waiting_since is not None


def test_after_the_first_talk_nobody_waits(cast: Cast) -> None:
    talk = make_appointment(cast.seeker, cast.counselor)
    tell_followers(talk, BOOKED)
    tell_followers(talk, ATTENDED)
    case = Case.objects.get()
    assert (case.state, case.waiting_since) == (CaseState.ACTIVE, None)
    assert case.last_contact_at == talk.ends_at


def test_who_was_not_met_yet_is_changed_by_booking(cast: Cast) -> None:
    tell_followers(make_appointment(cast.seeker, cast.counselor), BOOKED)
    later = timezone.now() + timedelta(days=3)
    other = make_appointment(cast.seeker, cast.other_counselor, starts_at=later)
    tell_followers(other, BOOKED)
    case = Case.objects.get()
    assert (case.state, case.counselor) == (CaseState.WAITING, cast.other_counselor)


def test_one_talk_with_somebody_else_does_not_move_the_case(cast: Cast) -> None:
    case = make_case(cast.seeker, cast.counselor, last_contact_at=timezone.now())
    talk = make_appointment(cast.seeker, cast.other_counselor)
    tell_followers(talk, BOOKED)
    tell_followers(talk, ATTENDED)
    before = case.last_contact_at
    case.refresh_from_db()
    assert case.counselor == cast.counselor
    assert case.last_contact_at == before


def test_nobody_has_it_until_somebody_is_booked(cast: Cast) -> None:
    case = make_case(cast.seeker, None, state=CaseState.HANDED_OVER)
    tell_followers(make_appointment(cast.seeker, cast.counselor), BOOKED)
    case.refresh_from_db()
    assert (case.state, case.counselor) == (CaseState.WAITING, cast.counselor)


# ---- Tasks and referrals


def test_a_task_is_sealed_and_turned(cast: Cast) -> None:
    case = make_case(cast.seeker, cast.counselor)
    task = work.add_task(
        case=case,
        by=cast.counselor,
        kind=TaskKind.CALL,
        text="问仲裁的日期",
        due=today(),
    )
    assert "仲裁" not in task.text
    assert work.text_of(task) == "问仲裁的日期"
    work.turn_task(task=task, event="finish")
    with pytest.raises(Changed):
        work.turn_task(task=task, event="finish")
    assert work.turn_task(task=task, event="reopen").done_at is None


def test_nothing_is_added_once_it_has_ended(cast: Cast) -> None:
    case = make_case(cast.seeker, cast.counselor, state=CaseState.CLOSED)
    with pytest.raises(work.CaseOver):
        work.suggest(case=case, by=cast.counselor, service=Service.UNION, note="")
    with pytest.raises(work.CaseOver):
        work.add_task(
            case=case, by=cast.counselor, kind=TaskKind.CALL, text="x", due=today()
        )


def suggest(cast: Cast) -> Referral:
    case = make_case(cast.seeker, cast.counselor)
    return work.suggest(
        case=case, by=cast.counselor, service=Service.LEGAL_AID, note="带上合同"
    )


def test_a_referral_is_walked_to_its_end(cast: Cast) -> None:
    referral = suggest(cast)
    assert "合同" not in referral.note
    with pytest.raises(Changed):
        work.step_referral(referral=referral, event="agree", actor=Actor.COUNSELOR)
    for event, actor, state in (
        ("agree", Actor.SEEKER, "agreed"),
        ("went", Actor.SEEKER, "went"),
        ("finish", Actor.COUNSELOR, "done"),
    ):
        row = work.step_referral(referral=referral, event=event, actor=actor)
        assert row.state == state
    referral.refresh_from_db()
    assert referral.ended_at is not None
    with pytest.raises(Changed):
        work.step_referral(referral=referral, event="decline", actor=Actor.SEEKER)


def test_the_same_is_not_suggested_twice(cast: Cast) -> None:
    referral = suggest(cast)
    case = Case.objects.get()
    with pytest.raises(work.AlreadyThere):
        work.suggest(case=case, by=cast.counselor, service=Service.LEGAL_AID, note="")
    work.step_referral(referral=referral, event="decline", actor=Actor.SEEKER)
    work.suggest(case=case, by=cast.counselor, service=Service.LEGAL_AID, note="")


def test_a_suggestion_runs_out_after_30_days(cast: Cast) -> None:
    referral = suggest(cast)
    assert tidy(now=timezone.now() + timedelta(days=29))["referrals"] == 0
    assert tidy(now=timezone.now() + timedelta(days=31))["referrals"] == 1
    referral.refresh_from_db()
    assert referral.state == ReferralState.EXPIRED


# ---- Handing on


def test_a_handover_needs_both(cast: Cast) -> None:
    case = make_case(cast.seeker, cast.counselor)
    for scope in (Scope.SHARE_SUMMARY, Scope.SHARE_ITEMS):
        grants.give(subject=case.subject, scope=scope, counselor=cast.counselor)
    handover = make_handover(case, cast.other_counselor)
    assert SUMMARY not in handover.summary
    with pytest.raises(Changed):
        handovers.accept(handover=handover, by=cast.other_counselor)
    handovers.agree(handover=handover)
    assert may(case.subject, Scope.HANDOVER, cast.other_counselor)
    handovers.accept(handover=handover, by=cast.other_counselor)
    case.refresh_from_db()
    assert case.state == CaseState.HANDED_OVER
    assert case.counselor == cast.other_counselor
    for scope in (Scope.SHARE_SUMMARY, Scope.SHARE_ITEMS):
        assert not may(case.subject, scope, cast.counselor)
        assert not may(case.subject, scope, cast.other_counselor)


def test_a_no_leaves_everything_as_it_was(cast: Cast) -> None:
    case = make_case(cast.seeker, cast.counselor)
    handover = make_handover(case, cast.other_counselor)
    handovers.refuse(handover=handover)
    with pytest.raises(Changed):
        handovers.accept(handover=handover, by=cast.other_counselor)
    case.refresh_from_db()
    assert (case.state, case.counselor) == (CaseState.ACTIVE, cast.counselor)


def test_a_yes_taken_back_anywhere_ends_the_handover(cast: Cast) -> None:
    case = make_case(cast.seeker, cast.counselor)
    handover = make_handover(case, cast.other_counselor, is_agreed=True)
    grants.revoke_scope(
        subject=case.subject, scope=Scope.HANDOVER, counselor=cast.other_counselor
    )
    handover.refresh_from_db()
    assert handover.state == HandoverState.REFUSED
    with pytest.raises(Changed):
        handovers.accept(handover=handover, by=cast.other_counselor)


def test_only_the_named_one_takes_over(cast: Cast) -> None:
    case = make_case(cast.seeker, cast.counselor)
    third = make_counselor(email="third@example.com", name="吴老师")
    handover = make_handover(case, cast.other_counselor, is_agreed=True)
    with pytest.raises(Changed):
        handovers.accept(handover=handover, by=third)


def test_what_is_over_is_no_question(cast: Cast) -> None:
    case = make_case(cast.seeker, cast.counselor)
    handover = make_handover(case, cast.other_counselor)
    case.refresh_from_db()
    take_step(case=case, event="end", actor=Actor.SEEKER)
    handover.refresh_from_db()
    assert handover.state == HandoverState.WITHDRAWN
    with pytest.raises(Changed):
        handovers.agree(handover=handover)


def test_a_question_runs_out(cast: Cast) -> None:
    handover = make_handover(
        make_case(cast.seeker, cast.counselor), cast.other_counselor, is_agreed=True
    )
    assert tidy(now=timezone.now() + timedelta(days=15))["handovers"] == 1
    handover.refresh_from_db()
    assert handover.state == HandoverState.EXPIRED
    assert not may(handover.subject, Scope.HANDOVER, cast.other_counselor)


def test_the_database_wants_a_yes(cast: Cast) -> None:
    handover = make_handover(
        make_case(cast.seeker, cast.counselor), cast.other_counselor
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(pk=handover.pk).update(
            state="accepted", ended_at=timezone.now()
        )


# ---- Who must not meet


@pytest.fixture
def tied(cast: Cast) -> Case:
    """The seeker applied where the counselor once worked."""
    make_application(cast.seeker, make_posting(cast.organization))
    ties.declare(
        counselor=cast.counselor,
        organization_id=cast.organization.public_id,
        left_on=today() - timedelta(days=300),
    )
    return make_case(cast.seeker, None, state=CaseState.NEW)


def test_a_tie_keeps_the_two_apart(cast: Cast, tied: Case) -> None:
    assert is_barred(cast.seeker.user, cast.counselor)
    assert not is_barred(cast.other_seeker.user, cast.counselor)
    assert not is_barred(cast.seeker.user, cast.other_counselor)
    with pytest.raises(cases.NotAvailable):
        cases.take(case=tied, counselor=cast.counselor)
    with pytest.raises(cases.NotAvailable):
        cases.assign(case=tied, counselor=cast.counselor, actor=Actor.SEEKER)
    assert list(access.could_take_over(tied)) == [cast.other_counselor]


def test_a_tie_ends_after_two_years(cast: Cast, tied: Case) -> None:
    ties.declare(
        counselor=cast.counselor,
        organization_id=cast.organization.public_id,
        left_on=today() - timedelta(days=740),
    )
    assert not is_barred(cast.seeker.user, cast.counselor)


def test_nobody_is_handed_on_into_a_tie(cast: Cast, tied: Case) -> None:
    cases.take(case=tied, counselor=cast.other_counselor)
    tied.refresh_from_db()
    with pytest.raises(cases.NotAvailable):
        make_handover(tied, cast.counselor)


# ---- Leave cover


def test_a_lead_counselor_gives_on_what_somebody_left(cast: Cast) -> None:
    case = make_case(cast.seeker, cast.counselor)
    grants.give(
        subject=case.subject, scope=Scope.SHARE_SUMMARY, counselor=cast.counselor
    )
    cases.assign(
        case=case,
        counselor=cast.other_counselor,
        actor=Actor.SUPERVISOR,
        by=cast.other_counselor,
    )
    case.refresh_from_db()
    assert (case.state, case.counselor) == ("handed_over", cast.other_counselor)
    assert case.accept_by is not None
    assert not may(case.subject, Scope.SHARE_SUMMARY, cast.counselor)
    told = OutboxMessage.objects.get(user=cast.seeker.user)
    assert told.subject == "你有一条新消息"
    for word in ("辅导", cast.counselor.name, cast.other_counselor.name, "care"):
        assert word not in f"{told.subject}{told.body}{told.dedupe_key}"


def test_nobody_is_handed_to_somebody_who_is_away(cast: Cast) -> None:
    case = make_case(cast.seeker, cast.counselor)
    assert list(access.could_take_over(case)) == [cast.other_counselor]
    Leave.objects.create(
        counselor=cast.other_counselor,
        first_day=today(),
        last_day=today(),
        reason=LeaveReason.HOLIDAY,
    )
    assert list(access.could_take_over(case)) == []


# ---- Leaving


def fill_case(cast: Cast) -> Case:
    case = make_case(cast.seeker, cast.counselor)
    work.add_task(
        case=case, by=cast.counselor, kind=TaskKind.CALL, text="打电话", due=today()
    )
    work.suggest(case=case, by=cast.counselor, service=Service.UNION, note="问问")
    make_handover(case, cast.other_counselor)
    return case


def test_old_cases_are_forgotten_with_all_that_hangs_on_them(cast: Cast) -> None:
    case = fill_case(cast)
    case.refresh_from_db()
    take_step(case=case, event="end", actor=Actor.SEEKER)
    now = timezone.now()
    assert forget_cases(now=now + timedelta(days=1000)) == 0
    assert forget_task() == 0
    assert forget_cases(now=now + timedelta(days=1100)) == 1
    for model in (Case, CaseStep, Task, Referral, Handover):
        assert not model.objects.exists()


def test_the_commands_do_the_same(cast: Cast, capsys: object) -> None:
    case = make_case(cast.seeker, cast.counselor, state=CaseState.CLOSED)
    Case.objects.update(closed_at=timezone.now() - timedelta(days=1100))
    call_command("forget_cases")
    assert Case.objects.filter(pk=case.pk).exists()
    call_command("forget_cases", apply=True)
    assert not Case.objects.exists()
    call_command("tidy_cases")
    assert tidy_cases() == 0
