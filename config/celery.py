from __future__ import annotations

import os

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

app = Celery("ashore")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def ask_for_a_heartbeat(**_signal: object) -> None:
    """Through the broker and back, so that readiness need not wait for beat."""
    app.send_task("accounts.identity.note_heartbeat")
