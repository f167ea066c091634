from __future__ import annotations

import logging
import os

from celery import Celery
from celery.signals import (
    beat_init,
    setup_logging,
    worker_init,
    worker_process_init,
    worker_ready,
)
from django.utils import timezone

from config import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

logger = logging.getLogger(__name__)

app = Celery("ashore")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def leave_logging_to_django(**_signal: object) -> None:
    """With a receiver Celery keeps its hands off; the settings' LOGGING holds."""


@worker_process_init.connect
def forget_connections(**_signal: object) -> None:
    if broker.is_on_database(app.conf.broker_url):
        from config import transport

        transport.forget_connections()


@worker_init.connect
def stay_outside_the_wall(**_signal: object) -> None:
    from accounts.care.vault.wall import stay_outside

    stay_outside()


@worker_ready.connect
def ask_for_a_heartbeat(**_signal: object) -> None:
    """Through the broker and back, so that readiness need not wait for beat."""
    logger.info("ready for tasks")
    app.send_task("accounts.identity.note_heartbeat")


@beat_init.connect
def tell_that_beat_is_ready(**_signal: object) -> None:
    logger.info("ready, %d tasks on the schedule", len(app.conf.beat_schedule))


@app.task(name="config.forget_delivered_tasks")
def forget_delivered_tasks() -> int:
    return broker.forget_delivered(now=timezone.now())
