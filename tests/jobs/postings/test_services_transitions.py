from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.identity.models import AuditEvent, User
from jobs.postings import registry
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.postings.rules.workflow import EMPLOYER, MODERATOR, POSTING, SYSTEM
from jobs.postings.services import (
    LastDayPassed,
    NotVerified,
    ReasonNeeded,
    StepRefused,
    apply_transition,
    close_posting,
    renew_posting,
    resume_posting,
)
from tests.cast import Cast
from tests.make import make_organization, make_posting

EVENTS = sorted({row.event for row in POSTING.rows})
ACTORS = (EMPLOYER, MODERATOR, SYSTEM)
STEP = ("event", "from_state", "to_state", "actor_kind", "reason")


def actor_for(cast: Cast, name: str) -> User | None:
    return {EMPLOYER: cast.employer, MODERATOR: cast.moderator}.get(name)


@pytest.mark.parametrize("state", PostingState.values)
def test_every_step_follows_the_table(cast: Cast, state: str) -> None:
    """Each event by each actor from each state: taken or refused as the table says."""
    for event, actor in product(EVENTS, ACTORS):
        with transaction.atomic():
            posting = make_posting(cast.organization, state=state, **dates_of(state))
            row = POSTING.find(state=state, event=event, actor=actor)
            taken = take(posting, event, actor_for(cast, actor))
            posting.refresh_from_db()
            target = row.target if row else state
            assert (taken, posting.state) == (row is not None, target), (event, actor)
            steps = list(posting.transitions.values_list(*STEP))
            assert steps == ([(event, state, target, actor, "because")] if row else [])
            transaction.set_rollback(True)


def dates_of(state: str) -> dict[str, Any]:
    """What was taken down had been open."""
    now = timezone.now()
    open_once = {"published_at": now, "valid_through": now + timedelta(days=9)}
    return open_once if state == PostingState.REMOVED else {}


def take(posting: Posting, event: str, actor: User | None) -> bool:
    try:
        apply_transition(posting=posting, event=event, actor=actor, reason="because")
    except StepRefused:
        return False
    return True


@pytest.mark.parametrize("event", ["request_changes", "reject", "remove"])
def test_a_refusal_must_be_explained(cast: Cast, event: str) -> None:
    posting = make_posting(cast.organization, state="in_review")
    with pytest.raises(ReasonNeeded):
        apply_transition(posting=posting, event=event, actor=cast.moderator, reason=" ")


@pytest.mark.parametrize("role", ["seeker", "counselor"])
def test_other_kinds_take_no_step(cast: Cast, role: str) -> None:
    posting = make_posting(cast.organization)
    with pytest.raises(StepRefused):
        apply_transition(posting=posting, event="pause", actor=cast.user(role))


def test_a_step_leaves_an_audit_row_and_a_new_version(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    moved = close_posting(posting=posting, actor=cast.employer)
    event = AuditEvent.objects.get(action="posting.close")
    assert event.object_id == str(posting.public_id)
    assert event.detail == {"from": "published", "to": "closed"}
    assert moved.version == posting.version + 1
    assert moved.ended_at is not None


def test_followers_hear_of_a_step_inside_its_transaction(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    posting = make_posting(cast.organization)
    heard: list[str] = []
    monkeypatch.setattr(
        registry, "_followers", [lambda found: heard.extend(p.state for p in found)]
    )
    close_posting(posting=posting, actor=cast.employer)
    assert heard == ["closed"]


def test_a_failing_follower_undoes_the_step(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_found: Any) -> None:
        raise RuntimeError

    posting = make_posting(cast.organization)
    monkeypatch.setattr(registry, "_followers", [fail])
    with pytest.raises(RuntimeError):
        close_posting(posting=posting, actor=cast.employer)
    posting.refresh_from_db()
    assert posting.state == "published"


def test_approval_sets_the_dates(cast: Cast) -> None:
    posting = make_posting(cast.organization, state="in_review")
    moved = apply_transition(posting=posting, event="approve", actor=cast.moderator)
    assert moved.published_at is not None
    assert moved.valid_through is not None
    assert timedelta(days=30) <= moved.valid_through - moved.published_at
    assert moved.is_open()


def test_an_edited_posting_keeps_its_first_date(cast: Cast) -> None:
    first = timezone.now() - timedelta(days=5)
    posting = make_posting(cast.organization, published_at=first)
    apply_transition(posting=posting, event="edit", actor=cast.employer)
    moved = apply_transition(posting=posting, event="approve", actor=cast.moderator)
    assert moved.published_at == first


def test_nothing_past_its_last_day_is_approved(cast: Cast) -> None:
    past = timezone.now() - timedelta(hours=1)
    posting = make_posting(cast.organization, state="in_review", valid_through=past)
    with pytest.raises(LastDayPassed):
        apply_transition(posting=posting, event="approve", actor=cast.moderator)


@pytest.mark.parametrize(
    "fields",
    [
        {"verified": False},
        {"verification_expires_at": timezone.now() - timedelta(days=1)},
        {"verification": "suspended"},
    ],
)
def test_an_unchecked_employer_opens_nothing(
    cast: Cast, fields: dict[str, Any]
) -> None:
    organization = make_organization(uscc="91000000MA1A00307D", **fields)
    posting = make_posting(organization, state="paused")
    with pytest.raises(NotVerified):
        resume_posting(posting=posting, actor=cast.employer)


def expired(cast: Cast, **fields: Any) -> Posting:
    past = timezone.now() - timedelta(days=1)
    return make_posting(
        cast.organization, state="expired", valid_through=past, **fields
    )


def test_a_renewed_posting_is_open_and_new_again(cast: Cast) -> None:
    old = timezone.now() - timedelta(days=31)
    moved = renew_posting(posting=expired(cast, published_at=old), actor=cast.employer)
    assert moved.state == "published"
    assert moved.renewals == 1
    assert moved.published_at is not None
    assert moved.published_at > old
    assert moved.is_open()


def test_the_third_renewal_is_checked_by_a_person(cast: Cast) -> None:
    moved = renew_posting(posting=expired(cast, renewals=2), actor=cast.employer)
    assert (moved.state, moved.renewals) == ("in_review", 3)
    with pytest.raises(StepRefused):
        apply_transition(
            posting=expired(cast, renewals=2), event="renew", actor=cast.employer
        )


@pytest.mark.parametrize("days", [-1, 62])
def test_a_renewal_ends_in_the_next_two_months(cast: Cast, days: int) -> None:
    until = timezone.now() + timedelta(days=days)
    with pytest.raises(LastDayPassed):
        renew_posting(posting=expired(cast), actor=cast.employer, valid_through=until)
