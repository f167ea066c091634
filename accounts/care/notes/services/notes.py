"""Writing, signing and changing a note. Nothing that was typed is ever lost."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.utils import timezone

from accounts.care.cases.models import Case
from accounts.care.notes.access import versions_of
from accounts.care.notes.enums import Format, NoteState
from accounts.care.notes.models import KeptText, NoteVersion, SessionNote
from accounts.care.notes.rules import formats
from accounts.care.notes.rules.lint import stands_in_the_way
from accounts.care.notes.rules.workflow import AUTHOR, NOTE
from accounts.care.notes.services import reviews
from accounts.care.notes.services.sealing import (
    DRAFT,
    FIELDS,
    KEPT,
    draft_of,
    fields_of,
    kept_fields,
    print_of,
)
from accounts.care.scheduling.models import Appointment
from accounts.care.vault import keys
from accounts.care.vault.enums import Reader
from accounts.care.vault.services.log import note_access
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile


class FieldsMissing(Exception):  # noqa: N818 - reads as the event it is
    """A note without these texts is not signed."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(len(names))


class WordsStand(Exception):  # noqa: N818 - reads as the event it is
    """A word that a counselor does not write stands outside quotation marks."""


@dataclass(frozen=True, slots=True)
class Kept:
    revision: int
    # The text went beside the note, because another window had written meanwhile.
    is_beside: bool = False


def locked(note: SessionNote) -> SessionNote:
    rows = SessionNote.objects.select_for_update(of=("self",))
    return rows.select_related("subject", "case", "author").get(pk=note.pk)


@behind_the_wall()
def begin(
    *,
    case: Case,
    author: CounselorProfile,
    appointment: Appointment | None = None,
    happened_on: date | None = None,
    way: Format = Format.DAP,
) -> SessionNote:
    """An empty draft; one that is still empty is used again."""
    Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    empty = SessionNote.objects.filter(
        case=case, author=author, state=NoteState.DRAFT, draft=""
    ).first()
    if empty is not None and appointment is None:
        return empty
    note = SessionNote(
        case=case,
        subject=case.subject,
        author=author,
        appointment=appointment,
        format=way,
    )
    if happened_on:
        note.happened_on = happened_on
    note.save(force_insert=True)
    look(note=note, counselor=author, action="note.begun")
    return note


def look(*, note: SessionNote, counselor: CounselorProfile, action: str) -> None:
    note_access(
        subject=note.subject,
        reader=Reader.COUNSELOR,
        counselor=counselor,
        action=action,
        object_id=note.pk,
    )


@behind_the_wall()
def keep(
    *, note: SessionNote, fields: Mapping[str, str], revision: int, window: str
) -> Kept:
    """Keep what is typed; where another window was faster, beside the note."""
    row = locked(note)
    now = timezone.now()
    texts = {
        name: fields.get(name, "") for name in formats.ALL_FIELDS if name in fields
    }
    if row.state == NoteState.SIGNED or row.revision != revision:
        if texts != _words_now(row):
            _keep_beside(row, texts, window)
            return Kept(row.revision, is_beside=True)
        return Kept(row.revision)
    if texts == draft_of(row):
        return Kept(row.revision)
    row.draft = keys.seal(row.subject, DRAFT, texts)
    row.draft_at = now
    row.revision += 1
    row.save(update_fields=["draft", "draft_at", "revision"])
    # What this window had beside the note is in it now.
    KeptText.objects.filter(note=row, window=window).delete()
    return Kept(row.revision)


def _words_now(row: SessionNote) -> dict[str, str]:
    if row.state != NoteState.SIGNED:
        return draft_of(row)
    last = versions_of(row).last()
    return fields_of(last) if last else {}


def _keep_beside(row: SessionNote, texts: dict[str, str], window: str) -> None:
    KeptText.objects.update_or_create(
        note=row,
        window=window[:36] or uuid.uuid4().hex,
        defaults={
            "subject": row.subject,
            "fields": keys.seal(row.subject, KEPT, texts),
            "at": timezone.now(),
        },
    )


