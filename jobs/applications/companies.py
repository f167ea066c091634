"""What a seeker's own pages say about registered organisations."""

from __future__ import annotations

from accounts.employers.access import (
    find_organizations,
    organizations_named,
    related_to,
)
from accounts.seekers.models import CompanyBlock, SeekerProfile
from accounts.seekers.registry import Company
from jobs.applications.enums import ApplicationState
from jobs.applications.models import Application

MOST_NAMED = 12


class Known:
    """Registered in `accounts.seekers.registry`, which knows no organisations."""

    def find(self, text: str) -> list[Company]:
        return [
            Company(
                name=row.display_name,
                uscc=row.uscc,
                related=tuple(
                    dict.fromkeys(one.display_name for one in related_to(row))
                )[:MOST_NAMED],
            )
            for row in find_organizations(text)
        ]

    def reached_by(self, block: CompanyBlock) -> list[str]:
        meant = organizations_named(uscc=block.uscc, name=block.name)
        rows = [one for row in meant for one in (row, *related_to(row))]
        return list(dict.fromkeys(row.display_name for row in rows))[:MOST_NAMED]

    def readers_of(self, profile: SeekerProfile) -> list[str]:
        sent = Application.objects.filter(
            seeker=profile, consent__withdrawn_at__isnull=True
        ).exclude(state=ApplicationState.WITHDRAWN)
        names = sent.order_by("organization__display_name").values_list(
            "organization__display_name", flat=True
        )
        return list(dict.fromkeys(names))
