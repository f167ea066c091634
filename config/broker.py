from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.utils import timezone
from kombu.transport import TRANSPORT_ALIASES

# A name, so that a process without tasks need not load SQLAlchemy.
TRANSPORT_ALIASES["sqla"] = "config.transport:Transport"


def broker_url(database: Mapping[str, Any]) -> str:
    """Celery's broker on the same PostgreSQL, through kombu's SQLAlchemy transport."""
    user = quote(str(database.get("USER") or "postgres"), safe="")
    password = str(database.get("PASSWORD") or "")
    login = f"{user}:{quote(password, safe='')}" if password else user
    name = quote(str(database["NAME"]), safe="")
    host = str(database.get("HOST") or "")
    if host.startswith("/"):
        address = f"{login}@/{name}?host={quote(host, safe='/')}"
    else:
        port = database.get("PORT") or 5432
        address = f"{login}@{host or 'localhost'}:{port}/{name}"
    return f"sqla+postgresql+psycopg://{address}"


def is_on_database(url: str) -> bool:
    return url.startswith("sqla+")


def transport_options(url: str) -> dict[str, Any]:
    if is_on_database(url):
        # The server may have restarted since the last look.
        return {"pool_pre_ping": True}
    if url.startswith(("redis:", "rediss:")):
        # Longer than any task may run, or a slow one would be handed out twice.
        return {"visibility_timeout": 900}
    return {"confirm_publish": True}


def queue_type(url: str) -> str:
    """Quorum queues where the broker has them: they outlive the loss of a node."""
    return "quorum" if url.startswith(("amqp:", "amqps:", "pyamqp:")) else "classic"


def prefetch(url: str) -> int:
    """How many tasks a worker process takes ahead.

    The database is only looked at between pauses, so one at a time would be one task a
    pause; other brokers push.
    """
    return 4 if is_on_database(url) else 1


def forget_delivered(*, now: datetime) -> int:
    """Delete tasks handed out an hour ago; the transport itself keeps them for ever."""
    with connection.cursor() as cursor:
        cursor.execute(
            'DELETE FROM kombu_message WHERE NOT visible AND "timestamp" < %s',
            [timezone.make_naive(now) - timedelta(hours=1)],
        )
        return int(cursor.rowcount)
