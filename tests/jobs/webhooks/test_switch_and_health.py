"""An operator holds notices back, and sees how they stand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.identity.enums import SwitchState
from accounts.identity.services.switches import change_switch
from accounts.lib.health import BAD, FINE, LOOK, Reading
from jobs.webhooks.enums import DeliveryState as D
from jobs.webhooks.health import SECTION
from jobs.webhooks.models import Delivery, Endpoint
from jobs.webhooks.services.deliveries import deliver_due
from tests.cast import Cast
from tests.jobs.webhooks.make import (
    Clock,
    FakeReceiver,
    deliveries,
    happen,
    make_endpoint,
)
from tests.jobs.webhooks.test_services_deliveries import (
    START,
    clock,
    endpoint,
)
from tests.make import make_user

pytestmark = pytest.mark.django_db
__all__ = ["clock", "endpoint"]


def turn(state: SwitchState, version: int) -> None:
    operator = make_user("operator", email=f"operator{version}@example.com")
    change_switch(
        name="webhooks_sending",
        state=state,
        actor=operator,
        note="维护",
        version=version,
    )


def test_held_back_waits_and_goes_once_it_is_open_again(
    cast: Cast, endpoint: Endpoint, clock: Clock
) -> None:
    turn(SwitchState.OFF, 0)
    happen(cast.organization, at=START)
    receiver = FakeReceiver()
    assert deliver_due(now=clock, sender=receiver) == 0
    assert receiver.seen == []
    (way,) = deliveries(endpoint)
    assert (way.state, way.attempts) == (D.PENDING, 0)
    turn(SwitchState.ON, 1)
    assert deliver_due(now=clock, sender=receiver) == 1


def readings() -> dict[str, Reading]:
    found = list(SECTION.read(START + timedelta(hours=2)))
    return {str(reading.label): reading for reading in found}


def test_the_console_sees_what_waits_and_what_fails(
    cast: Cast, endpoint: Endpoint, clock: Clock
) -> None:
    quiet = list(readings().values())
    assert [one.value for one in quiet] == [1, 0, 0, 0, 0]
    assert {one.state for one in quiet} <= {FINE, ""}
    happen(cast.organization, at=START)
    states = [one.state for one in readings().values()]
    assert BAD in states
    # Of an address that fails it is not our fault.
    failing = make_endpoint(cast.organization, cast.employer, failing_since=START)
    Endpoint.objects.filter(pk=endpoint.pk).delete()
    Delivery.objects.filter(endpoint=failing).update(state=D.DEAD)
    found = list(readings().values())
    assert [one.value for one in found][:2] == [1, 1]
    assert found[1].state == LOOK
    assert BAD not in [one.state for one in found]
