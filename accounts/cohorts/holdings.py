"""What the privacy centre says about groups with a code."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.cohorts.models import Cohort, CohortMember, CohortSession
from accounts.cohorts.services.cohorts import CONSENT_VERSION, leave_cohort, scope_of
from accounts.consent.descriptions import Grant, Holding, Recipient, Remainder
from accounts.consent.models import Consent
from accounts.identity.enums import Kind
from accounts.identity.models import User


def _count(user: User) -> int:
    return CohortMember.objects.filter(seeker__user=user).count()


def _count_made(user: User) -> int:
    groups = Cohort.objects.filter(created_by=user).count()
    return groups + CohortSession.objects.filter(created_by=user).count()


MEMBERSHIP = Holding(
    area="accounts.cohorts",
    title=_("Groups with a code"),
    what=_("Which groups you joined, and seats you took at their talks."),
    why=_("So that you are counted, and the group's places and talks reach you."),
    basis=_("You joined with the code yourself."),
    how_long=_(
        "Until you leave the group or delete the account; seats until the talk."
    ),
    count=_count,
    models=("accounts_cohorts.CohortMember", "accounts_cohorts.SessionSeat"),
    url_name="cohorts:mine",
    kinds=(Kind.SEEKER,),
)
MADE = Remainder(
    code="cohorts",
    title=_("Groups and talks that an operator set up"),
    why=_("Others belong to them; whoever set them up is not named any more."),
    how_long=_("At least three years."),
    count=_count_made,
    models=(
        "accounts_cohorts.Cohort",
        "accounts_cohorts.CohortFigure",
        "accounts_cohorts.CohortSession",
    ),
)


def _recipients(consents: Sequence[Consent]) -> dict[int, Recipient]:
    rows = CohortMember.objects.filter(consent__in=[row.pk for row in consents])
    url = reverse("cohorts:mine")
    return {
        row.consent_id: Recipient(row.cohort.label, url)
        for row in rows.select_related("cohort")
    }


def _revoke(user: User, scope: str) -> None:
    rows = CohortMember.objects.filter(seeker__user=user).select_related("cohort")
    for row in rows:
        if scope_of(row.cohort) == scope:
            leave_cohort(member=row, user=user)


COUNTED = Grant(
    words=_(
        "You are counted in this group. Who gave out the code learns totals only, from "
        "ten people on."
    ),
    version=CONSENT_VERSION,
    recipients=_recipients,
    revoke=_revoke,
    ask_again="cohorts:mine",
)
