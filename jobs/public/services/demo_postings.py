from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from accounts.employers.models import Membership, Organization
from accounts.identity.models import User
from accounts.lib.places import find_city
from jobs.postings.models import Posting
from jobs.postings.registry import tell_followers
from jobs.postings.rules.workflow import DEFAULT_DAYS_OPEN
from jobs.public.demo import content
from jobs.public.services.demo_history import live_through, raised_rules
from jobs.screening.services.submission import screen_imported

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
    "example_base",
    "example_variable",
    "example_deductions",
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
    "screening_stage",
)


def load_postings(
    organizations: dict[str, Organization],
    moderators: list[User],
    *,
    now: datetime,
    watch: Callable[[str, int], None],
) -> dict[str, int]:
    """Every advert goes through the real screening; what it blocks is never published."""
    rows = content.postings()
    admins = _first_members()
    found = [_posting(row, organizations[row["employer"]], admins, now) for row in rows]
    Posting.objects.bulk_create(found)
    screen_imported(found, missing_fields=True)
    rules = raised_rules(found)
    counts: Counter[str] = Counter()
    for place, (row, posting) in enumerate(zip(rows, found, strict=True)):
        live_through(
            row,
            posting,
            rules=rules.get(posting.pk, []),
            moderator=moderators[place % len(moderators)],
            now=now,
        )
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
        # Screened as on the day it was sent in; its history sets the real last day.
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
