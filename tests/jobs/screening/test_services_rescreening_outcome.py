from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command

from accounts.employers.models import Membership
from accounts.identity.models import AuditEvent, OutboxMessage
from jobs.postings.models import Posting
from jobs.postings.services import (
    RULES_CHANGED,
    OpeningRefused,
    close_posting,
    resume_posting,
)
from jobs.screening.models.findings import Finding
from jobs.screening.models.rescreening import RescreenChange, RescreenRun
from jobs.screening.rules.catalogue import default_catalogue
from jobs.screening.services import rescreening_outcome
from jobs.screening.services.errors import (
    NoteMissing,
    OwnOrganization,
    RunNotReady,
    RunOutdated,
)
from jobs.screening.services.rescreening import begin_run
from jobs.screening.services.rescreening_outcome import (
    FEW_CLOSE,
    cancel_run,
    carry_out,
    confirm_run,
    look_at_change,
    work_on_run,
)
from jobs.screening.services.submission import revise_posting
from tests.cast import Cast
from tests.jobs.screening.make_rescreening import (
    keep_as_read,
    make_blocked,
    make_doubtful,
    make_many_lawful,
    make_old,
    read_all,
)
from tests.make import make_posting


def carried_out(cast: Cast) -> RescreenRun:
    run = confirm_run(run=read_all(), actor=cast.moderator, reason="看过了")
    while carry_out(run=run):
        pass
    run.refresh_from_db()
    return run


def test_what_is_blocked_is_paused_explained_and_told(cast: Cast) -> None:
    posting = make_blocked(cast.organization, created_by=cast.employer)
    run = carried_out(cast)
    posting.refresh_from_db()
    assert (posting.state, posting.screening_decision) == ("paused", "block")
    step = posting.transitions.get()
    assert (step.event, step.actor_kind, step.reason) == (
        "pause",
        "system",
        RULES_CHANGED,
    )
    assert Finding.objects.filter(posting=posting, rule="col-contact-bombing").exists()
    message = OutboxMessage.objects.get(user=cast.employer)
    assert message.template == "screening/rules_changed"
    assert str(posting.public_id) in message.body
    assert (run.state, run.applied_by) == ("applied", cast.moderator)
    assert run.changes.get().outcome == "paused"


def test_it_does_not_open_again_before_it_is_mended(cast: Cast) -> None:
    posting = make_blocked(cast.organization)
    carried_out(cast)
    with pytest.raises(OpeningRefused):
        resume_posting(posting=posting, actor=cast.employer)


def test_a_mended_one_goes_to_a_person(cast: Cast) -> None:
    posting = make_blocked(cast.organization, created_by=cast.employer)
    lawful = make_posting(cast.other_organization).responsibilities
    carried_out(cast)
    posting.refresh_from_db()
    revised = revise_posting(
        posting=posting,
        actor=cast.employer,
        fields={"responsibilities": lawful, "valid_through": posting.valid_through},
        version=posting.version,
    )
    assert revised.state == "in_review"
    assert revised.screening_decision != "block"


def test_what_is_doubtful_stays_open_with_its_findings(cast: Cast) -> None:
    posting = make_doubtful(cast.organization)
    carried_out(cast)
    posting.refresh_from_db()
    assert (posting.state, posting.screening_decision) == ("published", "review")
    assert Finding.objects.filter(posting=posting, rule="disc-age").exists()
    assert not OutboxMessage.objects.exists()


def test_a_paused_one_stays_paused_and_is_told(cast: Cast) -> None:
    posting = make_blocked(cast.organization, state="paused", created_by=cast.employer)
    carried_out(cast)
    posting.refresh_from_db()
    assert (posting.state, posting.screening_decision) == ("paused", "block")
    assert not posting.transitions.exists()
    assert OutboxMessage.objects.filter(user=cast.employer).count() == 1


def test_what_comes_out_the_same_counts_as_read(cast: Cast) -> None:
    posting = keep_as_read(make_old(cast.organization))
    before = posting.updated_at
    carried_out(cast)
    posting.refresh_from_db()
    assert posting.catalogue_version == default_catalogue().version
    assert posting.updated_at == before
    assert begin_run() is None


def test_many_that_stay_the_same_are_marked_bit_by_bit(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rescreening_outcome, "_MARKED", 2)
    for _ in range(3):
        keep_as_read(make_old(cast.organization))
    run = confirm_run(run=read_all(), actor=cast.moderator, reason="看过了")
    assert [carry_out(run=run) for _ in range(3)] == [2, 1, 0]
    assert RescreenRun.objects.get().state == "applied"
    assert AuditEvent.objects.filter(action="rescreen.applied").count() == 1


def close(posting: Posting, cast: Cast) -> None:
    close_posting(posting=posting, actor=cast.employer)


def mend(posting: Posting, cast: Cast) -> None:
    lawful = make_posting(cast.other_organization).responsibilities
    revise_posting(
        posting=posting,
        actor=cast.employer,
        fields={"responsibilities": lawful},
        version=posting.version,
    )


