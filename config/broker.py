from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote


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
