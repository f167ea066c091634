"""Ways to begin a posting: empty, from a template, as a copy."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction

from accounts.employers.models import Organization
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib import dates
from jobs.editor.role_templates import RoleTemplate
from jobs.postings import services as postings
from jobs.postings.branches import name_branch
from jobs.postings.models import Posting
from jobs.postings.rules.content import CONTENT_FIELDS
from jobs.postings.rules.workflow import DEFAULT_DAYS_OPEN

# A copy has a last day of its own.
_OWN = frozenset({"valid_through"})


def _open_for() -> dict[str, Any]:
    """The usual time; the last page asks for another."""
    last = dates.today() + timedelta(days=DEFAULT_DAYS_OPEN)
    return {"valid_through": postings.end_of_day(last)}


def begin_empty(*, organization: Organization, actor: User, title: str) -> Posting:
    return postings.create_draft(
        organization=organization,
        actor=actor,
        fields={"title": title, "city_code": organization.city_code} | _open_for(),
    )


def begin_from_template(
    *, organization: Organization, actor: User, template: RoleTemplate, language: str
) -> Posting:
    fields = template.fields(language) | {"city_code": organization.city_code}
    fields |= _open_for()
    return postings.create_draft(organization=organization, actor=actor, fields=fields)


@transaction.atomic
def duplicate_posting(*, posting: Posting, actor: User) -> Posting:
    """A draft with the same words; what became of the first one does not matter."""
    if posting.organization is None:
        raise postings.NotEditable(f"posting {posting.pk} is nobody's here")
    fields = {name: getattr(posting, name) for name in CONTENT_FIELDS - _OWN}
    fields |= _open_for()
    made = postings.create_draft(
        organization=posting.organization, actor=actor, fields=fields
    )
    if posting.branch is not None and posting.branch.closed_at is None:
        name_branch(posting=made, actor=actor, branch=posting.branch, fill=False)
    record_event(
        action="posting.duplicate",
        actor=actor,
        on=made,
        detail={"of": str(posting.public_id)},
    )
    return made
