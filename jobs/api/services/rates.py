from __future__ import annotations

from datetime import datetime

from django.db import connection

from jobs.api.models import ApiKey
from jobs.api.rules.rates import Standing, standing, window_of

# One statement, so that no two processes count the same request.
_COUNT = """
INSERT INTO jobs_api_ratewindow AS w (key_id, pace, "window", used)
VALUES (%s, %s, %s, 1)
ON CONFLICT (key_id, pace) DO UPDATE SET
    used = CASE WHEN w."window" = EXCLUDED."window" THEN w.used + 1 ELSE 1 END,
    "window" = EXCLUDED."window"
RETURNING used
"""


def count_request(key: ApiKey, pace: str, *, now: datetime) -> Standing:
    """One more; whether that was too often is for the caller to say."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key.pk, pace, window_of(now)])
        (used,) = cursor.fetchone()
    return standing(pace=pace, used=used, now=now)
