from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.consent.access import active_consents_for
from accounts.identity.models import OutboxMessage
from jobs.applications.enums import ACTIVE_STATES
from jobs.applications.models import Application
from jobs.applications.services import leaving, steps
from jobs.applications.services.parties import NotInvolved
from tests.cast import Cast
from tests.jobs.applications.make import make_application, send, take
from tests.make import make_posting

KEPT = (
    "state",
    "viewed_at",
    "processed_at",
    "interview_at",
    "interview_place",
    "offer_pay",
    "offer_start",
    "employer_warned_at",
    "submitted_at",
)


def facts(application: Application) -> dict[str, object]:
    row = Application.objects.get(pk=application.pk)
    return {name: getattr(row, name) for name in KEPT}


def notices() -> list[str]:
    rows = OutboxMessage.objects.filter(template="applications/withdrawn")
    return list(rows.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize("state", sorted(ACTIVE_STATES))
def test_undo_restores_the_exact_state(cast: Cast, state: str) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state=state
    )
    before = facts(application)
    left = take(application, "withdraw", cast.seeker.user)
    back = take(left, "undo", cast.seeker.user)
    assert facts(back) == before
    assert back.version == application.version + 2
    mine = active_consents_for(cast.seeker.user).filter(scope=back.consent_scope)
    assert mine.count() == 1
    assert set(notices()) == {"cancelled"}


def test_the_employer_is_told_after_ten_minutes(cast: Cast) -> None:
    application = make_application(cast.seeker, make_posting(cast.organization))
    moment = timezone.now()
    take(application, "withdraw", cast.seeker.user)
    rows = OutboxMessage.objects.filter(template="applications/withdrawn")
    assert rows.count() == 2
    for row in rows:
        assert row.due_at >= moment + timedelta(minutes=10)


def test_leaving_again_after_an_undo_is_told_again(cast: Cast) -> None:
    application = make_application(cast.seeker, make_posting(cast.organization))
    for event in ("withdraw", "undo", "withdraw"):
        application = take(application, event, cast.seeker.user)
    assert sorted(notices()) == ["cancelled", "cancelled", "pending", "pending"]


def test_what_the_employer_sees_ends_at_once_and_comes_back(cast: Cast) -> None:
    application = make_application(cast.seeker, make_posting(cast.organization))
    left = take(application, "withdraw", cast.seeker.user)
    assert not left.is_shared
    back = take(left, "undo", cast.seeker.user)
    assert back.applicant_name == "林小舟"


@pytest.mark.parametrize(("seconds", "works"), [(599, True), (600, False)])
def test_undo_ends_with_the_tenth_minute(cast: Cast, seconds: int, works: bool) -> None:
    application = make_application(cast.seeker, make_posting(cast.organization))
    left = take(application, "withdraw", cast.seeker.user)
    step = left.transitions.get(event="withdraw")
    now = step.at + timedelta(seconds=seconds)
    if works:
        back = leaving.undo_withdrawal(
            application=left, actor=cast.seeker.user, now=now
        )
        assert back.state == "submitted"
    else:
        with pytest.raises(leaving.TooLate):
            leaving.undo_withdrawal(application=left, actor=cast.seeker.user, now=now)
        assert set(notices()) == {"pending"}


@pytest.mark.parametrize("state", ["submitted", "declined", "hired"])
def test_what_was_not_withdrawn_cannot_be_undone(cast: Cast, state: str) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state=state
    )
    with pytest.raises(leaving.TooLate):
        take(application, "undo", cast.seeker.user)


@pytest.mark.parametrize("role", ["other_seeker", "employer", "moderator"])
def test_only_who_left_can_come_back(cast: Cast, role: str) -> None:
    left = make_application(
        cast.seeker, make_posting(cast.organization), state="withdrawn"
    )
    with pytest.raises(NotInvolved):
        take(left, "undo", cast.user(role))


def test_a_newer_application_counts(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    left = make_application(cast.seeker, posting, state="withdrawn")
    send(cast.seeker, posting)
    with pytest.raises(leaving.AppliedAgain):
        take(left, "undo", cast.seeker.user)


def test_nobody_comes_back_to_what_was_taken_down(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    left = make_application(cast.seeker, posting, state="withdrawn")
    posting.state = "removed"
    posting.save()
    with pytest.raises(steps.PostingTakenDown):
        take(left, "undo", cast.seeker.user)
    assert set(notices()) == {"pending"}


def test_after_a_yes_nothing_is_withdrawn_unless_somebody_says_so(cast: Cast) -> None:
    rows = {
        choice: send(cast.seeker, make_posting(cast.organization))
        for choice in ("later", "keep", "withdraw", "")
    }
    hired = make_application(
        cast.seeker, make_posting(cast.organization), state="hired"
    )
    chosen = {row.public_id: choice for choice, row in rows.items() if choice}
    left = leaving.settle_others(
        application=hired, actor=cast.seeker.user, choices=chosen
    )
    assert left == [rows["withdraw"]]
    found = {choice: Application.objects.get(pk=row.pk) for choice, row in rows.items()}
    assert {c: row.state for c, row in found.items()} == {
        "later": "submitted",
        "keep": "submitted",
        "withdraw": "withdrawn",
        "": "submitted",
    }
    assert {c for c, row in found.items() if row.kept_at} == {"keep"}
    step = found["withdraw"].transitions.get(event="withdraw")
    assert step.reason == "have_work"


def test_other_peoples_applications_are_out_of_reach(cast: Cast) -> None:
    theirs = send(cast.other_seeker, make_posting(cast.organization))
    hired = make_application(
        cast.seeker, make_posting(cast.organization), state="hired"
    )
    left = leaving.settle_others(
        application=hired,
        actor=cast.seeker.user,
        choices={theirs.public_id: "withdraw"},
    )
    theirs.refresh_from_db()
    assert (left, theirs.state) == ([], "submitted")
