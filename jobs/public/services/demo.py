"""Fills an empty database with the demo's people, adverts and stories."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.counselors.models import CounselorProfile
from accounts.employers.enums import OrganizationKind, VerificationState as V
from accounts.employers.models import Membership, Organization
from accounts.employers.rules.covenant import COVENANT_VERSION
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.lib.demo import fill
from accounts.lib.places import find_city
from jobs.alerts.services.percolation import percolate_all
from jobs.applications.services.responses import count_responses
from jobs.public.demo import content
from jobs.public.demo.guide import featured_employers
from jobs.public.services.demo_accounts import make_account
from jobs.public.services.demo_editor import load_editing
from jobs.public.services.demo_feeds import load_feeds
from jobs.public.services.demo_figures import load_figures
from jobs.public.services.demo_helping import load_helping
from jobs.public.services.demo_insights import load_insights
from jobs.public.services.demo_keys import load_keys
from jobs.public.services.demo_operations import load_operations
from jobs.public.services.demo_papers import load_papers
from jobs.public.services.demo_past import load_past
from jobs.public.services.demo_postings import load_postings
from jobs.public.services.demo_reports import load_reports
from jobs.public.services.demo_seekers import load_seekers
from jobs.public.services.demo_team import load_team
from jobs.public.services.demo_webhooks import load_webhooks

VERIFIED_DAYS = 180
Watch = Callable[[str, int], None]


def is_empty() -> bool:
    return not User.objects.exists()


@transaction.atomic
def load_demo(*, watch: Watch) -> dict[str, int]:
    """Everything in one transaction: the demo is there whole, or not at all.

    `watch(what, how_many)` is told about progress.
    """
    now = timezone.now()
    staff = _load_staff()
    organizations = _load_organizations(now, watch)
    _settle_verification(organizations, now)
    load_papers(
        list(organizations.values()),
        list(CounselorProfile.objects.select_related("user")),
        staff["moderators"],
        now=now,
    )
    counts = load_postings(organizations, staff["moderators"], now=now, watch=watch)
    watch("drafts", load_editing(organizations))
    load_seekers(now=now, watch=watch)
    load_past(organizations, now=now)
    # What the worker does within a minute: the saved searches have something to show.
    percolate_all(now=timezone.now)
    load_helping(staff["operators"][0], now=now)
    load_team(now=now)
    load_figures(staff["moderators"], now=now)
    load_feeds(organizations, now=now)
    load_keys(
        [row for slug, row in organizations.items() if slug in featured_employers()],
        now=now,
    )
    watch("reports", load_reports(organizations, staff["moderators"]))
    count_responses(now=now)
    load_operations(staff["operators"][0], now=now)
    load_insights(organizations, now=now)
    _load_webhooks(organizations["haitangwan"], now)
    fill(now)
    return counts


def _load_webhooks(organization: Organization, now: datetime) -> None:
    admin = Membership.objects.filter(organization=organization, role="admin")
    load_webhooks(organization, admin.earliest("pk").user, now=now)


def _load_staff() -> dict[str, list[User]]:
    now = timezone.now()
    checked = now - timedelta(days=21)
    for row in content.people("counselors"):
        waits = row.get("verification") == V.SUBMITTED
        user = make_account(Kind.COUNSELOR, row["email"], row["name"], now)
        CounselorProfile.objects.create(
            user=user,
            name=row["name"],
            scope=row["scope"],
            credential=row["credential"][:120],
            languages=row["languages"],
            about=f"{row['about']}\n\n{row['credential_scope']}",
            is_listed=True,
            verification=V.SUBMITTED if waits else V.VERIFIED,
            submitted_at=now - timedelta(days=1 if waits else 23),
            verified_at=None if waits else checked,
            verification_expires_at=(
                None if waits else checked + timedelta(days=VERIFIED_DAYS)
            ),
        )
    return {
        "moderators": _accounts(Kind.MODERATOR, content.people("moderators"), now),
        "operators": _accounts(Kind.OPERATOR, content.people("operators"), now),
    }


def _accounts(
    kind: Kind, rows: Iterable[dict[str, Any]], joined: datetime
) -> list[User]:
    return [make_account(kind, row["email"], row["name"], joined) for row in rows]


def _load_organizations(now: datetime, watch: Watch) -> dict[str, Organization]:
    found = {}
    for row in content.employers():
        found[row["slug"]] = _organization(row, now)
        watch("employers", 1)
    return found


def _organization(row: dict[str, Any], now: datetime) -> Organization:
    city = find_city(row["city"])
    organization = Organization.objects.create(
        kind=_kind(row),
        uscc=row["uscc"],
        legal_name=row["legal_name"],
        legal_representative=row.get("legal_representative", ""),
        hr_licence_no=_licence(row, "hr_service_licence"),
        dispatch_licence_no=_licence(row, "dispatch_licence"),
        display_name=row["display_name"],
        city_code=city.code if city else "",
        district=row.get("district", ""),
        address=row.get("address", ""),
        size=row.get("size", ""),
        industry=row.get("industry", ""),
        about=row.get("about", ""),
        covenant_version=COVENANT_VERSION,
        covenant_accepted_at=now - timedelta(days=199),
    )
    joined = now - timedelta(days=200)
    for place, member in enumerate(row["members"]):
        user = make_account(
            Kind.EMPLOYER,
            member["email"],
            f"{member['name']} · {organization.display_name}",
            joined,
            one_tap=place == 0 and row["slug"] in featured_employers(),
        )
        Membership.objects.create(
            organization=organization, user=user, role=member["role"]
        )
    return organization


def _licence(row: dict[str, Any], kind: str) -> str:
    numbers = (x["number"] for x in row.get("licences", []) if x["kind"] == kind)
    return str(next(numbers, ""))


def _kind(row: dict[str, Any]) -> OrganizationKind:
    licences = {licence["kind"] for licence in row.get("licences", [])}
    if row.get("account_kind") == "agency":
        return OrganizationKind.AGENCY
    if "dispatch_licence" in licences:
        return OrganizationKind.DISPATCH
    return OrganizationKind.EMPLOYER


def _settle_verification(organizations: dict[str, Organization], now: datetime) -> None:
    for row in content.employers():
        organization = organizations[row["slug"]]
        told = row["verification"]
        decided = now - timedelta(days=told.get("decided_days_ago", 0))
        organization.verification = V(told["state"])
        if "submitted_days_ago" in told:
            organization.submitted_at = now - timedelta(days=told["submitted_days_ago"])
        if "decided_days_ago" in told:
            organization.submitted_at = decided - timedelta(days=2)
            organization.verified_at = decided
            organization.verification_expires_at = decided + timedelta(
                days=VERIFIED_DAYS
            )
        organization.verification_note = told.get("reason", "")
        organization.save()
