"""What stays of operators' work: acts in an office."""

from __future__ import annotations

from django.apps import apps
from django.db.models import ForeignKey
from django.utils.translation import gettext_lazy as _

from accounts.consent.descriptions import Remainder
from accounts.identity.models import User

ACTS = (
    "accounts_identity.FeatureSwitch",
    "accounts_identity.SwitchChange",
    "accounts_identity.Announcement",
    "accounts_identity.OutboxStep",
    "jobs_operations.TaskRun",
    # The admin's own history: nothing is ever written there, it only reads.
    "admin.LogEntry",
)


def _count(user: User) -> int:
    total = 0
    for label in ACTS:
        model = apps.get_model(label)
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.related_model is User:
                total += model._default_manager.filter(**{field.name: user}).count()
    return total


REMAINDER = Remainder(
    code="operations",
    title=_("Work on running the site"),
    why=_("Who switched, started or dropped what has to be traceable."),
    how_long=_("At least three years; runs of tasks 30 days."),
    count=_count,
    models=ACTS,
)
