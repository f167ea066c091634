"""A copy of everything held about a person: asked for, made by area, fetched, deleted."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from accounts.consent import document, emails
from accounts.consent.enums import UNFINISHED_EXPORTS, ExportState
from accounts.consent.models import DataExport, ExportPart
from accounts.consent.registry import exporters
from accounts.consent.rules.workflow import (
    CLAIM_SECONDS,
    EXPORT,
    EXPORTS_A_DAY,
    KEPT_FOR,
    MOST_ATTEMPTS,
    PERSON,
    SYSTEM,
    may_claim,
)
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.crypto import decrypt_bytes, encrypt_bytes
from accounts.lib.workflow import TransitionRefused

logger = logging.getLogger(__name__)


class TooManyExports(TransitionRefused):
    """As many copies as one day allows."""


class ExportGone(TransitionRefused):
    """Not ready, or deleted again."""


@transaction.atomic
def request_export(*, user: User) -> tuple[DataExport, bool]:
    """Ask for a copy; (copy, whether it is new). One is made at a time.

    Raises TooManyExports.
    """
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    mine = DataExport.objects.filter(user=user)
    if running := mine.filter(state__in=UNFINISHED_EXPORTS).first():
        return running, False
    day_ago = timezone.now() - timedelta(days=1)
    if mine.filter(requested_at__gt=day_ago).count() >= EXPORTS_A_DAY:
        raise TooManyExports
    # The copy made before says less than this one will.
    for row in mine.filter(state=ExportState.READY):
        _expire(row, PERSON)
    export = DataExport.objects.create(
        user=user,
        language=user.language,
        areas=len(exporters()),
        requested_at=timezone.now(),
    )
    record_event(action="privacy.export_asked", actor=user, on=export, about=user)
    transaction.on_commit(lambda: _wake(export.pk), robust=True)
    return export, True


def _wake(pk: int) -> None:
    from accounts.consent.tasks import make_export

    make_export.delay(pk)


def work_on(*, export_id: int) -> bool:
    """Make one copy, area by area; True when this call finished it.

    Whatever was done before a worker died is kept. Safe to run twice and side by side.
    """
    export = _claim(export_id)
    if export is None:
        return False
    done = set(export.parts.values_list("area", flat=True))
    try:
        for area, exporter in exporters().items():
            if area not in done and not _add_part(export, area, exporter(export.user)):
                return False
        return _finish(export)
    except Exception:
        logger.exception("copy %s stopped", export.public_id)
        _note_failure(export)
        return False


@transaction.atomic
def _claim(export_id: int) -> DataExport | None:
    row = (
        DataExport.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("user")
        .filter(pk=export_id)
        .first()
    )
    now = timezone.now()
    if row is None or not may_claim(
        state=row.state, claimed_at=row.claimed_at, now=now
    ):
        return None
    row.state, row.claimed_at = ExportState.RUNNING, now
    row.attempts += 1
    row.save(update_fields=["state", "claimed_at", "attempts"])
    return row


def _holds(export: DataExport) -> bool:
    """Renew the claim; False when another worker has taken over meanwhile."""
    now = timezone.now()
    mine = DataExport.objects.filter(
        pk=export.pk, state=ExportState.RUNNING, claimed_at=export.claimed_at
    )
    export.claimed_at = now
    return bool(mine.update(claimed_at=now))


@transaction.atomic
def _add_part(export: DataExport, area: str, value: object) -> bool:
    if not _holds(export):
        return False
    text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    ExportPart.objects.create(
        export=export, area=area, sealed=encrypt_bytes(text.encode())
    )
    return True


@transaction.atomic
def _finish(export: DataExport) -> bool:
    if not _holds(export):
        return False
    parts = {
        part.area: json.loads(decrypt_bytes(bytes(part.sealed)))
        for part in export.parts.order_by("area")
    }
    now = timezone.now()
    made = document.as_zip(parts, language=export.language, made_at=now)
    export.state = _step(export, "finish")
    export.sealed, export.size = encrypt_bytes(made), len(made)
    export.ready_at, export.expires_at = now, now + KEPT_FOR
    export.save()
    export.parts.all().delete()
    record_event(
        action="privacy.export_ready", actor=None, on=export, about=export.user
    )
    emails.tell_export_ready(export)
    return True


@transaction.atomic
def _note_failure(export: DataExport) -> None:
    """Free at once for another try; after the last one the person may ask anew."""
    row = DataExport.objects.select_for_update(of=("self",)).get(pk=export.pk)
    if row.state != ExportState.RUNNING or row.claimed_at != export.claimed_at:
        return
    row.claimed_at = None
    if row.attempts >= MOST_ATTEMPTS:
        row.state = _step(row, "give_up")
        row.parts.all().delete()
    row.save(update_fields=["state", "claimed_at"])


def _step(row: DataExport, event: str, actor: str = SYSTEM) -> ExportState:
    return ExportState(EXPORT.step(state=row.state, event=event, actor=actor).target)


@transaction.atomic
def fetch_export(*, export: DataExport, actor: User) -> bytes:
    """The zip, for its owner; every fetching is a line in their trail."""
    row = DataExport.objects.select_for_update(of=("self",)).get(pk=export.pk)
    now = timezone.now()
    if row.state != ExportState.READY or row.sealed is None or row.user_id != actor.pk:
        raise ExportGone
    if row.expires_at is None or row.expires_at <= now:
        raise ExportGone
    row.fetched_at = now
    row.save(update_fields=["fetched_at"])
    record_event(action="privacy.export_fetched", actor=actor, on=row, about=actor)
    return decrypt_bytes(bytes(row.sealed))


def _expire(row: DataExport, actor: str) -> None:
    row.state, row.sealed, row.size = _step(row, "expire", actor), None, 0
    row.save(update_fields=["state", "sealed", "size"])


@transaction.atomic
def expire_exports(*, now: datetime) -> int:
    """Delete copies that had their week."""
    due = DataExport.objects.filter(state=ExportState.READY, expires_at__lte=now)
    rows = list(due.select_for_update(of=("self",), skip_locked=True).order_by("pk"))
    for row in rows:
        _expire(row, SYSTEM)
    return len(rows)


def make_due(*, now: datetime) -> int:
    """Go on with what nobody works on; returns how many were finished."""
    silent = now - timedelta(seconds=CLAIM_SECONDS)
    waiting = DataExport.objects.filter(state__in=UNFINISHED_EXPORTS).exclude(
        claimed_at__gt=silent
    )
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    expire_exports(now=now)
    return sum(work_on(export_id=pk) for pk in ids)
