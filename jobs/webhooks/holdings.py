"""What the privacy centre says about notices to an employer's own systems."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.consent.descriptions import Holding, Remainder
from accounts.employers.access import membership_or_none
from accounts.employers.holdings import has_colleagues, is_last_admin
from accounts.identity.enums import Kind
from accounts.identity.models import User
from jobs.applications.models import Application
from jobs.webhooks.enums import UNSETTLED
from jobs.webhooks.models import Delivery, Endpoint, Event


def _added_by(user: User) -> QuerySet[Endpoint]:
    return Endpoint.objects.filter(created_by=user)


def _about(user: User) -> QuerySet[Event]:
    """Of a seeker: that an application came, moved or ended; never who it is from."""
    mine = Application.objects.filter(seeker__user=user).values("public_id")
    return Event.objects.filter(object_kind="application", object_id__in=mine)


def export_webhooks(user: User) -> list[dict[str, Any]]:
    added = [
        {"address": row.url, "at": row.created_at.isoformat()}
        for row in _added_by(user).order_by("pk")
    ]
    told = [
        {"application": str(row.object_id), "told": row.type, "at": row.at.isoformat()}
        for row in _about(user).order_by("pk")
    ]
    return added + told


def _count(user: User) -> int:
    return _added_by(user).count() + _about(user).count()


@transaction.atomic
def forget_webhooks(user: User) -> None:
    """Notices that have arrived go at once; an organisation without people hears no
    more."""
    _about(user).filter(~Exists(_open(OuterRef("pk")))).delete()
    membership = membership_or_none(user)
    if membership and is_last_admin(user) and not has_colleagues(user):
        Endpoint.objects.filter(organization=membership.organization).delete()
    _added_by(user).update(created_by=None)


def _open(event: OuterRef) -> QuerySet[Delivery]:
    return Delivery.objects.filter(event=event, state__in=UNSETTLED)


def _count_waiting(user: User) -> int:
    return _about(user).filter(Exists(_open(OuterRef("pk")))).count()


NOTICES = Holding(
    area="jobs.webhooks",
    title=_("Notices to other systems"),
    what=_(
        "For seekers: when an employer's own system was told that an application came, "
        "moved or ended; never who it is from. For employers: which addresses you added."
    ),
    why=_("So that employers can work with their own systems."),
    basis=_("Needed for what both sides asked for: an application that is answered."),
    how_long=_("Notices: 30 days. Addresses: until the organisation deletes them."),
    count=_count,
    models=(
        "jobs_webhooks.Endpoint",
        "jobs_webhooks.Event",
        "jobs_webhooks.Delivery",
        "jobs_webhooks.Attempt",
    ),
    kinds=(Kind.SEEKER, Kind.EMPLOYER),
)
ADDRESSES = Remainder(
    code="webhooks",
    title=_("Addresses that the organisation's systems listen at"),
    why=_("They belong to the organisation; who added them is forgotten."),
    how_long=_("Until the organisation deletes them."),
    count=lambda user: _added_by(user).count(),
    models=("jobs_webhooks.Endpoint",),
    is_cut_off=True,
)
ON_THEIR_WAY = Remainder(
    code="webhook_notices",
    title=_("Notices about applications that have not arrived yet"),
    why=_("The employer has to learn that the application has ended."),
    how_long=_("Until they arrive, at most 30 days. They name nobody."),
    count=_count_waiting,
    models=(
        "jobs_webhooks.Event",
        "jobs_webhooks.Delivery",
        "jobs_webhooks.Attempt",
    ),
)
