"""Notes of a hiring team: written, changed for a while, deleted; colleagues are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.text import clean_block
from accounts.lib.workflow import TransitionRefused
from jobs.applications.models import Application
from jobs.applications.rules.workflow import EMPLOYER
from jobs.applications.services.parties import check_side, lock_application
from jobs.talent import emails
from jobs.talent.access import colleagues_of, is_admin
from jobs.talent.models import Note, NoteMention
from jobs.talent.rules.mentions import labels_of, mentions_in
from jobs.talent.rules.notes import MOST_NOTES, may_delete, may_edit
from jobs.talent.rules.wording import Found, forbidden_words


class WordsRefused(TransitionRefused):
    """Something in it may not be written; `found` says what."""

    def __init__(self, found: list[Found]) -> None:
        super().__init__(", ".join(one.kind for one in found))
        self.found = found


class TooManyNotes(TransitionRefused):
    """As many as one application takes."""


class EditOver(TransitionRefused):
    """Not one's own, or the quarter of an hour has passed."""


class NotAllowed(TransitionRefused):
    """Somebody else's note, and no administrator."""


def checked(text: str) -> str:
    """The one place that every word about an applicant passes before it is kept."""
    body = clean_block(text)
    if found := forbidden_words(body):
        raise WordsRefused(found)
    return body


@transaction.atomic
def write_note(
    *, application: Application, actor: User, text: str, now: datetime | None = None
) -> tuple[Note, list[str]]:
    """The note, and names after "@" that nobody here bears.

    Raises WordsRefused, TooManyNotes.
    """
    locked = _lock(application, actor)
    if Note.objects.filter(application=locked).count() >= MOST_NOTES:
        raise TooManyNotes
    now = now or timezone.now()
    note = Note(application=locked, author=actor, body=checked(text), written_at=now)
    note.full_clean()
    note.save()
    unknown = _mention(note, actor)
    _record("note_written", note, actor)
    return note, unknown


@transaction.atomic
def edit_note(
    *, note: Note, actor: User, text: str, now: datetime | None = None
) -> tuple[Note, list[str]]:
    """Whoever was mentioned before is not told again. Raises EditOver, WordsRefused."""
    now = now or timezone.now()
    locked = _hold(note, actor)
    is_own = locked.author_id == actor.pk
    if not may_edit(is_own=is_own, written_at=locked.written_at, now=now):
        raise EditOver(f"note {locked.pk}")
    body = checked(text)
    if body == locked.body:
        return locked, []
    locked.body, locked.edited_at = body, now
    locked.full_clean()
    locked.save(update_fields=["body", "edited_at"])
    locked.mentions.all().delete()
    unknown = _mention(locked, actor)
    _record("note_changed", locked, actor)
    return locked, unknown


@transaction.atomic
def delete_note(*, note: Note, actor: User) -> None:
    """Gone for good, with its mentions. Raises NotAllowed."""
    locked = _hold(note, actor)
    is_own = locked.author_id == actor.pk
    if not may_delete(is_own=is_own, is_admin=is_admin(actor)):
        raise NotAllowed(f"note {locked.pk}")
    _record("note_deleted", locked, actor)
    locked.delete()


def _lock(application: Application, actor: User) -> Application:
    locked = lock_application(application)
    check_side(actor, locked, EMPLOYER)
    return locked


def _hold(note: Note, actor: User) -> Note:
    """Under the application's lock; a note deleted meanwhile raises EditOver."""
    _lock(note.application, actor)
    rows = Note.objects.select_related("application__seeker__user")
    found = rows.filter(pk=note.pk).first()
    if found is None:
        raise EditOver(f"note {note.pk}")
    return found


def _mention(note: Note, actor: User) -> list[str]:
    """Tell whom the text names; returns the names that nobody bears."""
    colleagues = colleagues_of(actor)
    found = mentions_in(note.body, _labels(actor))
    by_person = {one.person: one.label for one in found if one.person}
    people = User.objects.in_bulk([one.person for one in colleagues])
    for person, label in by_person.items():
        NoteMention.objects.create(note=note, person=people[person], label=label)
        emails.tell_mentioned(note, people[person])
    return sorted({one.label for one in found if not one.person})


def _labels(actor: User) -> Mapping[str, int]:
    return labels_of(colleagues_of(actor))


def _record(what: str, note: Note, actor: User) -> None:
    record_event(
        action=f"talent.{what}",
        actor=actor,
        on=note,
        about=note.application.seeker.user,
    )
