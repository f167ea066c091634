"""How many notices a second one worker delivers to a receiver on the same machine.

    DATABASE_URL=… python -m tests.jobs.webhooks.bench [how many]

Works in a database of its own (test_…), which is taken away afterwards.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")


def main(count: int) -> None:
    import django
    from django.test.utils import get_runner, setup_test_environment

    django.setup()
    setup_test_environment()
    from django.conf import settings

    settings.WEBHOOKS_LOCAL = True
    runner: Any = get_runner(settings)(verbosity=0, interactive=False)
    config = runner.setup_databases()
    try:
        measure(count)
    finally:
        runner.teardown_databases(config)


def measure(count: int) -> None:
    from django.utils import timezone

    from jobs.webhooks.models import Delivery
    from jobs.webhooks.services.deliveries import deliver_due
    from tests.jobs.webhooks.make import happen, local_receiver, make_endpoint
    from tests.make import make_organization

    organization = make_organization()
    with local_receiver() as receiver:
        for number in range(5):
            make_endpoint(organization, url=f"{receiver.url}&n={number}")
        begun = time.perf_counter()
        for _ in range(count // 5):
            happen(organization, about=uuid4(), at=timezone.now())
        wrote = time.perf_counter() - begun
        begun, busy, arrived = time.perf_counter(), time.process_time(), 0
        while Delivery.objects.exclude(state="delivered").exists():
            arrived += deliver_due(now=timezone.now)
        took, busy = time.perf_counter() - begun, time.process_time() - busy
    print(  # noqa: T201 - a figure for the person at the terminal
        f"{count // 5} events to 5 addresses written in {wrote:.1f} s "
        f"({wrote / (count // 5) * 1000:.1f} ms an event); "
        f"{arrived} notices delivered in {took:.1f} s: {arrived / took:.0f} a second, "
        f"{busy / arrived * 1000:.1f} ms of this process each, receiver included"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
