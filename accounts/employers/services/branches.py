from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.employers.groups import branches_of
from accounts.employers.models import Branch, Organization
from accounts.employers.services.errors import EmployerError
from accounts.identity.models import User
from accounts.identity.services.audit import record_event

FIELDS = ("name", "city_code", "district", "address")
MOST_BRANCHES = 200


class NameTaken(EmployerError):  # noqa: N818 - reads as the event it is
    """Another open branch of the organisation has this name."""


class TooManyBranches(EmployerError):  # noqa: N818 - reads as the event it is
    """As many as one organisation may have."""


def save_branch(
    *,
    organization: Organization,
    actor: User,
    values: Mapping[str, str],
    branch: Branch | None = None,
) -> Branch:
    """A new place, or new words for one; raises NameTaken or TooManyBranches."""
    try:
        with transaction.atomic():
            return _save(organization, actor, values, branch)
    except IntegrityError as error:
        if "branch_named_once" in str(error):
            raise NameTaken from error
        raise


def _save(
    organization: Organization,
    actor: User,
    values: Mapping[str, str],
    branch: Branch | None,
) -> Branch:
    Organization.objects.select_for_update(of=("self",), no_key=True).get(
        pk=organization.pk
    )
    if branch is None and branches_of(organization).count() >= MOST_BRANCHES:
        raise TooManyBranches
    row = branch or Branch(organization=organization)
    for name in FIELDS:
        setattr(row, name, values.get(name, ""))
    row.save()
    record_event(
        action="employers.branch_saved", actor=actor, on=organization, about=actor
    )
    return row


@transaction.atomic
def close_branch(*, branch: Branch, actor: User) -> Branch:
    """Not offered for postings any more; postings that name the place keep it."""
    row = Branch.objects.select_for_update(of=("self",)).get(pk=branch.pk)
    if row.closed_at is None:
        row.closed_at = timezone.now()
        row.save(update_fields=["closed_at"])
        record_event(
            action="employers.branch_closed",
            actor=actor,
            on=row.organization,
            about=actor,
        )
    return row
