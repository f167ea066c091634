from __future__ import annotations

from itertools import product

import pytest
from django.db import transaction

from accounts.consent.access import active_consents_for
from accounts.employers.models import Membership
from accounts.identity.models import AuditEvent, User
from accounts.lib.workflow import ReasonMissing, TransitionRefused
from jobs.applications.enums import ACTIVE_STATES, ENDED_STATES, ApplicationState
from jobs.applications.rules.workflow import APPLICATION, EMPLOYER, SEEKER, SYSTEM
from jobs.applications.services import steps
from jobs.applications.services.parties import NotInvolved
from tests.cast import Cast
from tests.jobs.applications.clock import SetClock
from tests.jobs.applications.make import STEPS, make_application, take
from tests.make import make_posting

LOG = ("event", "from_state", "to_state", "actor_kind")


def actor_for(cast: Cast, side: str) -> User | None:
    return {SEEKER: cast.seeker.user, EMPLOYER: cast.employer}.get(side)


# A give-up has no actor to choose, and viewing again is no step: both stand below.
# A time is picked only where one was offered: test_services_interviews.py.
# Where an undo leads is told by the history (test_services_leaving).
CHOSEN = sorted(set(STEPS) - {"give_up_waiting", "view", "pick", "undo"})


@pytest.mark.parametrize("state", ApplicationState.values)
def test_every_step_follows_the_table(cast: Cast, state: str) -> None:
    """Each event by each side from each state: taken or refused as the table says."""
    start = make_application(cast.seeker, make_posting(cast.organization), state=state)
    for event, side in product(CHOSEN, (SEEKER, EMPLOYER, SYSTEM)):
        row = APPLICATION.find(state=state, event=event, actor=side)
        with transaction.atomic():
            try:
                moved = take(start, event, actor_for(cast, side))
            except TransitionRefused:
                assert row is None, (event, side)
            else:
                assert row is not None, (event, side)
                assert moved.state == row.target
                last = moved.transitions.order_by("pk").values_list(*LOG).last()
                assert last == (event, state, row.target, side)
            transaction.set_rollback(True)


@pytest.mark.parametrize("state", ApplicationState.values)
def test_waiting_ends_by_itself_only_while_nobody_answered(
    cast: Cast, state: str
) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state=state
    )
    if state in {"submitted", "viewed"}:
        assert take(application, "give_up_waiting", None).state == "no_response"
    else:
        with pytest.raises(TransitionRefused):
            take(application, "give_up_waiting", None)


@pytest.mark.parametrize("role", ["other_employer", "other_seeker", "moderator"])
@pytest.mark.parametrize("event", ["shortlist", "decline", "withdraw"])
def test_outsiders_take_no_step(cast: Cast, role: str, event: str) -> None:
    application = make_application(cast.seeker, make_posting(cast.organization))
    with pytest.raises(NotInvolved):
        take(application, event, cast.user(role))


def test_whoever_left_the_organisation_takes_no_step(cast: Cast) -> None:
    application = make_application(cast.seeker, make_posting(cast.organization))
    Membership.objects.filter(user=cast.colleague).update(is_active=False)
    with pytest.raises(NotInvolved):
        take(application, "shortlist", cast.colleague)


def test_opening_it_twice_is_one_view(cast: Cast) -> None:
    application = make_application(cast.seeker, make_posting(cast.organization))
    first = take(application, "view", cast.employer)
    # The colleague's page was drawn before: the old row says "submitted".
    second = take(application, "view", cast.colleague)
    assert (second.state, second.viewed_at) == ("viewed", first.viewed_at)
    assert application.transitions.filter(event="view").count() == 1


def test_opening_an_ended_one_changes_nothing(cast: Cast) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state="withdrawn"
    )
    version = application.version
    assert take(application, "view", cast.employer).version == version


@pytest.mark.parametrize("event", ["postpone", "retract"])
def test_a_step_against_the_seeker_is_explained(cast: Cast, event: str) -> None:
    state = "offered" if event == "retract" else "viewed"
    application = make_application(
        cast.seeker, make_posting(cast.organization), state=state
    )
    call = {"postpone": steps.postpone_application, "retract": steps.retract_offer}
    with pytest.raises(ReasonMissing):
        call[event](
            application=application,
            actor=cast.employer,
            version=application.version,
            reason=" ",
        )


def test_an_old_page_moves_nothing(cast: Cast) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state="viewed"
    )
    take(application, "shortlist", cast.colleague)
    with pytest.raises(steps.AlreadyMoved):
        take(application, "decline", cast.employer)
    application.refresh_from_db()
    assert application.state == "shortlisted"


def test_times_are_offered_three_times_a_day(cast: Cast, set_clock: SetClock) -> None:
    """By whichever colleague; at midnight a new day begins."""
    set_clock("00:00")
    application = make_application(
        cast.seeker, make_posting(cast.organization), state="interview"
    )
    application = take(application, "propose", cast.colleague)
    application = take(application, "propose", cast.employer)
    application = take(application, "postpone", cast.employer)
    set_clock("23:59")
    with pytest.raises(steps.MovedTooOften):
        take(application, "propose", cast.colleague)
    application.refresh_from_db()
    assert application.state == "on_hold"
    set_clock("00:00", days=1)
    assert take(application, "propose", cast.employer).state == "shortlisted"


@pytest.mark.parametrize("state", sorted(ACTIVE_STATES))
def test_leaving_is_possible_from_every_active_state(cast: Cast, state: str) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state=state
    )
    left = take(application, "withdraw", cast.seeker.user)
    assert left.state == "withdrawn"
    assert left.processed_at is not None


def test_leaving_takes_the_consent_back(cast: Cast) -> None:
    application = make_application(cast.seeker, make_posting(cast.organization))
    mine = active_consents_for(cast.seeker.user).filter(scope=application.consent_scope)
    assert mine.exists()
    left = take(application, "withdraw", cast.seeker.user)
    assert not mine.exists()
    assert left.applicant_name != "林小舟"


@pytest.mark.parametrize(
    "event",
    sorted(set(STEPS) - {"view", "accept", "retract", "pick", "undo"}),
)
def test_a_removed_posting_only_lets_people_leave(cast: Cast, event: str) -> None:
    posting = make_posting(cast.organization)
    application = make_application(cast.seeker, posting, state="viewed")
    posting.state = "removed"
    posting.save()
    actor = cast.seeker.user if event == "withdraw" else cast.employer
    if event in {"decline", "withdraw", "give_up_waiting"}:
        assert take(application, event, actor).state in ENDED_STATES
    else:
        with pytest.raises(steps.PostingTakenDown):
            take(application, event, actor)


def test_an_offer_of_a_removed_posting_can_only_be_taken_back(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    application = make_application(cast.seeker, posting, state="offered")
    posting.state = "removed"
    posting.save()
    with pytest.raises(steps.PostingTakenDown):
        take(application, "accept", cast.seeker.user)
    assert take(application, "retract", cast.employer).state == "retracted"


def test_accepting_leaves_other_applications_alone(cast: Cast) -> None:
    other = make_application(cast.seeker, make_posting(cast.organization))
    make_application(cast.seeker, make_posting(cast.organization), state="hired")
    other.refresh_from_db()
    assert other.state == "submitted"


def test_each_step_stands_in_the_seekers_trail(cast: Cast) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state="offered"
    )
    events = AuditEvent.objects.filter(object_id=str(application.public_id))
    assert list(events.order_by("pk").values_list("action", flat=True)) == [
        "application.submit",
        "application.shortlist",
        "application.offer",
    ]
    assert set(events.values_list("subject_id", flat=True)) == {cast.seeker.user_id}
