from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.consent.registry import erase_person, export_person
from accounts.identity.models import AuditEvent, OutboxMessage
from accounts.lib.workflow import ReasonMissing, TransitionRefused
from accounts.seekers.enums import CallWish
from jobs.applications.enums import ContactChannel, InterviewBy, InterviewOutcome
from jobs.applications.interview_access import (
    free_slots,
    open_interview,
    settled_times,
    upcoming_interviews,
)
from jobs.applications.models import Application, Interview, InterviewSlot
from jobs.applications.services import interviews, steps
from jobs.applications.services.appointment_clock import tend
from jobs.applications.services.contact import stop_contact
from jobs.applications.services.interviews import NothingOpen, SlotRefused
from tests.cast import Cast
from tests.jobs.applications.make import make_application, take
from tests.jobs.applications.make_interviews import (
    PLACE,
    at,
    offer,
    settle,
    slot_of,
    take_slot,
)
from tests.make import make_posting

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def application(cast: Cast) -> Application:
    return make_application(
        cast.seeker, make_posting(cast.organization), state="viewed"
    )


@pytest.fixture
def other(cast: Cast, application: Application) -> Application:
    """Somebody else, for the same posting."""
    return make_application(cast.other_seeker, application.posting, state="viewed")


def fresh(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def test_offering_times_is_an_answer_and_settles_nothing(
    application: Application,
) -> None:
    interview = offer(application, starts=[at(), at("15:00"), at(days=5)])
    found = fresh(application)
    assert (found.state, found.interview_at) == ("shortlisted", None)
    assert interview.state == "proposed"
    assert interview.due_at == at("09:00", days=5)
    assert interview.slots.count() == 3


def test_picking_settles_it_for_everybody_who_reads_the_application(
    cast: Cast, application: Application
) -> None:
    interview = take_slot(offer(application, starts=[at(), at("15:00")]), 1)
    found = fresh(application)
    assert (found.state, found.interview_at) == ("interview", at("15:00"))
    assert (found.interview_by, found.interview_place) == ("in_person", PLACE)
    assert (interview.state, interview.seat) == ("booked", 1)
    assert interview.due_at == at("15:30")
    assert upcoming_interviews(cast.seeker.user, now=timezone.now()) == [at("15:00")]
    assert upcoming_interviews(cast.employer, now=timezone.now()) == []


def test_a_time_for_one_is_not_had_by_two(
    application: Application, other: Application
) -> None:
    first = offer(application)
    slot = slot_of(first)
    second = offer(other, again=[slot.pk])
    take_slot(second)
    with pytest.raises(SlotRefused) as refused:
        take_slot(first)
    assert refused.value.reason == "taken"
    assert fresh(application).state == "shortlisted"


def test_a_time_for_two_is_had_by_both(
    application: Application, other: Application
) -> None:
    first = offer(application, capacity=2)
    second = offer(other, again=[slot_of(first).pk])
    assert (take_slot(first).seat, take_slot(second).seat) == (1, 2)
    assert list(free_slots(application.posting, now=timezone.now())) == []


def test_a_seat_that_is_given_back_can_be_picked_again(
    cast: Cast, application: Application, other: Application
) -> None:
    first = settle(application)
    slot = first.slot
    assert slot is not None
    interviews.call_off(application=application, actor=cast.seeker.user)
    assert take_slot(offer(other, again=[slot.pk])).slot == slot


def test_a_time_of_another_posting_cannot_be_offered_again(
    cast: Cast, application: Application
) -> None:
    elsewhere = make_application(
        cast.other_seeker, make_posting(cast.organization), state="viewed"
    )
    slot = slot_of(offer(elsewhere))
    with pytest.raises(SlotRefused) as refused:
        offer(application, again=[slot.pk])
    assert refused.value.reason == "gone"


def test_what_was_not_offered_is_not_picked(
    cast: Cast, application: Application, other: Application
) -> None:
    offer(application)
    foreign = slot_of(offer(other, starts=[at("16:00")]))
    with pytest.raises(NothingOpen):
        interviews.pick(
            application=application, actor=cast.seeker.user, slot_id=foreign.pk
        )


@pytest.mark.parametrize(("minutes", "reason"), [(59, "gone"), (60, None)])
def test_the_last_hour_is_too_late(
    application: Application, minutes: int, reason: str | None
) -> None:
    interview = offer(application)
    now = at() - timedelta(minutes=minutes)
    if reason is None:
        assert take_slot(interview, now=now).state == "booked"
    else:
        with pytest.raises(SlotRefused) as refused:
            take_slot(interview, now=now)
        assert refused.value.reason == reason


def test_nobody_picks_for_the_applicant(cast: Cast, application: Application) -> None:
    interview = offer(application)
    slot = slot_of(interview).pk
    for actor in (cast.employer, cast.other_seeker.user, cast.other_employer):
        with pytest.raises(TransitionRefused):
            interviews.pick(application=application, actor=actor, slot_id=slot)
    assert fresh(application).state == "shortlisted"


def test_asking_for_another_time_keeps_the_place_in_line(
    cast: Cast, application: Application
) -> None:
    offer(application)
    asked = interviews.ask_for_others(
        application=application,
        actor=cast.seeker.user,
        wishes=["2026-12-01:morning"],
        wanted_by="text",
    )
    assert asked.state == "asked"
    assert fresh(application).state == "shortlisted"
    again = offer(application, by=InterviewBy.TEXT, place="")
    asked.refresh_from_db()
    assert (asked.state, again.replaces) == ("replaced", asked)
    assert take_slot(again).state == "booked"


def test_the_seeker_moves_and_the_time_is_free_at_once(
    cast: Cast, application: Application
) -> None:
    before = settle(application)
    after = interviews.move_by_seeker(
        application=application, actor=cast.seeker.user, wishes=["2026-12-01:evening"]
    )
    before.refresh_from_db()
    assert (before.state, after.state) == ("rescheduled", "asked")
    assert after.uid == before.uid
    assert before.sequence == after.sequence == 2
    found = fresh(application)
    assert (found.state, found.interview_at) == ("shortlisted", None)
    assert slot_of(before) in free_slots(application.posting, now=timezone.now())


def test_the_employer_moves_twice_with_a_reason_and_not_a_third_time(
    cast: Cast, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "INTERVIEWS_A_DAY", 99)
    settle(application)
    with pytest.raises(ReasonMissing):
        offer(application, starts=[at(days=4)])
    for n in (4, 5):
        take_slot(offer(application, starts=[at(days=n)], reason="组长那天出差"))
    assert application.interviews.latest("pk").moves_by_employer == 2
    with pytest.raises(SlotRefused) as refused:
        offer(application, starts=[at(days=6)], reason="又有会")
    assert refused.value.reason == "moved_twice"
    assert fresh(application).interview_at == at(days=5)
    # The seeker says no, and loses nothing.
    interviews.call_off(application=application, actor=cast.seeker.user)
    assert fresh(application).state == "shortlisted"


def test_calling_off_costs_the_seeker_nothing_even_late(
    cast: Cast, application: Application
) -> None:
    settle(application)
    interviews.call_off(
        application=application,
        actor=cast.seeker.user,
        now=at() - timedelta(minutes=5),
    )
    assert fresh(application).state == "shortlisted"
    assert offer(application, starts=[at(days=9)]).state == "proposed"


def test_an_employer_says_why_it_is_off(cast: Cast, application: Application) -> None:
    settle(application)
    with pytest.raises(ReasonMissing):
        interviews.call_off(application=application, actor=cast.employer)
    done = interviews.call_off(
        application=application, actor=cast.employer, reason="面试官病了"
    )
    assert done.state == "off_employer"
    assert done.steps.latest("pk").reason == "面试官病了"


def test_what_has_begun_is_not_moved_or_called_off(
    cast: Cast, application: Application
) -> None:
    settle(application)
    for verb in (interviews.call_off, interviews.move_by_seeker):
        with pytest.raises(NothingOpen):
            verb(application=application, actor=cast.seeker.user, now=at())


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ("held", "held", "held"),
        ("other_absent", "i_could_not", "missed"),
        ("other_absent", "held", "held"),
        ("held", "other_absent", "held"),
    ],
)
def test_both_say_how_it_went_once_and_nothing_follows(
    cast: Cast, application: Application, first: str, second: str, state: str
) -> None:
    settle(application)
    later = at("12:00")
    before = fresh(application)
    for actor, said in ((cast.employer, first), (cast.seeker.user, second)):
        interviews.say_outcome(
            application=application,
            actor=actor,
            outcome=InterviewOutcome(said),
            now=later,
        )
        with pytest.raises(NothingOpen):
            interviews.say_outcome(
                application=application,
                actor=actor,
                outcome=InterviewOutcome.HELD,
                now=later,
            )
    assert application.interviews.get().state == state
    after = fresh(application)
    assert (after.state, after.version) == (before.state, before.version)


