from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from accounts.employers.models import Membership, Organization
from accounts.identity.models import User
from accounts.lib.dates import local_day
from accounts.lib.places import find_city
from jobs.postings.enums import PostingState as S
from jobs.postings.models import Posting, PostingRevision, PostingTransition
from jobs.postings.registry import tell_followers
from jobs.postings.rules.workflow import DEFAULT_DAYS_OPEN
from jobs.postings.services import content_of, end_of_day
from jobs.public.demo import content
from jobs.screening.enums import Decision, Verdict
from jobs.screening.models import ReviewDecision
from jobs.screening.services import screen_imported

COPIED = (
    "title",
    "responsibilities",
    "qualifications",
    "education",
    "education_reason",
    "experience_in_place_of_education",
    "experience_years",
    "employment_type",
    "district",
    "street",
    "work_hours",
    "shift",
    "weekly_hours",
    "rest",
    "salary_text",
    "base_salary_min",
    "base_salary_max",
    "pay_min",
    "pay_max",
    "incentive_text",
    "deductions_text",
    "pay_day",
    "probation_months",
    "contract_months",
    "social_insurance",
    "benefits",
    "headcount",
    "channel",
)
CONDUCT = (
    "dials_per_day",
    "third_party_policy",
    "recording",
    "hangup_right",
    "debt_owner",
    "complaint_handling",
    "screening_required",
    "screening_reason",
)
# How each state was reached: (event, actor kind) in order.
SUBMIT = ("submit", "employer")
APPROVE = ("approve", "moderator")
PATHS: dict[S, tuple[tuple[str, str, S], ...]] = {
    S.DRAFT: (),
    S.IN_REVIEW: ((*SUBMIT, S.IN_REVIEW),),
    S.CHANGES_REQUESTED: (
        (*SUBMIT, S.IN_REVIEW),
        ("request_changes", "moderator", S.CHANGES_REQUESTED),
    ),
    S.REJECTED: ((*SUBMIT, S.IN_REVIEW), ("reject", "moderator", S.REJECTED)),
    S.PUBLISHED: ((*SUBMIT, S.IN_REVIEW), (*APPROVE, S.PUBLISHED)),
    S.PAUSED: (
        (*SUBMIT, S.IN_REVIEW),
        (*APPROVE, S.PUBLISHED),
        ("pause", "employer", S.PAUSED),
    ),
    S.FILLED: (
        (*SUBMIT, S.IN_REVIEW),
        (*APPROVE, S.PUBLISHED),
        ("fill", "employer", S.FILLED),
    ),
    S.CLOSED: (
        (*SUBMIT, S.IN_REVIEW),
        (*APPROVE, S.PUBLISHED),
        ("close", "employer", S.CLOSED),
    ),
    S.EXPIRED: (
        (*SUBMIT, S.IN_REVIEW),
        (*APPROVE, S.PUBLISHED),
        ("expire", "system", S.EXPIRED),
    ),
    S.REMOVED: (
        (*SUBMIT, S.IN_REVIEW),
        (*APPROVE, S.PUBLISHED),
        ("remove", "moderator", S.REMOVED),
    ),
}
VERDICTS = {
    "approve": Verdict.APPROVE,
    "request_changes": Verdict.REQUEST_CHANGES,
    "reject": Verdict.REJECT,
    "remove": Verdict.REMOVE,
}
LAST_STEPS = {"pause", "fill", "close", "expire", "remove"}


def load_postings(
    organizations: dict[str, Organization],
    moderators: list[User],
    *,
    now: datetime,
    watch: Callable[[str, int], None],
) -> dict[str, int]:
    """Every advert goes through the real screening; what it blocks stays a draft."""
    rows = content.postings()
    admins = _first_members()
    found = [_posting(row, organizations[row["employer"]], admins, now) for row in rows]
    Posting.objects.bulk_create(found)
    decisions = screen_imported(found, missing_fields=True)
    counts: Counter[str] = Counter()
    for row, posting, decision in zip(rows, found, decisions, strict=True):
        _live(row, posting, decision, moderators, now)
        counts[posting.state] += 1
        watch("postings", 1)
    tell_followers(found)
    return dict(counts)


