from __future__ import annotations

from accounts.care.rooms.models import Room
from accounts.care.vault.models import Subject


def lock(room: Room) -> Room:
    """Always the person first, then the room: no two requests wait for each other."""
    Subject.objects.select_for_update(of=("self",), no_key=True).get(pk=room.subject_id)
    rows = Room.objects.select_for_update(of=("self",))
    return rows.select_related("appointment", "subject").get(pk=room.pk)