def test_nobody_says_how_it_went_before_it_is_over(
    cast: Cast, application: Application
) -> None:
    settle(application)
    with pytest.raises(NothingOpen):
        interviews.say_outcome(
            application=application,
            actor=cast.seeker.user,
            outcome=InterviewOutcome.HELD,
            now=at("10:29"),
        )


def test_after_a_talk_there_can_be_a_second_one(
    cast: Cast, application: Application
) -> None:
    first = settle(application)
    interviews.say_outcome(
        application=application,
        actor=cast.employer,
        outcome=InterviewOutcome.HELD,
        now=at("12:00"),
    )
    second = settle(application, at(days=8))
    assert second.replaces is None
    assert second.uid != first.uid


@pytest.mark.parametrize("event", ["decline", "postpone", "offer"])
def test_an_application_that_goes_on_without_it_frees_the_time(
    cast: Cast, application: Application, event: str
) -> None:
    interview = settle(application)
    take(fresh(application), event, cast.employer)
    interview.refresh_from_db()
    assert interview.state == "closed"
    assert free_slots(application.posting, now=timezone.now()).exists()


def test_leaving_frees_the_time_once_it_cannot_be_undone(
    cast: Cast, application: Application
) -> None:
    interview = settle(application)
    left = take(fresh(application), "withdraw", cast.seeker.user)
    assert upcoming_interviews(cast.seeker.user, now=timezone.now()) == []
    step = left.transitions.get(event="withdraw")
    tend(now=step.at + timedelta(minutes=9))
    interview.refresh_from_db()
    assert interview.state == "booked"
    tend(now=step.at + timedelta(minutes=11))
    interview.refresh_from_db()
    assert interview.state == "closed"
    assert free_slots(application.posting, now=timezone.now()).exists()