def _first_members() -> dict[int, User]:
    members = Membership.objects.filter(role="admin").select_related("user")
    return {member.organization_id: member.user for member in members}


def _posting(
    row: dict[str, Any],
    organization: Organization,
    admins: dict[int, User],
    now: datetime,
) -> Posting:
    conduct = row.get("conduct", {})
    city = find_city(row.get("city", ""))
    posting = Posting(
        organization=organization,
        occupation=row.get("occupation_code", ""),
        city_code=city.code if city else "",
        created_by=admins[organization.pk],
        # Screened as on the day it was sent in; _live sets the real last day.
        valid_through=now + timedelta(days=DEFAULT_DAYS_OPEN),
        call_window_start=_clock(conduct.get("call_window_start")),
        call_window_end=_clock(conduct.get("call_window_end")),
    )
    for source, names in ((row, COPIED), (conduct, CONDUCT)):
        for name in names:
            if name in source:
                setattr(posting, name, source[name])
    return posting


def _clock(text: Any) -> time | None:
    return time.fromisoformat(str(text)) if text else None


def _live(
    row: dict[str, Any],
    posting: Posting,
    decision: str,
    moderators: list[User],
    now: datetime,
) -> None:
    """Write the posting's past as if it had been lived, then its dates."""
    wanted = S(row["intended_state"])
    posting.state = S.DRAFT if decision == Decision.BLOCK else wanted
    posted = now - timedelta(days=row.get("posted_days_ago", 1), hours=3)
    _write_history(row, posting, posted, moderators, now)
    last_day = local_day(now) + timedelta(days=row.get("valid_days", 30))
    posting.valid_through = end_of_day(last_day)
    if posting.state != S.DRAFT:
        posting.submitted_at = posted - timedelta(hours=5)
    if any(step[0] == "approve" for step in PATHS[S(posting.state)]):
        posting.published_at = posted
        posting.date_posted = local_day(posted)
    if posting.state in {S.FILLED, S.CLOSED, S.EXPIRED, S.REMOVED, S.REJECTED}:
        posting.ended_at = min(now, posting.valid_through)
    posting.save()


def _write_history(
    row: dict[str, Any],
    posting: Posting,
    posted: datetime,
    moderators: list[User],
    now: datetime,
) -> None:
    PostingRevision.objects.create(
        posting=posting,
        number=1,
        content=content_of(posting),
        changed_by=posting.created_by,
        at=posted - timedelta(days=1),
    )
    moments = {"submit": posted - timedelta(hours=5), "approve": posted}
    came_from, note = S.DRAFT, row.get("review_note", row.get("note_for_demo", {}))
    reason = note if isinstance(note, str) else note.get("zh", "")
    for event, kind, target in PATHS[S(posting.state)]:
        moment = now - timedelta(hours=2) if event in LAST_STEPS else posted
        actor = _actor(kind, posting, moderators)
        said = reason if VERDICTS.get(event, "approve") != "approve" else ""
        PostingTransition.objects.create(
            posting=posting,
            event=event,
            from_state=came_from,
            to_state=target,
            actor=actor,
            actor_kind=kind,
            reason=said,
            at=moments.get(event, moment),
        )
        if event in VERDICTS and actor is not None:
            _decide(posting, event, actor, said, moments.get(event, moment))
        came_from = target


def _actor(kind: str, posting: Posting, moderators: list[User]) -> User | None:
    people = {"employer": posting.created_by, "moderator": moderators[0]}
    return people.get(kind)


def _decide(
    posting: Posting, event: str, reviewer: User, note: str, at: datetime
) -> None:
    ReviewDecision.objects.create(
        posting=posting,
        reviewer=reviewer,
        verdict=VERDICTS[event],
        note=note,
        posting_version=posting.version,
        at=at,
    )
