from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.consent.registry import erase_person, export_person
from accounts.identity.models import User
from accounts.seekers.models import CompanyBlock, SeekerProfile
from accounts.seekers.services import note_change
from jobs.matching.access.matches import ranking_for
from jobs.matching.access.stored import unfinished_run
from jobs.matching.models import MatchFeedback, MatchRun, StoredMatches
from jobs.matching.rules import batch
from jobs.matching.rules.facts import Seeker
from jobs.matching.services import nightly
from jobs.matching.services.nightly import (
    MOST,
    begin_run,
    store_matches,
    work_chunk,
)
from jobs.matching.tasks import recompute_matches
from tests.jobs.matching.make import publish
from tests.make import make_organization, make_seeker

pytestmark = pytest.mark.django_db

STEPS = ["place", "limits", "wanted"]


def looking(number: int = 1, **fields: Any) -> SeekerProfile:
    email = f"looking{number}@example.com"
    return make_seeker(email=email, done_steps=STEPS, **fields)


def work(size: int = nightly.CHUNK) -> MatchRun:
    run = begin_run()
    while work_chunk(run=run, size=size):
        pass
    run.refresh_from_db()
    return run


def stored(profile: SeekerProfile) -> list[str]:
    return [name for name, _score in StoredMatches.objects.get(profile=profile).items]


def test_the_stored_list_is_the_lists_own_first_fifty() -> None:
    organization = make_organization()
    for number in range(MOST + 5):
        publish(organization, pay_max=5500 + 10 * number)
    publish(organization, city_code="5101", title="成都")
    seekers = [
        looking(1),
        looking(2, also_city_codes=["5101"], min_pay=5800),
        looking(3, city_code="5101"),
    ]
    run = work()
    assert (run.total, run.done, run.failed) == (3, 3, 0)
    for profile in seekers:
        best = ranking_for(profile).listing.best(MOST)
        assert stored(profile) == [name for name, _score in best]
    assert [len(stored(profile)) for profile in seekers] == [MOST, MOST, 1]


def test_what_a_seeker_hides_is_not_stored() -> None:
    posting, profile = publish(), looking(1)
    CompanyBlock.objects.create(profile=looking(2), name="青禾", reason="former")
    judged = looking(3)
    MatchFeedback.objects.create(profile=judged, posting=posting, reason="known")
    work()
    assert [len(row.items) for row in StoredMatches.objects.order_by("pk")] == [1, 0, 0]
    assert stored(profile) == [str(posting.public_id)]


def test_only_what_changed_is_made_again() -> None:
    organization = make_organization()
    publish(organization)
    publish(organization, city_code="5101")
    changed, _same, elsewhere = looking(1), looking(2), looking(3, city_code="5101")
    both = looking(4, city_code="1101", also_city_codes=["5101"])
    assert work().done == 4
    assert work().done == 0
    note_change(profile=changed)
    assert work().done == 1
    publish(organization, city_code="5101")
    last = work()
    assert last.done == 2
    made = StoredMatches.objects.filter(run=last).values_list("profile", flat=True)
    assert set(made) == {elsewhere.pk, both.pk}


def test_remote_work_concerns_everybody() -> None:
    organization = make_organization()
    publish(organization)
    profile = looking()
    work()
    remote = publish(organization, city_code="5101", facts={"is_remote": True})
    assert work().done == 1
    assert str(remote.public_id) in stored(profile)


def test_a_run_goes_on_where_it_was_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    publish()
    for number in range(5):
        looking(number)
    run = begin_run()
    assert work_chunk(run=run, size=2) == 2
    make_lists = nightly._make_lists

    def write_and_die(*args: Any) -> int:
        make_lists(*args)
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(nightly, "_make_lists", write_and_die)
        with pytest.raises(SystemExit):
            work_chunk(run=run, size=2)
    assert StoredMatches.objects.filter(made_at__isnull=False).count() == 2
    run.refresh_from_db()
    assert (run.total, run.done, run.failed) == (5, 2, 0)
    assert begin_run().pk == run.pk
    run = work(size=2)
    assert (run.total, run.done, run.failed) == (5, 5, 0)
    assert run.finished_at is not None
    assert all(len(row.items) == 1 for row in StoredMatches.objects.all())


def test_running_twice_changes_nothing() -> None:
    publish()
    profile = looking()
    first = store_matches(profile=profile)
    again = store_matches(profile=profile)
    assert (first.items, first.basis) == (again.items, again.basis)
    assert again.new_since is None
    assert StoredMatches.objects.count() == 1
    assert work().done == 0


def test_who_left_long_ago_or_has_not_answered_is_skipped() -> None:
    publish()
    long_ago = timezone.now() - timedelta(days=91)
    gone, back = looking(1), looking(2)
    SeekerProfile.objects.update(updated_at=long_ago)
    User.objects.filter(pk=back.user_id).update(last_login=timezone.now())
    make_seeker(done_steps=["place"])
    looking(3, city_code="")
    closed = looking(4)
    User.objects.filter(pk=closed.user_id).update(is_active=False)
    assert work().done == 1
    assert StoredMatches.objects.get().profile == back
    assert gone.pk != back.pk


