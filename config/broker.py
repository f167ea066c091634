from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from sqlalchemy.pool import NullPool


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
    return url.startswith(("sqla+", "sqlalchemy+"))


def transport_options(url: str) -> dict[str, Any]:
    if is_on_database(url):
        # A pooled connection would be shared with the worker's forked children.
        return {"poolclass": NullPool}
    if url.startswith(("redis:", "rediss:")):
        # Longer than any task may run, or a slow one would be handed out twice.
        return {"visibility_timeout": 900}
    return {"confirm_publish": True}


def queue_type(url: str) -> str:
    """Quorum queues where the broker has them: they outlive the loss of a node."""
    return "quorum" if url.startswith(("amqp:", "amqps:", "pyamqp:")) else "classic"
