from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from accounts.consent.registry import erase_person, export_person
from accounts.identity.models import AuditEvent, OutboxMessage
from accounts.seekers.models import CompanyBlock
from jobs.applications.enums import InvitationState, InviteRefusal
from jobs.applications.models import Invitation
from jobs.applications.services import invitations
from jobs.applications.services.invitations import InviteRefused
from jobs.applications.services.showing import note_shown
from jobs.applications.tasks import expire_invitations
from jobs.matching.access.candidates import candidates_for
from jobs.postings import services as postings
from tests.cast import Cast
from tests.jobs.applications.clock import SetClock, shanghai
from tests.jobs.applications.make import send
from tests.jobs.applications.make_people import agree, ask, make_visible
from tests.make import make_posting

NOON = "12:00"


@pytest.fixture(autouse=True)
def _day(set_clock: SetClock) -> None:
    set_clock(NOON)


@pytest.fixture
def invited(cast: Cast) -> Invitation:
    agree(cast.seeker)
    return ask(make_posting(cast.organization), cast.seeker, cast.employer)


def refusal(call: Any) -> InviteRefusal:
    with pytest.raises(InviteRefused) as refused:
        call()
    return refused.value.reason


def test_an_invitation_is_told_in_neutral_words(invited: Invitation) -> None:
    told = OutboxMessage.objects.get(template="applications/invited")
    assert told.user == invited.seeker.user
    assert told.due_at == invited.visible_at == shanghai(NOON)
    assert told.expires_at == invited.expires_at
    for word in (invited.posting.title, invited.organization.display_name, "催收"):
        assert word not in told.body + told.subject
    assert str(invited.public_id) in told.body


@pytest.mark.parametrize(
    ("clock", "arrives", "days"),
    [("07:59", "08:00", 0), ("08:00", "08:00", 0), ("22:00", "08:00", 1)],
)
def test_at_night_it_waits_for_eight(
    cast: Cast, clock: str, arrives: str, days: int
) -> None:
    agree(cast.seeker)
    now = shanghai(clock)
    row = ask(make_posting(cast.organization), cast.seeker, cast.employer, now)
    assert row.visible_at == shanghai(arrives, days=days)
    assert row.expires_at == row.visible_at + timedelta(days=14)


def test_asking_twice_is_asking_once(cast: Cast, invited: Invitation) -> None:
    again = ask(invited.posting, cast.seeker, cast.colleague)
    assert again == invited
    assert Invitation.objects.count() == 1
    with pytest.raises(IntegrityError):
        Invitation.objects.create(
            posting=invited.posting,
            organization=invited.organization,
            seeker=invited.seeker,
            invited_by=cast.employer,
            sent_at=invited.sent_at,
            visible_at=invited.visible_at,
            expires_at=invited.expires_at,
            day=invited.day,
            number=2,
        )


@pytest.mark.parametrize("answer", ["decline", "nothing", "see"])
def test_the_next_invitation_waits_whatever_the_answer(
    cast: Cast, invited: Invitation, answer: str, set_clock: SetClock
) -> None:
    """A no must not be told from silence by what is possible after it."""
    who = cast.seeker.user
    if answer == "decline":
        invitations.decline_invitation(invitation=invited, actor=who)
    if answer == "see":
        invitations.see_invitation(invitation=invited, actor=who)
    other = make_posting(cast.organization)
    assert refusal(lambda: ask(other, cast.seeker, cast.employer)) == "waits"
    set_clock(NOON, days=15)
    assert ask(other, cast.seeker, cast.employer).number == 1


def test_ten_a_day_over_all_postings(cast: Cast, set_clock: SetClock) -> None:
    people = [make_visible(number) for number in range(11)]
    rows = [make_posting(cast.organization) for _nr in range(2)]
    for number, person in enumerate(people[:10]):
        ask(rows[number % 2], person, cast.employer)
    last = people[10]
    assert refusal(lambda: ask(rows[0], last, cast.colleague)) == "day_full"
    set_clock(NOON, days=1)
    assert ask(rows[0], last, cast.colleague).number == 1


