from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.care.reports.enums import Audience, Unit
from accounts.care.reports.models import FrozenTable
from accounts.care.reports.rules.quarters import Quarter
from accounts.care.vault.enums import Role
from accounts.care.vault.models import TeamRole
from tests.access import check_access
from tests.cast import Cast

pytestmark = pytest.mark.django_db
QUARTER = Quarter(2026, 3)


@pytest.fixture
def lead(cast: Cast) -> TeamRole:
    FrozenTable.objects.create(
        quarter=QUARTER.first_day,
        audience=Audience.LEAD,
        code="levels",
        unit=Unit.COUNT,
        rows=["red"],
        columns=["kept"],
        cells=[[12, 12], [12, 12]],
    )
    return TeamRole.objects.create(counselor=cast.counselor, role=Role.SUPERVISOR)


@pytest.mark.parametrize("name", ["care_reports:figures", "care_reports:team"])
def test_figures_and_team_are_for_who_runs_the_site(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), {"operator": 200})


def test_the_report_is_for_the_lead_counselor(cast: Cast, lead: TeamRole) -> None:
    check_access(cast, reverse("care_reports:service"), {"counselor": 200})
    url = reverse("care_reports:service_csv", args=[QUARTER.code])
    check_access(cast, url, {"counselor": 200})


def test_who_keeps_the_calendars_does_not_read_it(cast: Cast, lead: TeamRole) -> None:
    TeamRole.objects.create(counselor=cast.other_counselor, role=Role.SCHEDULER)
    check_access(cast, reverse("care_reports:service"), {"counselor": 200})


def test_a_role_that_ended_opens_nothing(cast: Cast, lead: TeamRole) -> None:
    lead.ended_at = timezone.now()
    lead.save()
    check_access(cast, reverse("care_reports:service"), {})


def test_a_check_that_ran_out_opens_nothing(cast: Cast, lead: TeamRole) -> None:
    cast.counselor.verification_expires_at = timezone.now()
    cast.counselor.save()
    check_access(cast, reverse("care_reports:service"), {})


def test_only_who_runs_the_site_ends_a_role(cast: Cast, lead: TeamRole) -> None:
    url = reverse("care_reports:withdraw", args=[lead.pk])
    check_access(cast, url, {"operator": 302}, method="post")