def test_undoing_brings_the_talk_back_as_it_was(
    cast: Cast, application: Application
) -> None:
    interview = settle(application)
    left = take(fresh(application), "withdraw", cast.seeker.user)
    back = take(left, "undo", cast.seeker.user)
    interview.refresh_from_db()
    assert (back.state, interview.state) == ("interview", "booked")
    assert back.interview_at == interview.slot.starts_at if interview.slot else False
    tend(now=timezone.now() + timedelta(minutes=11))
    interview.refresh_from_db()
    assert interview.state == "booked"


def test_an_offer_after_the_talk_keeps_the_question_open(
    cast: Cast, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview = settle(application)
    later = at("12:00")
    monkeypatch.setattr(timezone, "now", lambda: later)
    take(fresh(application), "offer", cast.employer)
    interview.refresh_from_db()
    assert interview.state == "needs_outcome"


@pytest.mark.parametrize("wish", [CallWish.WRITE, None])
def test_who_takes_no_calls_is_not_offered_one(
    cast: Cast, application: Application, wish: CallWish | None
) -> None:
    if wish is None:
        stop_contact(
            application=application,
            actor=cast.seeker.user,
            channel=ContactChannel.PHONE,
        )
    else:
        Application.objects.filter(pk=application.pk).update(calls=wish)
    with pytest.raises(SlotRefused) as refused:
        offer(application, by=InterviewBy.PHONE)
    assert refused.value.reason == "no_calls"
    assert offer(application, by=InterviewBy.TEXT, place="").state == "proposed"


def test_the_slower_of_two_colleagues_is_told(
    cast: Cast, application: Application
) -> None:
    version = application.version
    offer(application)
    with pytest.raises(steps.AlreadyMoved):
        offer(application, cast.colleague, version=version)
    assert Interview.objects.count() == 1
    assert InterviewSlot.objects.count() == 1


def test_a_posting_that_was_taken_down_only_lets_people_leave(
    cast: Cast, application: Application
) -> None:
    interview = offer(application)
    type(application.posting).objects.update(state="removed")
    with pytest.raises(steps.PostingTakenDown):
        take_slot(interview)
    with pytest.raises(SlotRefused):
        interviews.ask_for_others(
            application=application, actor=cast.seeker.user, wanted_by="text"
        )
    done = interviews.call_off(application=application, actor=cast.seeker.user)
    assert done.state == "off_seeker"


def test_only_other_settled_talks_are_in_the_way(
    cast: Cast, application: Application
) -> None:
    settle(application)
    elsewhere = make_application(
        cast.seeker, make_posting(cast.other_organization), state="viewed"
    )
    assert settled_times(cast.seeker.user, but=elsewhere) == [(at(), 30)]
    assert settled_times(cast.seeker.user, but=application) == []


def test_news_is_neutral_and_reaches_the_other_side(
    cast: Cast, application: Application
) -> None:
    settle(application)
    interviews.call_off(application=application, actor=cast.employer, reason="病了")
    told = OutboxMessage.objects.filter(user=cast.seeker.user).order_by("pk")
    names = [row.template.removeprefix("applications/") for row in told]
    assert names == ["sent", "interview", "appointment_off"]
    news = OutboxMessage.objects.filter(template="applications/appointment_news")
    assert {row.user_id for row in news} == {cast.employer.pk, cast.colleague.pk}
    text = " ".join(row.subject + row.body for row in told)
    assert "病了" not in text
    assert PLACE not in text
    assert application.organization.display_name not in text


def test_the_trail_says_so_without_words(cast: Cast, application: Application) -> None:
    settle(application)
    lines = AuditEvent.objects.filter(
        subject_id=cast.seeker.user.pk, action__startswith="interview."
    )
    assert list(lines.order_by("pk").values_list("action", flat=True)) == [
        "interview.propose",
        "interview.pick",
    ]


def test_what_a_person_takes_along_and_what_goes(
    cast: Cast, application: Application
) -> None:
    offer(application)
    interviews.ask_for_others(
        application=application, actor=cast.seeker.user, wishes=["2026-12-01:morning"]
    )
    taken = export_person(cast.seeker.user)["jobs.applications.interviews"]
    assert taken[0]["wishes"] == ["2026-12-01:morning"]
    erase_person(cast.seeker.user)
    assert open_interview(application) is None
    assert Interview.objects.get().wishes == []
