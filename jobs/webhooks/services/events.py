"""What happened, written down for other systems in the transaction in which it happens.

Called through the registries of the apps below. An organisation without an address that
wants to hear of it costs one look into a small table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import router, transaction
from django.utils import timezone

from accounts.employers.models import Organization
from jobs.applications.models import ApplicationTransition
from jobs.applications.rules.leaving import undo_until
from jobs.postings.models import PostingTransition
from jobs.webhooks.enums import DeliveryState, EventType, ObjectKind
from jobs.webhooks.models import Delivery, Endpoint, Event
from jobs.webhooks.rules.payloads import (
    body_of,
    of_application_step,
    of_posting_step,
)
from jobs.webhooks.tasks import deliver_webhooks

# A row that is being written about must not be deleted before the commit, or the commit
# fails and takes what happened with it. This lock waits for nothing but a deletion.
_HOLD = """
SELECT * FROM jobs_webhooks_endpoint
WHERE organization_id = ANY(%s) ORDER BY id FOR KEY SHARE
"""


@dataclass(frozen=True, slots=True)
class Happening:
    organization_id: int
    type: EventType
    kind: ObjectKind
    object_id: UUID
    at: datetime
    data: dict[str, Any]
    # Nothing leaves before: what can still be taken back is told afterwards.
    due_at: datetime | None = None


def note_posting_steps(steps: Sequence[PostingTransition]) -> None:
    found = [happening for step in steps if (happening := _of_posting(step))]
    write(found)


def _of_posting(step: PostingTransition) -> Happening | None:
    posting, kind = step.posting, of_posting_step(step.event)
    if kind is None or posting.organization_id is None:
        return None
    data = _thing(ObjectKind.POSTING, posting.public_id, step.to_state)
    return Happening(
        posting.organization_id,
        kind,
        ObjectKind.POSTING,
        posting.public_id,
        step.at,
        data | {"version": posting.version},
    )


def note_application_step(step: ApplicationTransition) -> None:
    """Whoever hides from an employer never applies there: nothing is told of them."""
    application, kind = step.application, of_application_step(step.event)
    if step.event == "undo" and _take_back_withdrawal(application.public_id):
        return
    data = _thing(ObjectKind.APPLICATION, application.public_id, step.to_state)
    more = {"version": application.version, "posting": application.posting.public_id}
    is_leaving = kind == EventType.APPLICATION_WITHDRAWN
    happening = Happening(
        application.organization_id,
        kind,
        ObjectKind.APPLICATION,
        application.public_id,
        step.at,
        data | more,
        due_at=undo_until(step.at) if is_leaving else None,
    )
    write([happening])


def _take_back_withdrawal(application_id: UUID) -> bool:
    """Leaving was undone before anybody was told: then nothing has happened.

    False where there is nothing to take back, or somebody may have been told.
    """
    told = Event.objects.filter(
        object_id=application_id, type=EventType.APPLICATION_WITHDRAWN
    )
    event = told.order_by("-pk").first()
    if event is None:
        return False
    ways = list(event.deliveries.select_for_update(of=("self",)))
    if any(way.state != DeliveryState.PENDING or way.attempts for way in ways):
        return False
    event.delete()
    return True


def note_check(organization: Organization) -> None:
    """The state of the check, its last day, or whether it is being looked at changed."""
    until = organization.verification_expires_at
    data = _thing(
        ObjectKind.ORGANIZATION, organization.public_id, organization.verification
    )
    more = {"verified_until": until, "is_being_checked": organization.waits_for_check}
    happening = Happening(
        organization.pk,
        EventType.VERIFICATION_CHANGED,
        ObjectKind.ORGANIZATION,
        organization.public_id,
        timezone.now(),
        data | more,
    )
    write([happening])


def _thing(kind: ObjectKind, key: UUID, state: str) -> dict[str, Any]:
    return {"object": str(kind), "id": key, "state": state, "url": _api(kind, key)}


def _api(kind: ObjectKind, key: UUID) -> str:
    """Where the API tells more to whoever may know."""
    if kind == ObjectKind.ORGANIZATION:
        return f"{settings.SITE_URL}/api/v1/organisation/verification"
    return f"{settings.SITE_URL}/api/v1/{kind}s/{key}"


@transaction.atomic
def write(happenings: Sequence[Happening]) -> int:
    """One event each, and one delivery for each address that wants it; how many."""
    if not happenings:
        return 0
    listeners = _listeners({one.organization_id for one in happenings})
    pairs = [
        (happening, wanting)
        for happening in happenings
        if (wanting := _wanting(listeners, happening))
    ]
    if not pairs:
        return 0
    events = Event.objects.bulk_create([_event(one) for one, _ in pairs])
    deliveries = [
        _delivery(event, endpoint, happening.due_at)
        for event, (happening, wanting) in zip(events, pairs, strict=True)
        for endpoint in wanting
    ]
    Delivery.objects.bulk_create(deliveries)
    wake_a_worker()
    return len(deliveries)


def write_test(endpoint: Endpoint) -> Delivery:
    """Told to this one address, whatever it listens to."""
    key, now = endpoint.public_id, timezone.now()
    data = {"object": str(ObjectKind.TEST), "id": key, "state": str(endpoint.state)}
    happening = Happening(
        endpoint.organization_id, EventType.TEST, ObjectKind.TEST, key, now, data
    )
    event = _event(happening)
    event.save()
    delivery = _delivery(event, endpoint, None)
    # A test waits for no other, and goes before everything else that is due.
    delivery.object_id, delivery.due_at = event.public_id, endpoint.created_at
    delivery.save()
    wake_a_worker()
    return delivery


def _listeners(organizations: Collection[int]) -> list[Endpoint]:
    primary = Endpoint.objects.using(router.db_for_write(Endpoint))
    return list(primary.raw(_HOLD, [list(organizations)]))


def _wanting(listeners: Iterable[Endpoint], happening: Happening) -> list[Endpoint]:
    return [
        endpoint
        for endpoint in listeners
        if endpoint.organization_id == happening.organization_id
        and happening.type in endpoint.events
    ]


def _event(happening: Happening) -> Event:
    return Event(
        organization_id=happening.organization_id,
        type=happening.type,
        object_kind=happening.kind,
        object_id=happening.object_id,
        body=body_of(happening.type, happening.at, happening.data),
        at=happening.at,
    )


def _delivery(event: Event, endpoint: Endpoint, due_at: datetime | None) -> Delivery:
    now = timezone.now()
    return Delivery(
        event=event,
        endpoint=endpoint,
        object_id=event.object_id,
        due_at=due_at or now,
        created_at=now,
    )


def wake_a_worker() -> None:
    """Only a nudge: the schedule finds the rows even when no broker answers now."""
    transaction.on_commit(deliver_webhooks.delay, robust=True)