@pytest.mark.parametrize(
    ("meanwhile", "state"), [(close, "closed"), (mend, "in_review")]
)
def test_what_changed_meanwhile_is_passed_over(
    cast: Cast, meanwhile: Callable[[Posting, Cast], None], state: str
) -> None:
    posting = make_blocked(cast.organization)
    run = read_all()
    meanwhile(posting, cast)
    confirm_run(run=run, actor=cast.moderator, reason="看过了")
    carry_out(run=run)
    assert run.changes.get().outcome == "passed"
    posting.refresh_from_db()
    assert posting.state == state
    assert not OutboxMessage.objects.filter(template="screening/rules_changed")


def test_carried_out_twice_does_nothing_twice(cast: Cast) -> None:
    make_blocked(cast.organization, created_by=cast.employer)
    run = carried_out(cast)
    assert carry_out(run=run) == 0
    assert OutboxMessage.objects.count() == 1


def test_cut_off_in_the_middle_it_is_carried_out_to_the_end(cast: Cast) -> None:
    for _ in range(3):
        make_blocked(cast.organization)
    run = confirm_run(run=read_all(), actor=cast.moderator, reason="看过了")
    assert carry_out(run=run, limit=1) == 1
    assert RescreenRun.objects.get().state == "applying"
    work_on_run(seconds=60)
    assert RescreenRun.objects.get().state == "applied"
    assert Posting.objects.filter(state="paused").count() == 3


def test_few_are_closed_at_night_without_a_word(cast: Cast) -> None:
    posting = make_blocked(cast.organization)
    make_many_lawful(cast.organization, 49)
    assert work_on_run(seconds=60) is False
    run = RescreenRun.objects.get()
    assert (run.state, run.reason, run.applied_by) == ("applied", FEW_CLOSE, None)
    posting.refresh_from_db()
    assert posting.state == "paused"


def test_many_wait_for_a_person(cast: Cast) -> None:
    posting = make_blocked(cast.organization)
    make_many_lawful(cast.organization, 48)
    for _ in range(2):
        assert work_on_run(seconds=60) is False
        assert RescreenRun.objects.get().state == "ready"
    posting.refresh_from_db()
    assert posting.state == "published"


def test_out_of_time_there_is_more_to_do(cast: Cast) -> None:
    make_old(cast.organization)
    assert work_on_run(seconds=-1) is True
    assert work_on_run(seconds=60) is False


def test_a_word_needs_a_reason(cast: Cast) -> None:
    make_blocked(cast.organization)
    run = read_all()
    for decide in (confirm_run, cancel_run):
        with pytest.raises(NoteMissing):
            decide(run=run, actor=cast.moderator, reason="  ")


def test_of_two_words_the_second_is_refused(cast: Cast) -> None:
    posting = make_blocked(cast.organization)
    run = read_all()
    cancel_run(run=run, actor=cast.moderator, reason="规则写错了")
    with pytest.raises(RunNotReady):
        confirm_run(run=run, actor=cast.operator, reason="可以")
    posting.refresh_from_db()
    assert posting.state == "published"


def test_what_was_cancelled_is_not_begun_again_every_night(cast: Cast) -> None:
    make_blocked(cast.organization)
    cancel_run(run=read_all(), actor=cast.moderator, reason="规则写错了")
    assert begin_run() is None
    assert begin_run(again=True) is not None


def test_older_rules_are_not_carried_out(cast: Cast) -> None:
    make_blocked(cast.organization)
    run = read_all()
    RescreenRun.objects.update(version_to="before this one")
    with pytest.raises(RunOutdated):
        confirm_run(run=run, actor=cast.moderator, reason="可以")


def test_a_look_is_noted_once(cast: Cast) -> None:
    make_doubtful(cast.organization)
    carried_out(cast)
    change = RescreenChange.objects.get()
    look_at_change(change=change, actor=cast.moderator)
    again = look_at_change(change=change, actor=cast.operator)
    assert again.looked_by == cast.moderator
    assert AuditEvent.objects.filter(action="rescreen.looked").count() == 1


def test_nobody_looks_at_their_own(cast: Cast) -> None:
    make_doubtful(cast.organization)
    carried_out(cast)
    Membership.objects.create(organization=cast.organization, user=cast.moderator)
    with pytest.raises(OwnOrganization):
        look_at_change(change=RescreenChange.objects.get(), actor=cast.moderator)


def test_the_command_shows_and_changes_nothing(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    posting = make_blocked(cast.organization)
    call_command("rescreen_postings")
    told = capsys.readouterr().out
    assert "1 would be taken down" in told
    assert "col-contact-bombing: 1 more (1 taken down)" in told
    assert "爆通讯录" in told
    assert not RescreenRun.objects.exists()
    posting.refresh_from_db()
    assert posting.state == "published"


def test_the_command_carries_out_when_told(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        make_blocked(cast.organization)
    call_command("rescreen_postings", "--apply", "--limit", "2")
    assert "Stopped after 2 of 3" in capsys.readouterr().out
    assert Posting.objects.filter(state="paused").count() == 0
    call_command("rescreen_postings", "--apply")
    assert "Done" in capsys.readouterr().out
    assert Posting.objects.filter(state="paused").count() == 3


def test_the_command_has_nothing_to_do_twice(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    make_old(cast.organization)
    call_command("rescreen_postings", "--apply")
    call_command("rescreen_postings", "--apply")
    assert "already" in capsys.readouterr().out
