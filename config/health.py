"""What a load balancer and `make run` ask: is it alive, is it ready?"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.identity.models import Heartbeat
from accounts.lib.health import add_probe
from config.celery import app

OLDEST_HEARTBEAT = timedelta(seconds=60)
PATIENCE_SECONDS = 3
logger = logging.getLogger(__name__)


@login_not_required
@require_safe
@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """The process answers; asks neither the database nor the broker."""
    return JsonResponse({"alive": True})


@login_not_required
@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """Every part with its state; 503 while one of them is missing."""
    parts = {
        "database": _answer(ask_database),
        "broker": _answer(ask_broker),
        "worker": _answer(ask_worker),
    }
    ready = all(part["ok"] for part in parts.values())
    return JsonResponse({"ready": ready} | parts, status=200 if ready else 503)


def _answer(ask: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Never the error's own words: anyone may read this page."""
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 - whatever broke, this part is not ready
        logger.warning("%s failed: %s", ask.__name__, type(error).__name__)
        return {"ok": False}


def ask_database() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return {"ok": cursor.fetchone() == (1,)}


def ask_broker() -> dict[str, Any]:
    """Reach the queue that tasks go to, making it when it is not there yet."""
    queue = app.amqp.queues[app.conf.task_default_queue]
    with app.connection_for_write(connect_timeout=PATIENCE_SECONDS) as broker:
        broker.ensure_connection(max_retries=0, timeout=PATIENCE_SECONDS)
        declared = queue.bind(broker.default_channel).queue_declare()
        waiting = getattr(declared, "message_count", 0)
    return {"ok": True, "waiting": waiting}


def ask_worker() -> dict[str, Any]:
    """A worker wrote a heartbeat lately, so beat, broker and worker all go round."""
    heartbeat = Heartbeat.objects.filter(name="worker").first()
    if heartbeat is None:
        return {"ok": False}
    age = timezone.now() - heartbeat.at
    return {"ok": age <= OLDEST_HEARTBEAT, "seconds_ago": round(age.total_seconds())}


# The operator's console asks the same.
add_probe("broker", ask_broker)
