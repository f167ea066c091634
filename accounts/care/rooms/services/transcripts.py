"""How long the words stay: a day, unless the person says: keep them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.care.rooms import access
from accounts.care.rooms.enums import RoomState
from accounts.care.rooms.models import Room
from accounts.care.rooms.rules import times
from accounts.care.rooms.services.locks import lock
from accounts.care.vault.enums import Scope
from accounts.care.vault.models import ConsentGrant, Subject
from accounts.care.vault.services import grants
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile


class StillOpen(Exception):  # noqa: N818 - reads as the event it is
    """The talk goes on; what is written in it is deleted once it has ended."""


@behind_the_wall()
def keep(*, subject: Subject, counselor: CounselorProfile) -> None:
    """The person's yes, for what is written to this counselor from here on and still there."""
    grants.give(subject=subject, scope=Scope.TRANSCRIPT, counselor=counselor)
    _of(subject, counselor).update(is_kept=True)


@behind_the_wall()
def stop_keeping(*, subject: Subject, counselor: CounselorProfile) -> bool:
    return grants.revoke_scope(
        subject=subject, scope=Scope.TRANSCRIPT, counselor=counselor
    )


def unkeep(grant: ConsentGrant) -> None:
    """Follows a yes that was taken back: older words go at once, today's with their day."""
    if grant.counselor is None:
        return
    rows = _of(grant.subject, grant.counselor)
    rows.update(is_kept=False)
    now = timezone.now()
    for room in rows.filter(ended_at__lte=now - times.FORGOTTEN_AFTER):
        forget(room=room)


@behind_the_wall()
def forget(*, room: Room) -> bool:
    """Delete every line; that the two wrote to each other stays, without a word of it."""
    row = lock(room)
    if row.forgotten_at is not None:
        return False
    if row.state != RoomState.ENDED:
        raise StillOpen
    row.lines.all().delete()
    row.forgotten_at, row.is_kept = timezone.now(), False
    row.save(update_fields=["forgotten_at", "is_kept"])
    return True


@behind_the_wall()
def count_due(now: datetime) -> int:
    return len(access.rooms_to_forget(now=now))


@behind_the_wall()
def forget_due(*, now: datetime) -> int:
    return sum(forget(room=room) for room in access.rooms_to_forget(now=now))


def _of(subject: Subject, counselor: CounselorProfile) -> QuerySet[Room]:
    return Room.objects.filter(
        subject=subject, appointment__counselor=counselor, forgotten_at__isnull=True
    ).order_by("pk")