@behind_the_wall()
def describe(
    *, note: SessionNote, happened_on: date, appointment: Appointment | None
) -> None:
    """On which day and in which talk; fixed once the note was signed."""
    row = locked(note)
    if row.state == NoteState.DRAFT:
        row.happened_on, row.appointment = happened_on, appointment
        row.save(update_fields=["happened_on", "appointment"])


@behind_the_wall()
def rewrite_as(*, note: SessionNote, way: Format) -> SessionNote:
    """Another form of note; every word comes along."""
    row = locked(note)
    NOTE.step(state=row.state, event="discard", actor=AUTHOR)  # only what is not signed
    row.format = way
    row.draft = keys.seal(row.subject, DRAFT, formats.recast(draft_of(row), way=way))
    row.revision += 1
    row.save(update_fields=["format", "draft", "revision"])
    return row


@behind_the_wall()
def sign(
    *, note: SessionNote, reason: str = "", now: datetime | None = None
) -> NoteVersion:
    """Sign the draft as it is kept. Raises FieldsMissing, WordsStand, TransitionRefused."""
    row = locked(note)
    step = NOTE.step(state=row.state, event="sign", actor=AUTHOR, reason=reason)
    fields = draft_of(row)
    if names := formats.missing(fields, way=row.format):
        raise FieldsMissing(names)
    if stands_in_the_way(fields):
        raise WordsStand
    version = NoteVersion.objects.create(
        note=row,
        subject=row.subject,
        number=row.version + 1,
        format=row.format,
        fields=keys.seal(row.subject, FIELDS, fields),
        print=print_of(fields),
        reason=reason,
        signed_by=row.author,
        signed_at=now or timezone.now(),
    )
    row.state, row.draft, row.draft_at = step.target, "", None
    row.version, row.signed_at = version.number, version.signed_at
    row.revision += 1
    row.save(
        update_fields=["state", "draft", "draft_at", "version", "signed_at", "revision"]
    )
    action = "note.signed" if version.number == 1 else "note.changed"
    look(note=row, counselor=row.author, action=action)
    if version.number == 1:
        reviews.draw(note=row)
    return version


@behind_the_wall()
def change(*, note: SessionNote) -> SessionNote:
    """Begin the next version from the words of the last one."""
    row = locked(note)
    row.state = NOTE.step(state=row.state, event="change", actor=AUTHOR).target
    last = versions_of(row).get(number=row.version)
    row.draft = keys.seal(row.subject, DRAFT, fields_of(last))
    row.draft_at = timezone.now()
    row.revision += 1
    row.save(update_fields=["state", "draft", "draft_at", "revision"])
    return row


@behind_the_wall()
def discard(*, note: SessionNote) -> bool:
    """Throw what is not signed away; True if nothing of the note is left."""
    row = locked(note)
    target = NOTE.step(state=row.state, event="discard", actor=AUTHOR).target
    if target == NoteState.SIGNED:
        row.state, row.draft, row.draft_at = target, "", None
        row.revision += 1
        row.save(update_fields=["state", "draft", "draft_at", "revision"])
        return False
    KeptText.objects.filter(note=row).delete()
    row.delete()
    return True


# ---- The text of a second window


@behind_the_wall()
def take_kept(*, note: SessionNote, kept: KeptText) -> SessionNote:
    """The other text becomes the draft; the one that was the draft is kept beside it."""
    row = locked(note)
    other = kept_fields(kept, row.subject)
    if row.state == NoteState.SIGNED:
        row = change(note=row)
        KeptText.objects.filter(pk=kept.pk).delete()
    else:
        KeptText.objects.filter(pk=kept.pk).update(
            fields=keys.seal(row.subject, KEPT, draft_of(row)), at=timezone.now()
        )
    SessionNote.objects.filter(pk=row.pk).update(
        draft=keys.seal(row.subject, DRAFT, formats.recast(other, way=row.format)),
        draft_at=timezone.now(),
        revision=F("revision") + 1,
    )
    row.refresh_from_db()
    return row


@behind_the_wall()
def drop_kept(*, kept: KeptText) -> None:
    KeptText.objects.filter(pk=kept.pk).delete()
