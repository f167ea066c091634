"""Two small state machines: an address, and one event on its way to it."""

from __future__ import annotations

from accounts.lib.workflow import Workflow, transition
from jobs.webhooks.enums import DeliveryState as D, EndpointState as E

ADMIN = "admin"
SYSTEM = "system"

ENDPOINT = Workflow(
    name="endpoint",
    initial=E.ACTIVE,
    terminal=frozenset(),
    rows=(
        transition("pause", [E.ACTIVE], E.PAUSED, ADMIN),
        transition("resume", [E.PAUSED, E.OFF], E.ACTIVE, ADMIN),
        transition("turn_off", [E.ACTIVE, E.PAUSED], E.OFF, SYSTEM),
    ),
)

DELIVERY = Workflow(
    name="delivery",
    initial=D.PENDING,
    terminal=frozenset(),
    rows=(
        transition("claim", [D.PENDING], D.SENDING, SYSTEM),
        # The worker that held it died: nobody knows whether it arrived.
        transition("release", [D.SENDING], D.PENDING, SYSTEM),
        transition("arrive", [D.SENDING], D.DELIVERED, SYSTEM),
        transition("fail", [D.SENDING], D.PENDING, SYSTEM),
        transition("give_up", [D.SENDING], D.DEAD, SYSTEM),
        transition("send_again", [D.DEAD, D.DELIVERED], D.PENDING, ADMIN),
    ),
)
