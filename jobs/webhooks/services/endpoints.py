from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.employers.models import Organization
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.workflow import TransitionRefused
from jobs.webhooks import emails
from jobs.webhooks.enums import CHOSEN, DeliveryState, EndpointState, OffReason
from jobs.webhooks.models import MOST_ENDPOINTS, Delivery, Endpoint
from jobs.webhooks.rules.addresses import AddressRefused, first_public, target_of, tidy
from jobs.webhooks.rules.signing import OVERLAP, new_secret
from jobs.webhooks.rules.workflow import ADMIN, ENDPOINT, SYSTEM
from jobs.webhooks.services import sending
from jobs.webhooks.services.events import wake_a_worker, write_test


class EndpointRefused(Exception):  # noqa: N818 - reads as the event it is
    """An address that was not taken or a step that was not made; subclasses say why."""


class TooMany(EndpointRefused):
    """The organisation has MOST_ENDPOINTS already."""


class AlreadyThere(EndpointRefused):
    """The organisation has this address already."""


class NotActive(EndpointRefused):
    """Nothing is sent to it now, so it cannot be tried out."""


class SecretMoved(EndpointRefused):
    """Somebody made a new secret since the page was opened."""


def check_address(written: str) -> str:
    """The address as it is kept; raises AddressRefused.

    Looked up here only so that a slip of the pen is seen at once: what counts is the
    look at every sending.
    """
    url = tidy(written)
    target = target_of(url, is_local_allowed=settings.WEBHOOKS_LOCAL)
    if settings.WEBHOOKS_LOCAL:
        return url
    try:
        found = sending.resolve(target.host, target.port)
    except OSError as error:
        raise AddressRefused("unknown") from error
    if first_public(found) is None:
        raise AddressRefused("private")
    return url


@transaction.atomic
def add_endpoint(
    *, organization: Organization, actor: User, url: str, events: Sequence[str]
) -> Endpoint:
    """`url` went through `check_address`. Raises TooMany or AlreadyThere."""
    mine = _all_of(organization)
    if any(one.url == url for one in mine):
        raise AlreadyThere
    endpoint = Endpoint.objects.create(
        organization=organization,
        slot=_free_slot(one.slot for one in mine),
        url=url,
        events=_known(events),
        secret=new_secret(),
        created_by=actor,
    )
    _record("webhooks.added", endpoint, actor)
    return endpoint


@transaction.atomic
def change_endpoint(
    *, endpoint: Endpoint, actor: User, url: str, events: Sequence[str]
) -> Endpoint:
    """What waits goes to the new address. Raises AlreadyThere."""
    others = [one for one in _all_of(endpoint.organization) if one.pk != endpoint.pk]
    if any(one.url == url for one in others):
        raise AlreadyThere
    current = _locked(endpoint)
    if current.url != url:
        # What was learned about the old address says nothing about the new one.
        current.failures, current.rests_until, current.failing_since = 0, None, None
    current.url, current.events = url, _known(events)
    current.save()
    _record("webhooks.changed", current, actor)
    return current


def _all_of(organization: Organization) -> list[Endpoint]:
    """One change to an organisation's addresses at a time."""
    Organization.objects.select_for_update(of=("self",), no_key=True).get(
        pk=organization.pk
    )
    return list(Endpoint.objects.filter(organization=organization))


def _free_slot(taken: Iterable[int]) -> int:
    free = set(range(1, MOST_ENDPOINTS + 1)) - set(taken)
    if not free:
        raise TooMany
    return min(free)


def _known(events: Iterable[str]) -> list[str]:
    chosen = set(events)
    return [kind.value for kind in CHOSEN if kind in chosen]


@transaction.atomic
def new_secret_for(*, endpoint: Endpoint, actor: User, version: int) -> Endpoint:
    """The old one signs too for a day. Raises SecretMoved."""
    current = _locked(endpoint)
    if current.secret_version != version:
        raise SecretMoved
    current.old_secret = current.secret
    current.old_secret_until = timezone.now() + OVERLAP
    current.secret = new_secret()
    current.secret_version += 1
    current.save()
    _record("webhooks.secret_changed", current, actor)
    return current


@transaction.atomic
def pause_endpoint(*, endpoint: Endpoint, actor: User) -> bool:
    """What happens meanwhile is kept and sent later. False where there is no such step."""
    current = _locked(endpoint)
    if not _step(current, "pause", ADMIN):
        return False
    current.save(update_fields=["state"])
    _record("webhooks.paused", current, actor)
    return True


@transaction.atomic
def resume_endpoint(*, endpoint: Endpoint, actor: User) -> bool:
    """Also after the site turned it off; what waited is sent at once, in order."""
    current = _locked(endpoint)
    if not _step(current, "resume", ADMIN):
        return False
    current.off_reason = ""
    current.failures, current.rests_until, current.failing_since = 0, None, None
    current.save()
    waiting = Delivery.objects.filter(endpoint=current, state=DeliveryState.PENDING)
    # What was never tried has its own time: leaving that can still be undone.
    waiting.filter(attempts__gt=0).update(due_at=timezone.now(), attempts=0)
    _record("webhooks.resumed", current, actor)
    wake_a_worker()
    return True


@transaction.atomic
def delete_endpoint(*, endpoint: Endpoint, actor: User) -> None:
    """With its log and with what waits."""
    current = Endpoint.objects.select_for_update(of=("self",)).get(pk=endpoint.pk)
    _record("webhooks.deleted", current, actor)
    current.delete()


@transaction.atomic
def send_test(*, endpoint: Endpoint, actor: User) -> Delivery:
    """Raises NotActive."""
    current = _locked(endpoint)
    if current.state != EndpointState.ACTIVE:
        raise NotActive
    # Whoever tries it out wants to know now, not after the receiver's rest.
    Endpoint.objects.filter(pk=current.pk).update(rests_until=None)
    _record("webhooks.tested", current, actor)
    return write_test(current)


def turn_off(endpoint: Endpoint, reason: OffReason) -> None:
    """Within the caller's transaction, on the locked row; administrators are told."""
    if not _step(endpoint, "turn_off", SYSTEM):
        return
    endpoint.off_reason = reason
    endpoint.save(update_fields=["state", "off_reason"])
    _record("webhooks.turned_off", endpoint, None, reason=str(reason))
    emails.tell_turned_off(endpoint, at=timezone.now())


def _step(endpoint: Endpoint, event: str, actor: str) -> bool:
    try:
        row = ENDPOINT.step(state=endpoint.state, event=event, actor=actor)
    except TransitionRefused:
        return False
    endpoint.state = row.target
    return True


def _locked(endpoint: Endpoint) -> Endpoint:
    held = Endpoint.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("organization").get(pk=endpoint.pk)


def _record(action: str, endpoint: Endpoint, actor: User | None, **detail: str) -> None:
    record_event(
        action=action, actor=actor, on=endpoint, about=actor, detail=dict(detail)
    )


def overlap_ends(endpoint: Endpoint, *, now: datetime) -> datetime | None:
    """Until when the old secret signs too; None once it does not."""
    until = endpoint.old_secret_until
    return until if until is not None and now < until else None
