"""Workers side by side, and an employer in the middle of an edit."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from accounts.identity.models import OutboxMessage
from jobs.postings.models import Posting
from jobs.postings.services import lock_posting
from jobs.screening.models.rescreening import RescreenRun
from jobs.screening.services.rescreening import begin_run, read_batch
from jobs.screening.services.rescreening_outcome import (
    FEW_CLOSE,
    carry_out,
    confirm_run,
    work_on_run,
)
from tests.jobs.screening.make_rescreening import make_blocked, read_all
from tests.make import make_member, make_organization

pytestmark = pytest.mark.django_db(transaction=True)


class Holder:
    """Somebody else's transaction that holds a row until it is told to let go."""

    def __init__(self, take: Callable[[], object]) -> None:
        self.taken, self.done = Event(), Event()
        self.thread = Thread(target=self.hold, args=(take,))

    def hold(self, take: Callable[[], object]) -> None:
        with transaction.atomic():
            take()
            self.taken.set()
            self.done.wait(timeout=10)
        connection.close()

    def __enter__(self) -> None:
        self.thread.start()
        assert self.taken.wait(timeout=10)

    def __exit__(self, *_error: object) -> None:
        self.done.set()
        self.thread.join()


def test_two_workers_do_not_read_the_same() -> None:
    make_blocked(make_organization())
    run = begin_run()
    assert run is not None
    with Holder(lambda: RescreenRun.objects.select_for_update().get()):
        assert read_batch(run=run) == 0
    assert read_batch(run=run) == 1


def test_what_somebody_edits_is_left_for_later() -> None:
    posting = make_blocked(make_organization())
    run = confirm_run(run=read_all(), actor=None, reason=FEW_CLOSE)
    with Holder(lambda: lock_posting(posting)):
        assert carry_out(run=run) == 0
    assert RescreenRun.objects.get().state == "applying"
    assert carry_out(run=run) == 1
    assert Posting.objects.get().state == "paused"


def test_two_workers_at_once_pause_and_tell_once() -> None:
    organization = make_organization()
    employer = make_member(organization, role="admin")
    for _ in range(4):
        make_blocked(organization, created_by=employer)
    confirm_run(run=read_all(), actor=None, reason=FEW_CLOSE)

    def work() -> None:
        work_on_run(seconds=60)
        connection.close()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work_on_run(seconds=60)
    assert Posting.objects.filter(state="paused").count() == 4
    assert OutboxMessage.objects.count() == 4
    assert RescreenRun.objects.get().state == "applied"
