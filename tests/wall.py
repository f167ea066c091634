"""Every page that a test asks for stands outside the wall of care, as in production."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from psycopg.pq import TransactionStatus

from accounts.care.vault.wall import OUTSIDE


def step_outside(role: str = OUTSIDE) -> None:
    """On the driver's connection, so that no test that counts queries counts this one."""
    raw = connection.connection
    if raw is not None and raw.info.transaction_status != TransactionStatus.INERROR:
        raw.execute("SELECT set_config('role', %s, false)", [role])


class OutsideMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Where nothing was asked of the database yet, the test may not ask it at all.
        step_outside()
        try:
            return self.get_response(request)
        finally:
            step_outside("none")
