from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from accounts.identity.models import AuditEvent
from jobs.postings.models import Posting, PostingTransition
from jobs.screening.enums import Verdict
from jobs.screening.models.review import ReviewDecision
from jobs.screening.models.samples import SampleAudit
from jobs.screening.models.transparency import TransparencyCount
from jobs.screening.services.submission import submit_posting
from jobs.screening.services.transparency import count_month, count_transparency
from tests.cast import Cast
from tests.jobs.screening.make import BAD, make_draft
from tests.make import make_posting

OCTOBER = date(2026, 10, 1)
# Midnight in Shanghai at either end.
FIRST = datetime(2026, 9, 30, 16, 0, tzinfo=UTC)
AFTER = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)


def figure(measure: str, rule: str = "") -> int:
    found = TransparencyCount.objects.filter(
        month=OCTOBER, measure=measure, rule=rule
    ).first()
    return found.value if found else 0


def step(posting: Posting, event: str, at: datetime, **fields: Any) -> None:
    target = {"submit": "in_review", "approve": "published", "reject": "rejected"}
    PostingTransition.objects.create(
        posting=posting,
        event=event,
        to_state=target.get(event, event),
        actor_kind=fields.pop("kind", "moderator"),
        at=at,
        **fields,
    )


def test_what_happened_in_the_month_is_counted(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    step(posting, "submit", FIRST)
    step(posting, "approve", AFTER - timedelta(seconds=1))
    step(posting, "remove", AFTER)
    step(posting, "approve", FIRST - timedelta(seconds=1))
    count_month(OCTOBER)
    found = {name: figure(name) for name in ("screened", "published", "removed")}
    assert found == {"screened": 1, "published": 1, "removed": 0}


def test_the_time_to_a_decision_is_the_middle_one(cast: Cast) -> None:
    for hours in (2, 30, 4):
        posting = make_posting(cast.organization)
        step(posting, "submit", FIRST - timedelta(days=9), kind="employer")
        step(posting, "submit", FIRST + timedelta(hours=1), kind="employer")
        step(posting, "approve", FIRST + timedelta(hours=1 + hours))
    by_machine = make_posting(cast.organization)
    step(by_machine, "submit", FIRST, kind="system")
    step(by_machine, "approve", FIRST, kind="system")
    count_month(OCTOBER)
    assert (figure("decided"), figure("minutes")) == (3, 240)


def test_rules_are_counted_once_for_each_posting(cast: Cast) -> None:
    with time_machine.travel(FIRST + timedelta(days=3), tick=False):
        draft = make_draft(cast.organization, responsibilities=BAD)
        for _ in range(2):
            submit_posting(posting=draft, actor=cast.employer)
        refused = make_posting(cast.organization, state="in_review")
        ReviewDecision.objects.create(
            posting=refused,
            reviewer=cast.moderator,
            verdict=Verdict.REJECT,
            rules=["disc-age", "col-contact-bombing"],
            note="不行",
            posting_version=1,
        )
        fed = make_posting(cast.organization, state="rejected")
        reason = "screening: col-contact-bombing, pay-no-base"
        step(fed, "reject", datetime.now(UTC), kind="system", reason=reason)
    count_month(OCTOBER)
    assert figure("by_rule", "col-contact-bombing") == 3
    assert figure("by_rule", "disc-age") == 1
    assert figure("by_rule", "pay-no-base") == 1
    assert figure("screened") == 1
    assert AuditEvent.objects.filter(action="posting.blocked").count() == 2


def test_good_signs_stop_nothing(cast: Cast) -> None:
    with time_machine.travel(FIRST + timedelta(days=3), tick=False):
        AuditEvent.objects.create(
            action="posting.blocked",
            object_id="x",
            detail={"rules": ["pos-worker-care", "no-such-rule", "disc-age"]},
        )
    count_month(OCTOBER)
    rules = TransparencyCount.objects.filter(measure="by_rule")
    assert [row.rule for row in rules] == ["disc-age"]


def test_samples_count_for_their_month(cast: Cast) -> None:
    for result in ("fine", "problem", ""):
        SampleAudit.objects.create(
            posting=make_posting(cast.organization),
            month=OCTOBER,
            result=result,
            reviewer=cast.moderator if result else None,
            at=AFTER if result else None,
            note="不对",
        )
    count_month(OCTOBER)
    assert (figure("sampled"), figure("sample_problems")) == (2, 1)


def test_counting_twice_gives_the_same(cast: Cast) -> None:
    step(make_posting(cast.organization), "approve", FIRST)
    for _ in range(2):
        count_month(OCTOBER)
    assert TransparencyCount.objects.filter(measure="published").count() == 1


@time_machine.travel("2026-11-25T02:00:00Z", tick=False)
def test_each_day_only_the_last_month_is_counted_anew(cast: Cast) -> None:
    assert count_transparency() == 12
    late = datetime(2026, 10, 3, tzinfo=UTC)
    step(make_posting(cast.organization), "approve", late)
    assert count_transparency() == 1
    assert figure("published") == 1


@time_machine.travel("2026-11-25T02:00:00Z", tick=False)
def test_the_command_counts_all_months_anew(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("count_transparency")
    call_command("count_transparency", "--again")
    assert capsys.readouterr().out.count("12 months counted.") == 2
