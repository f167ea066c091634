"""The same request twice is done once: the second time the first answer is given.

Doing and keeping the answer are one transaction, so a killed process has done neither.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from jobs.api.models import ApiKey, StoredAnswer
from jobs.api.rules.answers import KEPT_FOR, lock_number


class AnswerError(Exception):
    """A repeated request that was not done; subclasses say why."""


class InProgress(AnswerError):  # noqa: N818 - reads as the event it is
    """The first one with this name is being worked on at this moment."""


class NameReused(AnswerError):  # noqa: N818
    """The name stands for another request."""


def begin(
    key: ApiKey, name: str, fingerprint: str, *, now: datetime
) -> StoredAnswer | None:
    """Inside the transaction that will do it: what was answered before, or None.

    The lock lasts until that transaction ends. Raises InProgress, NameReused.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(%s)", [lock_number(key.pk, name)]
        )
        (is_ours,) = cursor.fetchone()
    if not is_ours:
        raise InProgress(name)
    found = StoredAnswer.objects.filter(key=key, name=name).first()
    if found is not None and found.created_at <= now - KEPT_FOR:
        found.delete()
        return None
    if found is not None and found.fingerprint != fingerprint:
        raise NameReused(name)
    return found


def keep(
    key: ApiKey,
    name: str,
    fingerprint: str,
    *,
    status: int,
    headers: dict[str, str],
    body: str,
) -> None:
    StoredAnswer.objects.create(
        key=key,
        name=name,
        fingerprint=fingerprint,
        status=status,
        headers=headers,
        body=body,
    )


def old_answers(*, now: datetime) -> QuerySet[StoredAnswer]:
    return StoredAnswer.objects.filter(created_at__lte=now - KEPT_FOR)


def forget_answers(*, now: datetime) -> int:
    count, _rows = old_answers(now=now).delete()
    return count