def test_twenty_wait_for_one_posting_and_a_no_frees_no_place(
    cast: Cast, set_clock: SetClock
) -> None:
    posting = make_posting(cast.organization)
    people = [make_visible(number) for number in range(21)]
    for number, person in enumerate(people[:20]):
        set_clock(NOON, days=number // 10)
        ask(posting, person, cast.employer)
    set_clock(NOON, days=2)
    no = Invitation.objects.get(seeker=people[19])
    invitations.decline_invitation(invitation=no, actor=people[19].user)
    last = people[20]
    assert refusal(lambda: ask(posting, last, cast.employer)) == "posting_full"
    send(people[0], posting)
    assert ask(posting, last, cast.employer).state == "sent"


def test_applying_ends_it_with_the_application(cast: Cast, invited: Invitation) -> None:
    application = send(cast.seeker, invited.posting)
    invited.refresh_from_db()
    assert (invited.state, invited.application) == ("applied", application)
    assert candidates_for(invited.posting, without={cast.seeker.pk}) == []


def test_whoever_applied_to_the_organisation_is_on_none_of_its_lists(
    cast: Cast,
) -> None:
    from jobs.applications.access import not_to_show

    agree(cast.seeker)
    send(cast.seeker, make_posting(cast.organization))
    other = make_posting(cast.organization)
    assert candidates_for(other, without=not_to_show(other)) == []
    assert refusal(lambda: ask(other, cast.seeker, cast.employer)) == "gone"


def test_a_no_is_kept_once_with_its_reason(cast: Cast, invited: Invitation) -> None:
    who = cast.seeker.user
    for reason in ("pay", "far"):
        invitations.decline_invitation(invitation=invited, actor=who, reason=reason)
    invited.refresh_from_db()
    assert (invited.state, invited.pass_reason) == ("declined", "pay")


def test_never_again_ends_all_of_it_and_hides(cast: Cast, invited: Invitation) -> None:
    for _tap in range(2):
        invitations.never_again(invitation=invited, actor=cast.seeker.user)
    block = CompanyBlock.objects.get(profile=cast.seeker)
    assert (block.uscc, block.reason) == (cast.organization.uscc, "chosen")
    invited.refresh_from_db()
    assert invited.state == InvitationState.DECLINED
    assert candidates_for(make_posting(cast.organization)) == []


@pytest.mark.parametrize("event", ["close", "fill"])
def test_what_closes_takes_its_invitations_back(
    cast: Cast, invited: Invitation, event: str
) -> None:
    close = {"close": postings.close_posting, "fill": postings.fill_posting}[event]
    close(posting=invited.posting, actor=cast.employer)
    invited.refresh_from_db()
    assert invited.state == InvitationState.WITHDRAWN
    assert invited.ended_at is not None


def test_a_pause_leaves_them_waiting(cast: Cast, invited: Invitation) -> None:
    postings.pause_posting(posting=invited.posting, actor=cast.employer)
    invited.refresh_from_db()
    assert invited.state == InvitationState.SENT


def test_they_run_out_after_a_fortnight_once(
    invited: Invitation, set_clock: SetClock, capsys: pytest.CaptureFixture[str]
) -> None:
    set_clock("11:59", days=14)
    assert expire_invitations() == 0
    set_clock("12:00", days=14)
    assert [expire_invitations(), expire_invitations()] == [1, 0]
    ended = Invitation.objects.get()
    assert ended.state == InvitationState.EXPIRED
    call_command("expire_invitations")
    assert "0 invitations" in capsys.readouterr().out
    assert Invitation.objects.get().ended_at == ended.ended_at


def test_lists_are_noted_once_a_posting_and_day(
    cast: Cast, set_clock: SetClock
) -> None:
    people = [make_visible(number) for number in range(3)]
    posting = make_posting(cast.organization)

    def look(actor: Any) -> int:
        found = candidates_for(posting)
        return note_shown(posting=posting, actor=actor, candidates=found)

    assert [look(cast.employer), look(cast.colleague)] == [3, 0]
    set_clock("00:30", days=1)
    assert look(cast.colleague) == 3
    events = AuditEvent.objects.filter(action="seeker.profile_shown")
    assert set(events.values_list("subject_id", flat=True)) == {
        person.user_id for person in people
    }
    assert {e.object_id for e in events} == {str(cast.organization.public_id)}


def test_an_export_holds_it_and_an_erasure_ends_it(
    cast: Cast, invited: Invitation
) -> None:
    exported = export_person(cast.seeker.user)["jobs.applications.invitations"]
    assert [row["posting"] for row in exported] == [invited.posting.title]
    invitations.decline_invitation(
        invitation=invited, actor=cast.seeker.user, reason="pay"
    )
    erase_person(cast.seeker.user)
    erase_person(cast.seeker.user)
    invited.refresh_from_db()
    assert (invited.state, invited.pass_reason) == ("declined", "")


def test_nobody_else_answers_for_the_person(cast: Cast, invited: Invitation) -> None:
    for actor in (cast.employer, cast.other_seeker.user):
        invitations.decline_invitation(invitation=invited, actor=actor)
    invited.refresh_from_db()
    assert invited.state == InvitationState.SENT
