"""What the privacy centre says about reports and about work on this site."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey
from django.utils.translation import gettext_lazy as _

from accounts.consent.descriptions import Holding, Remainder
from accounts.identity.models import User
from jobs.screening.enums import Concern, ReportState
from jobs.screening.models.reports import Report

# Steps of moderators, and of employers against a measure: acts in an office.
ACTS = (
    "jobs_screening.Sanction",
    "jobs_screening.SanctionTransition",
    "jobs_screening.Appeal",
    "jobs_screening.AppealTransition",
    "jobs_screening.ReportTransition",
    "jobs_screening.RescreenRun",
    "jobs_screening.RescreenChange",
    "jobs_screening.ReviewDecision",
    "jobs_screening.SampleAudit",
)


def _count(user: User) -> int:
    return Report.objects.filter(reporter=user).count()


def _count_acts(user: User) -> int:
    total = 0
    for label in ACTS:
        model = apps.get_model(label)
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and _is_person(field):
                total += model._default_manager.filter(**{field.name: user}).count()
    return total


def _is_person(field: ForeignKey[User, User]) -> bool:
    return field.related_model._meta.label == settings.AUTH_USER_MODEL


REPORTS = Holding(
    area="jobs.screening",
    title=_("Reports I sent"),
    what=_("What you reported, your words, and what became of it."),
    why=_("So that bad jobs go, and you hear what happened."),
    basis=_("You sent it for that. No employer ever sees who it was."),
    how_long=_("Three years; cut off from you when you delete the account."),
    count=_count,
    models=("jobs_screening.Report",),
    url_name="reports:mine",
    choices={
        "category": dict(Concern.choices),
        "state": dict(ReportState.choices),
        "outcome": dict(ReportState.choices),
    },
)
REMAINDERS = (
    Remainder(
        code="reports",
        title=_("Reports, cut off from you"),
        why=_("Others are protected by them. Nothing in them leads to you any more."),
        how_long=_("At least three years."),
        count=_count,
        models=("jobs_screening.Report",),
        is_cut_off=True,
    ),
    Remainder(
        code="acts",
        title=_("Decisions and objections in an office"),
        why=_("What was decided about employers and jobs has to be traceable."),
        how_long=_("At least three years."),
        count=_count_acts,
        models=ACTS,
    ),
)
