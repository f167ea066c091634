from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.identity.models import User
from jobs.postings.models import Posting
from jobs.screening.enums import Verdict
from jobs.screening.models.review import ReviewDecision
from jobs.screening.services.errors import ReviewTaken
from jobs.screening.services.review import decide_review
from tests.jobs.screening.make import make_draft
from tests.make import make_organization, make_user


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_one_wins() -> None:
    posting = make_draft(make_organization(), state="in_review")
    moderators = [make_user("moderator", email=f"m{n}@example.com") for n in range(2)]
    barrier, outcomes = Barrier(2), []

    def decide(reviewer: User, verdict: Verdict) -> None:
        barrier.wait()
        try:
            decide_review(
                posting=posting,
                reviewer=reviewer,
                verdict=verdict,
                version=posting.version,
                note="看过了",
            )
            outcomes.append(verdict.value)
        except ReviewTaken:
            outcomes.append("told")
        finally:
            connection.close()

    verdicts = [Verdict.APPROVE, Verdict.REJECT]
    threads = [
        Thread(target=decide, args=pair)
        for pair in zip(moderators, verdicts, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes)[-1] == "told"
    assert ReviewDecision.objects.count() == 1
    winner = ReviewDecision.objects.get().verdict
    assert Posting.objects.get().state == {"approve": "published"}.get(
        winner, "rejected"
    )
