from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from jobs.postings.models import Posting
from jobs.screening.models.reports import Report
from jobs.screening.models.sanctions import Sanction
from jobs.screening.services.errors import ReviewTaken
from jobs.screening.services.reports import decide_report
from jobs.screening.services.sanctions import impose_sanction
from jobs.screening.services.second_look import confirm_sanction, drop_sanction
from tests.jobs.screening.make_reports import make_report
from tests.make import make_organization, make_posting, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What became of each, all begun at the same moment."""
    barrier, outcomes = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            act()
            outcomes.append("done")
        except ReviewTaken:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_two_decide_one_report() -> None:
    report = make_report(make_posting(make_organization()))
    moderators = [make_user("moderator", email=f"m{n}@example.com") for n in range(2)]
    acts = [
        lambda who=who, outcome=outcome: decide_report(
            report=report,
            reviewer=who,
            outcome=outcome,
            seen="open",
            basis=["fee"],
            note="应聘不能收钱。",
        )
        for who, outcome in zip(moderators, ("removed", "dismissed"), strict=True)
    ]
    assert at_once(*acts) == ["done", "told"]
    assert Report.objects.get().state in {"proposed", "dismissed"}


def test_two_propose_the_same_removal() -> None:
    organization = make_organization()
    posting = make_posting(organization)
    moderators = [make_user("moderator", email=f"m{n}@example.com") for n in range(2)]
    acts = [
        lambda who=who: impose_sanction(
            organization=organization,
            posting=posting,
            kind="removed",
            actor=who,
            basis=["fee"],
            note="应聘不能收钱。",
        )
        for who in moderators
    ]
    assert at_once(*acts) == ["done", "told"]
    assert Sanction.objects.count() == 1


def test_one_confirms_while_another_drops() -> None:
    organization = make_organization()
    sanction = impose_sanction(
        organization=organization,
        posting=make_posting(organization),
        kind="removed",
        actor=None,
        basis=["fee"],
        note="应聘不能收钱。",
    )
    one, two = (make_user("moderator", email=f"m{n}@example.com") for n in range(2))
    outcomes = at_once(
        lambda: confirm_sanction(sanction=sanction, reviewer=one),
        lambda: drop_sanction(sanction=sanction, reviewer=two, reason="没有证据"),
    )
    assert outcomes == ["done", "told"]
    expected = {"in_force": "removed", "dropped": "published"}
    assert Posting.objects.get().state == expected[Sanction.objects.get().state]
