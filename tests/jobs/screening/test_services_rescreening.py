from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError

from jobs.postings.models import Posting
from jobs.postings.services import close_posting
from jobs.screening.models.findings import Finding
from jobs.screening.models.rescreening import RescreenChange, RescreenRun
from jobs.screening.rules.catalogue import default_catalogue
from jobs.screening.services import rescreening
from jobs.screening.services.rescreening import begin_run, read_batch
from tests.cast import Cast
from tests.jobs.screening.make_rescreening import (
    OLD,
    keep_as_read,
    make_blocked,
    make_doubtful,
    make_old,
    read_all,
)


def test_reading_notes_what_would_change_and_changes_nothing(cast: Cast) -> None:
    posting = make_blocked(cast.organization)
    before = Posting.objects.filter(pk=posting.pk).values().get()
    run = read_all()
    change = RescreenChange.objects.get()
    assert (change.effect, change.before, change.after) == ("blocked", "ok", "block")
    assert "col-contact-bombing" in change.rules_added
    assert any("爆通讯录" in q for q in change.quotes["col-contact-bombing"])
    assert (run.state, run.newly_blocked, run.done) == ("ready", 1, 1)
    assert (run.version_from, run.version_to) == (OLD, default_catalogue().version)
    assert Posting.objects.filter(pk=posting.pk).values().get() == before
    assert not Finding.objects.filter(posting=posting, rule="col-contact-bombing")


def test_three_kinds_of_change_are_counted(cast: Cast) -> None:
    make_blocked(cast.organization, state="paused")
    make_doubtful(cast.organization)
    keep_as_read(make_old(cast.organization))
    milder = make_old(cast.organization)
    Posting.objects.filter(pk=milder.pk).update(screening_decision="review")
    run = read_all()
    counts = (run.newly_blocked, run.newly_review, run.cleared)
    assert counts == (1, 1, 1)
    assert run.changes.count() == 3


def test_what_waits_in_the_queue_is_read_but_nobodys_loss(cast: Cast) -> None:
    make_blocked(cast.organization, state="in_review")
    run = read_all()
    assert run.newly_blocked == 0
    assert run.changes.get().posting_state == "in_review"


@pytest.mark.parametrize("state", ["draft", "closed", "expired", "removed"])
def test_what_is_not_live_is_not_read(cast: Cast, state: str) -> None:
    make_blocked(cast.organization, state=state)
    assert begin_run() is None


def test_killed_in_the_middle_it_goes_on_where_it_was(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    postings = [make_blocked(cast.organization) for _ in range(4)]
    run = begin_run()
    assert run is not None
    read_batch(run=run, size=2)
    real, seen = rescreening.compare, []

    def killed(found: Any) -> Any:
        seen.extend(found)
        yield next(iter(real(found)))
        raise KeyboardInterrupt

    monkeypatch.setattr(rescreening, "compare", killed)
    with pytest.raises(KeyboardInterrupt):
        read_batch(run=run, size=1)
    monkeypatch.setattr(rescreening, "compare", real)
    again = read_all()
    assert again.pk == run.pk
    assert [posting.pk for posting in seen] == [postings[2].pk]
    assert (again.done, again.total, again.changes.count()) == (4, 4, 4)


def test_one_run_at_a_time(cast: Cast) -> None:
    make_old(cast.organization)
    assert begin_run() == begin_run()
    with pytest.raises(IntegrityError, match="rescreen_one_at_a_time"):
        RescreenRun.objects.create(version_to="2")


def test_rules_that_change_while_it_reads_end_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_old(cast.organization)
    run = begin_run()
    assert run is not None
    RescreenRun.objects.update(version_to="before this one")
    assert read_batch(run=run) == 0
    run.refresh_from_db()
    assert (run.state, run.reason) == ("cancelled", rescreening.OVERTAKEN)
    newer = begin_run()
    assert newer is not None
    assert newer.pk != run.pk


@pytest.mark.parametrize("state", ["ready", "running"])
def test_a_run_of_older_rules_makes_way(cast: Cast, state: str) -> None:
    make_old(cast.organization)
    older = read_all() if state == "ready" else begin_run()
    assert older is not None
    RescreenRun.objects.update(version_to="before this one")
    newer = begin_run()
    older.refresh_from_db()
    assert older.state == "cancelled"
    assert newer is not None
    assert newer.state == "running"


def test_closed_while_it_reads_is_not_waited_for(cast: Cast) -> None:
    first, second = make_old(cast.organization), make_old(cast.organization)
    run = begin_run()
    assert run is not None
    read_batch(run=run, size=1)
    close_posting(posting=second, actor=cast.employer)
    run = read_all()
    assert (run.state, run.done, run.total) == ("ready", 1, 1)
    assert run.last_posting_id == first.pk


def test_a_fact_asked_for_later_closes_nothing(cast: Cast) -> None:
    posting = make_old(cast.organization, headcount=None)
    change = next(rescreening.compare([posting]))
    assert (change.after, change.effect) == ("review", "review")
    assert "miss-headcount" in change.rules_added


def test_a_fed_posting_is_not_asked_for_facts(cast: Cast) -> None:
    keys = {"source_name": "示例源", "source_id": "1"}
    posting = make_old(cast.organization, headcount=None, **keys)
    changes = list(rescreening.compare([posting]))
    assert not any("miss-headcount" in change.rules_added for change in changes)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        (
            {"state": "sunken", "finished_at": "2026-11-25T00:00:00Z"},
            "rescreen_state_known",
        ),
        ({"state": "ready"}, "rescreen_read_to_the_end"),
    ],
)
def test_the_database_knows_a_run(
    db: None, fields: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        RescreenRun.objects.create(version_to="1", **fields)


def test_who_decides_says_why(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="rescreen_decision_is_explained"):
        RescreenRun.objects.create(version_to="1", applied_by=cast.moderator)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"outcome": "kept"}, "rescreen_outcome_has_a_time"),
        ({"looked_at": "2026-11-25T00:00:00Z"}, "rescreen_look_has_a_person"),
    ],
)
def test_the_database_knows_a_change(
    cast: Cast, fields: dict[str, Any], constraint: str
) -> None:
    make_blocked(cast.organization)
    read_all()
    with pytest.raises(IntegrityError, match=constraint):
        RescreenChange.objects.update(**fields)
