from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.employers.emails import tell_admins
from accounts.employers.enums import GroupState
from accounts.employers.groups import links_of
from accounts.employers.models import GroupLink, Organization
from accounts.employers.rules.groups import GROUP, MOST_OPEN, PARTNER, PROPOSER
from accounts.employers.services.errors import EmployerError, NotNow
from accounts.identity.emails import page
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.workflow import TransitionRefused


class AlreadyLinked(EmployerError):  # noqa: N818 - reads as the event it is
    """The two are linked already, or one has asked the other."""


class SameOrganization(EmployerError):  # noqa: N818 - reads as the event it is
    """An organisation is no group with itself."""


class TooManyLinks(EmployerError):  # noqa: N818 - reads as the event it is
    """More organisations than one group has."""


@transaction.atomic
def propose_link(
    *, organization: Organization, partner: Organization, actor: User
) -> GroupLink:
    """Say that the two belong together; the other's administrators are asked.

    Only checked organisations: nobody writes to others from an account without papers.
    """
    row = Organization.objects.select_for_update(of=("self",), no_key=True).get(
        pk=organization.pk
    )
    if not row.is_verified(now=timezone.now()):
        raise NotNow
    if row.pk == partner.pk:
        raise SameOrganization
    if links_of(row).count() >= MOST_OPEN:
        raise TooManyLinks
    try:
        with transaction.atomic():
            link = GroupLink.objects.create(proposer=row, partner=partner)
    except IntegrityError as error:
        raise AlreadyLinked from error
    _record("employers.group_proposed", actor, row)
    tell_admins(
        partner,
        "employers/group_proposed",
        key=str(link.public_id),
        other=row.display_name,
        link=page("employers:group"),
    )
    return link


@transaction.atomic
def take_link_step(
    *, link: GroupLink, organization: Organization, actor: User, event: str
) -> GroupLink:
    """Confirm, decline, withdraw or end it; raises NotNow for a step there is not."""
    row = (
        GroupLink.objects.select_for_update(of=("self",))
        .select_related("proposer", "partner")
        .get(pk=link.pk)
    )
    side = PROPOSER if row.proposer_id == organization.pk else PARTNER
    try:
        step = GROUP.step(state=row.state, event=event, actor=side)
    except TransitionRefused as refused:
        raise NotNow from refused
    row.state = GroupState(step.target)
    if row.state == GroupState.CONFIRMED:
        row.confirmed_at = timezone.now()
    else:
        row.ended_at = timezone.now()
    row.save()
    _record(f"employers.group_{row.state}", actor, organization)
    if event in {"confirm", "end"}:
        other = row.partner if side == PROPOSER else row.proposer
        tell_admins(
            other,
            f"employers/group_{row.state}",
            key=str(row.public_id),
            other=organization.display_name,
            link=page("employers:group"),
        )
    return row


def _record(action: str, actor: User, organization: Organization) -> None:
    record_event(action=action, actor=actor, on=organization, about=actor)
