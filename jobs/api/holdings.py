"""What the privacy centre says about keys that somebody made for their organisation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.consent.descriptions import Holding
from accounts.identity.enums import Kind
from accounts.identity.models import User
from jobs.api.enums import Scope
from jobs.api.models import ApiKey


def export_keys(user: User) -> list[dict[str, Any]]:
    rows = ApiKey.objects.filter(created_by=user).select_related("organization")
    return [
        {
            "organization": row.organization.legal_name,
            "name": row.name,
            "scopes": list(row.scopes),
            "made_at": row.created_at.isoformat(),
            "expires_at": row.expires_at.isoformat(),
            "last_used_at": row.last_used_at.isoformat() if row.last_used_at else None,
        }
        for row in rows.order_by("pk")
    ]


def _count(user: User) -> int:
    return ApiKey.objects.filter(created_by=user).count()


KEYS = Holding(
    area="jobs.api",
    title=_("Keys you made for programs of your organisation"),
    what=_("Their names, what they may do, when they were used last."),
    why=_("So that programs can work in your organisation's name."),
    basis=_("You made them yourself."),
    how_long=_("Until you delete the account. The key itself is not kept."),
    count=_count,
    models=("jobs_api.ApiKey", "jobs_api.StoredAnswer", "jobs_api.RateWindow"),
    url_name="api:keys",
    kinds=(Kind.EMPLOYER,),
    choices={"scopes": dict(Scope.choices)},
)
