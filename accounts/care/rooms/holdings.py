from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.care.rooms.access import lines_after
from accounts.care.rooms.models import Line, Room
from accounts.care.rooms.services.lines import text_of
from accounts.care.rooms.services.transcripts import count_due
from accounts.care.vault.models import Subject
from accounts.care.vault.registry import Part
from accounts.lib.health import RetentionJob


def copy(subject: Subject) -> Any:
    rows = Room.objects.filter(subject=subject).select_related("appointment__counselor")
    return [_told(room) for room in rows.order_by("opened_at", "pk")] or None


def _told(room: Room) -> dict[str, Any]:
    return {
        "with": room.appointment.counselor.name,
        "opened_at": room.opened_at.isoformat(),
        "ended_at": room.ended_at.isoformat() if room.ended_at else None,
        "kept": room.is_kept,
        "words_deleted_at": room.forgotten_at.isoformat()
        if room.forgotten_at
        else None,
        "lines": [
            {"from": line.sender, "at": line.at.isoformat(), "text": text_of(line)}
            for line in lines_after(room)
        ],
    }


def erase(subject: Subject) -> None:
    Line.objects.filter(subject=subject).delete()
    Room.objects.filter(subject=subject).delete()


PART = Part(
    code="rooms",
    title=_("What you wrote with a counselor"),
    copy=copy,
    erase=erase,
    how_long=_(
        "24 hours after the talk; if you said so, until your case has been closed for 12 "
        "months. You can delete it at any time."
    ),
    models=("accounts_care_rooms.Room", "accounts_care_rooms.Line"),
)
FORGETTING = RetentionJob(
    task="accounts.care.forget_transcripts",
    title=_("Talks in writing with counselors"),
    what=_("What the two wrote to each other."),
    how_long=_("24 hours after the talk, longer only where the person wants it."),
    count=count_due,
)