def test_one_bad_seeker_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    publish()
    bad, good = looking(1), looking(2)
    whole = batch.best_for_many

    def best(
        looking: list[tuple[Seeker, Any]], *args: Any, **options: Any
    ) -> Iterator[Any]:
        if any(seeker.id == str(bad.public_id) for seeker, _shards in looking):
            raise ValueError
        return whole(looking, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(nightly, "best_for_many", best)
        run = work()
    assert (run.total, run.done, run.failed) == (2, 1, 1)
    assert run.finished_at is not None
    assert (len(stored(bad)), len(stored(good))) == (0, 1)
    assert work().done == 1
    assert len(stored(bad)) == 1


def test_a_seeker_who_changes_during_a_run_waits_for_the_next() -> None:
    publish()
    profile = looking()
    run = begin_run()
    work_chunk(run=run)
    note_change(profile=profile)
    assert work_chunk(run=run) == 0
    run.refresh_from_db()
    assert run.finished_at is not None
    assert work().done == 1


def test_new_is_what_came_after_the_list_of_an_earlier_day() -> None:
    publish()
    profile = looking()
    work()
    yesterday = timezone.now() - timedelta(days=1)
    StoredMatches.objects.update(made_at=yesterday)
    assert store_matches(profile=profile).new_since == yesterday
    assert store_matches(profile=profile).new_since == yesterday


def test_one_run_at_a_time() -> None:
    begin_run()
    with pytest.raises(IntegrityError), transaction.atomic():
        MatchRun.objects.create(day=timezone.now().date())


def test_the_number_of_queries_does_not_grow(
    django_assert_max_num_queries: Any,
) -> None:
    publish()
    for number in range(20):
        looking(number)
    run = begin_run()
    with django_assert_max_num_queries(14):
        assert work_chunk(run=run) == 20


def test_stored_lists_leave_with_the_person_and_go_along_in_the_copy() -> None:
    posting, profile = publish(), looking()
    assert export_person(profile.user)["jobs.matching"] is None
    store_matches(profile=profile)
    copy = export_person(profile.user)["jobs.matching"]["stored_list"]
    assert copy["postings"][0][0] == str(posting.public_id)
    erase_person(profile.user)
    assert not StoredMatches.objects.exists()


def test_the_task_works_a_chunk_and_sends_itself_until_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish()
    for number in range(3):
        looking(number)
    sent: list[int] = []
    monkeypatch.setattr(recompute_matches, "delay_on_commit", lambda: sent.append(1))
    work_one = work_chunk
    monkeypatch.setattr(nightly, "work_chunk", lambda *, run: work_one(run=run, size=2))
    assert [recompute_matches() for _ in range(3)] == [2, 1, 0]
    assert len(sent) == 2
    run = MatchRun.objects.get()
    assert (run.done, run.finished_at is not None) == (3, True)


def test_the_catch_up_takes_only_what_stands_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish()
    looking()
    monkeypatch.setattr(recompute_matches, "delay_on_commit", lambda: None)
    assert recompute_matches(only_stalled=True) == 0
    assert not MatchRun.objects.exists()
    begin_run()
    assert recompute_matches(only_stalled=True) == 0
    MatchRun.objects.update(moved_at=timezone.now() - timedelta(minutes=6))
    assert recompute_matches(only_stalled=True) == 1


def test_the_command_does_the_whole() -> None:
    publish()
    looking()
    out = StringIO()
    call_command("recompute_matches", stdout=out)
    assert out.getvalue() == "1 lists made, 0 failed.\n"


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_make_one_list_twice() -> None:
    publish()
    for number in range(5):
        looking(number)
    run = begin_run()
    taken, done = Event(), Event()
    mine: list[int] = []

    def hold() -> None:
        with transaction.atomic():
            rows = nightly.next_chunk(run=run, size=2)
            mine.extend(row.pk for row in rows)
            taken.set()
            done.wait(timeout=10)
            nightly.score_chunk(run=run, rows=rows)
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    try:
        assert taken.wait(timeout=10)
        assert work_chunk(run=run) == 3
        assert work_chunk(run=run) == 0
        # Nobody else may say that the run is over while a chunk is held.
        assert unfinished_run() == run
        others = StoredMatches.objects.filter(made_at__isnull=False)
        assert not set(others.values_list("pk", flat=True)) & set(mine)
        # Seekers may write meanwhile: their profiles are not held.
        SeekerProfile.objects.filter(pk__in=mine).update(min_pay=4600)
    finally:
        done.set()
        thread.join()
    assert work_chunk(run=run) == 0
    run.refresh_from_db()
    assert (run.done, run.finished_at is not None) == (5, True)


def test_one_seekers_list_can_be_made_by_itself() -> None:
    publish()
    profile, other = looking(1), looking(2)
    out = StringIO()
    call_command("recompute_matches", seeker=profile.public_id, stdout=out)
    assert "1 postings stored" in out.getvalue()
    assert (len(stored(profile)), StoredMatches.objects.count()) == (1, 1)
    with pytest.raises(CommandError, match="There is no seeker"):
        call_command("recompute_matches", seeker=uuid4())
    assert not StoredMatches.objects.filter(profile=other).exists()
