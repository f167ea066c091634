from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.employers.models import Organization
from accounts.identity.models import AuditEvent, OutboxMessage
from jobs.applications.models import Application
from jobs.applications.services import covenant
from jobs.applications.services.covenant import confirm_answering
from jobs.applications.services.deadlines import chase
from jobs.screening.models.sanctions import Sanction
from jobs.screening.services.appeals import decide_appeal, file_appeal
from jobs.screening.services.sanctions import lift_sanction
from tests.cast import Cast
from tests.jobs.applications.make import send, take
from tests.jobs.applications.make_covenant import (
    breach,
    leave_unanswered,
    pauses,
    state_of,
)
from tests.make import make_posting


def confirm(measure: Sanction, cast: Cast) -> Sanction:
    return confirm_answering(measure=measure, actor=cast.employer, now=timezone.now())


def test_the_first_silence_pauses_that_posting_alone(cast: Cast) -> None:
    other = make_posting(cast.organization)
    (posting,) = breach(cast)
    (measure,) = pauses(cast.organization)
    assert (state_of(posting), state_of(other)) == ("paused", "published")
    assert (measure.posting, measure.imposed_by) == (posting, None)
    assert measure.basis == ["response-covenant"]
    assert OutboxMessage.objects.filter(template="screening/measure").exists()


def test_the_applicants_ending_stays_what_it_is(cast: Cast) -> None:
    application = leave_unanswered(make_posting(cast.organization))
    confirm(pauses(cast.organization)[0], cast)
    application.refresh_from_db()
    assert application.state == "no_response"


def test_further_silence_on_a_paused_posting_pauses_nothing_more(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    sent = [send(seeker, posting) for seeker in (cast.seeker, cast.other_seeker)]
    chase(now=sent[1].submitted_at + timedelta(days=14))
    chase(now=sent[1].submitted_at + timedelta(days=15))
    assert len(pauses(cast.organization)) == 1


def test_three_silences_pause_everything(cast: Cast) -> None:
    untouched, strangers = (
        make_posting(organization)
        for organization in (cast.organization, cast.other_organization)
    )
    breach(cast, 3)
    kinds = [measure.posting is None for measure in pauses(cast.organization)]
    assert kinds == [False, False, True]
    assert (state_of(untouched), state_of(strangers)) == ("paused", "published")


def test_silence_of_long_ago_is_not_counted(cast: Cast) -> None:
    breach(cast, 2)
    old = timezone.now() - timedelta(days=60)
    Application.objects.update(processed_at=old)
    breach(cast)
    assert all(measure.posting for measure in pauses(cast.organization))


def test_who_never_promised_has_broken_nothing(cast: Cast) -> None:
    Organization.objects.update(covenant_version="", covenant_accepted_at=None)
    application = leave_unanswered(make_posting(cast.organization))
    assert (application.state, pauses(cast.organization)) == ("no_response", [])


def test_an_ended_posting_is_not_paused_but_counts(cast: Cast) -> None:
    postings = [make_posting(cast.organization) for _ in range(3)]
    for number, posting in enumerate(postings):
        send(cast.seeker, posting)
        posting.state = "filled"
        posting.ended_at = timezone.now()
        posting.save()
        chase(now=timezone.now() + timedelta(days=14, minutes=number))
    (measure,) = pauses(cast.organization)
    assert measure.posting is None


def test_a_pause_that_fails_leaves_the_wait_open(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both or neither: the next hour tries again."""

    def fail(**_values: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(covenant, "impose_sanction", fail)
        application = leave_unanswered(make_posting(cast.organization))
    assert application.state == "submitted"
    assert chase(now=timezone.now() + timedelta(days=15))["closed"] == 1
    assert len(pauses(cast.organization)) == 1


def test_it_opens_again_once_everybody_is_answered(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    late = send(cast.seeker, posting)
    leave_unanswered(posting)
    Application.objects.filter(pk=late.pk).update(
        state="submitted", processed_at=None, version=1
    )
    (measure,) = pauses(cast.organization)
    with pytest.raises(covenant.StillWaiting):
        confirm(measure, cast)
    late.refresh_from_db()
    take(late, "decline", cast.employer)
    assert confirm(measure, cast).state == "lapsed"
    assert state_of(posting) == "published"
    with pytest.raises(covenant.MeasureOver):
        confirm(measure, cast)
    assert AuditEvent.objects.filter(action="covenant.confirmed").count() == 1


def test_the_word_is_taken_twice_then_only_others_open_it(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    for number in range(2):
        leave_unanswered(posting, number)
        Application.objects.update(processed_at=timezone.now() - timedelta(days=61))
        confirm(pauses(cast.organization)[-1], cast)
    leave_unanswered(posting, 2)
    measure = pauses(cast.organization)[-1]
    with pytest.raises(covenant.TooOften):
        confirm(measure, cast)
    later = timezone.now() + timedelta(days=61)
    confirm_answering(measure=measure, actor=cast.employer, now=later)
    assert state_of(posting) == "published"


def test_a_moderator_may_open_it_at_any_time(cast: Cast) -> None:
    (posting,) = breach(cast)
    (measure,) = pauses(cast.organization)
    lift_sanction(sanction=measure, actor=cast.moderator, reason="系统停了两天")
    assert state_of(posting) == "published"
    assert covenant.confirmations(posting) == []


def test_everything_opens_on_an_administrators_new_promise(cast: Cast) -> None:
    open_one = make_posting(cast.organization)
    first, *_rest = breach(cast, 3)
    one, _two, whole = pauses(cast.organization)
    with pytest.raises(covenant.WholeFirst):
        confirm(one, cast)
    for actor in (cast.colleague, cast.other_employer):
        with pytest.raises(covenant.NotTheirs):
            confirm_answering(measure=whole, actor=actor, now=timezone.now())
    before = timezone.now()
    confirm(whole, cast)
    cast.organization.refresh_from_db()
    promised = cast.organization.covenant_accepted_at
    assert promised is not None
    assert promised >= before
    assert cast.organization.covenant_accepted_by == cast.employer
    assert (state_of(open_one), state_of(first)) == ("published", "paused")
    confirm(one, cast)
    assert state_of(first) == "published"


def test_after_a_pause_of_everything_counting_begins_anew(cast: Cast) -> None:
    breach(cast, 3)
    confirm(pauses(cast.organization)[-1], cast)
    breach(cast)
    assert pauses(cast.organization)[-1].posting is not None


@pytest.mark.parametrize("times", [1, 3])
def test_every_pause_can_be_objected_to(cast: Cast, times: int) -> None:
    posting = breach(cast, times)[-1]
    measure = pauses(cast.organization)[-1]
    appeal = file_appeal(
        sanction=measure, actor=cast.employer, text="那天系统坏了，我们回了电话。"
    )
    decide_appeal(appeal=appeal, reviewer=cast.moderator, reverse=True, reason="属实")
    measure.refresh_from_db()
    assert (measure.state, state_of(posting)) == ("reversed", "published")
    assert len(covenant.breaches_of(cast.organization, now=timezone.now())) == 0
