from __future__ import annotations

from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.care.reports.enums import Audience
from accounts.care.reports.models import FrozenTable
from accounts.care.reports.rules.quarters import Quarter, quarter_of, read_quarter
from accounts.care.reports.words import place_of
from accounts.care.vault.access import team_roles
from accounts.care.vault.models import TeamRole
from accounts.counselors.models import CounselorProfile
from accounts.employers.models import Invitation, Membership
from accounts.identity.models import User

QUARTERS_SHOWN = 8


def tables_of(audience: Audience, quarter: Quarter) -> list[FrozenTable]:
    """In the order of the words; what is measured by a questionnaire comes last."""
    rows = FrozenTable.objects.filter(audience=audience, quarter=quarter.first_day)
    return sorted(rows, key=lambda row: (place_of(row.code), row.code))


def frozen_quarters(audience: Audience) -> list[Quarter]:
    """Newest first."""
    rows = FrozenTable.objects.filter(audience=audience).order_by("-quarter")
    days = rows.values_list("quarter", flat=True).distinct()[:QUARTERS_SHOWN]
    return [Quarter(day.year, (day.month + 2) // 3) for day in days]


def asked_quarter(code: str, found: list[Quarter]) -> Quarter | None:
    """The newest unless one is named; 404 for one that was never frozen."""
    if not code:
        return found[0] if found else None
    quarter = read_quarter(code)
    if quarter not in found:
        raise Http404
    return quarter


def next_freeze() -> Quarter:
    return quarter_of(timezone.now())


def role_to_withdraw(role_id: UUID) -> TeamRole:
    return get_object_or_404(team_roles(), pk=role_id)


def counselors_to_appoint() -> QuerySet[CounselorProfile]:
    """Checked ones, by name."""
    rows = CounselorProfile.objects.verified(now=timezone.now())
    return rows.filter(user__is_active=True).order_by("name", "pk")


def is_linked_to_employer(user: User) -> bool:
    """Works for one, is asked to, or shares an address or a number with who does."""
    addresses = set(
        EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    )
    addresses |= {user.email} if user.email else set()
    same = Q(user=user) | Q(user__email__in=addresses)
    if user.phone:
        same |= Q(user__phone=user.phone)
    if Membership.objects.filter(same, is_active=True).exists():
        return True
    asked = Invitation.objects.filter(
        email__in=addresses, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    return asked.filter(expires_at__gt=timezone.now()).exists()
