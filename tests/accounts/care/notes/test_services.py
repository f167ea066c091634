from __future__ import annotations

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from accounts.care.cases.models import Case
from accounts.care.notes.enums import ChangeReason, Format
from accounts.care.notes.models import KeptText, NoteVersion, SessionNote
from accounts.care.notes.services import notes, reflections
from accounts.care.notes.services.sealing import (
    draft_of,
    fields_of,
    is_untouched,
    kept_fields,
    reflection_text,
)
from accounts.care.vault import keys
from accounts.care.vault.models import AccessEvent
from accounts.care.vault.services.subjects import renew_key
from accounts.consent.registry import erase_person
from accounts.lib.workflow import ReasonMissing, TransitionRefused
from tests.accounts.care.notes.make import (
    FIELDS,
    fresh,
    last_version,
    make_case,
    make_draft,
    make_signed,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast)


def test_signed_words_are_the_draft_and_the_draft_is_gone(case: Case) -> None:
    note = make_signed(case)
    assert (note.state, note.draft, note.version) == ("signed", "", 1)
    assert fields_of(last_version(note)) == FIELDS


def test_an_empty_text_is_not_signed(case: Case) -> None:
    note = make_draft(case, FIELDS | {"next": "  "})
    with pytest.raises(notes.FieldsMissing) as refused:
        notes.sign(note=note)
    assert refused.value.names == ["next"]
    assert draft_of(fresh(note))["data"] == FIELDS["data"]


def test_a_forbidden_word_is_not_signed_unless_quoted(case: Case) -> None:
    note = make_draft(case, FIELDS | {"reading": "像是抑郁症。"})
    with pytest.raises(notes.WordsStand):
        notes.sign(note=note)
    told = FIELDS | {"reading": "医生对他说「可能是抑郁症」,他很害怕。"}
    notes.keep(note=note, fields=told, revision=note.revision, window="a")
    assert notes.sign(note=note).number == 1


def test_a_change_is_a_new_version_with_a_reason(case: Case) -> None:
    note = make_signed(case)
    changing = notes.change(note=note)
    new = FIELDS | {"next": "周五再谈。"}
    notes.keep(note=note, fields=new, revision=changing.revision, window="a")
    with pytest.raises(ReasonMissing):
        notes.sign(note=note)
    notes.sign(note=note, reason=ChangeReason.MISTAKE)
    rows = list(NoteVersion.objects.order_by("number"))
    assert [row.reason for row in rows] == ["", "mistake"]
    assert fields_of(rows[0]) == FIELDS
    assert fields_of(rows[1]) == new


def test_a_signed_note_is_not_signed_again(case: Case) -> None:
    note = make_signed(case)
    with pytest.raises(TransitionRefused):
        notes.sign(note=note)
    with pytest.raises(TransitionRefused):
        notes.discard(note=note)


def test_a_change_thrown_away_leaves_the_signed_words(case: Case) -> None:
    note = make_signed(case)
    notes.change(note=note)
    assert notes.discard(note=note) is False
    assert (fresh(note).state, fresh(note).version) == ("signed", 1)


def test_the_slower_window_is_told_and_both_texts_are_there(case: Case) -> None:
    note = make_draft(case)
    first = notes.keep(
        note=note, fields=FIELDS | {"data": "甲"}, revision=note.revision, window="a"
    )
    slower = notes.keep(
        note=note, fields=FIELDS | {"data": "乙"}, revision=note.revision, window="b"
    )
    assert not first.is_beside
    assert slower.is_beside
    kept = KeptText.objects.get()
    assert draft_of(fresh(note))["data"] == "甲"
    assert kept_fields(kept, note.subject)["data"] == "乙"
    notes.take_kept(note=note, kept=kept)
    kept.refresh_from_db()
    assert draft_of(fresh(note))["data"] == "乙"
    assert kept_fields(kept, note.subject)["data"] == "甲"


def test_the_same_words_in_two_windows_are_no_clash(case: Case) -> None:
    note = make_draft(case)
    again = notes.keep(note=note, fields=FIELDS, revision=1, window="b")
    assert not again.is_beside
    assert not KeptText.objects.exists()


def test_what_is_typed_after_signing_is_kept_beside(case: Case) -> None:
    note = make_draft(case)
    notes.sign(note=note)
    late = notes.keep(
        note=note,
        fields=FIELDS | {"next": "还有一句"},
        revision=note.revision,
        window="b",
    )
    assert late.is_beside
    assert fields_of(last_version(note)) == FIELDS
    notes.take_kept(note=note, kept=KeptText.objects.get())
    changed = fresh(note)
    assert (changed.state, draft_of(changed)["next"]) == ("amending", "还有一句")


def test_another_form_of_note_takes_every_word_along(case: Case) -> None:
    note = make_draft(case)
    notes.rewrite_as(note=note, way=Format.CONTACT)
    told = draft_of(fresh(note))
    assert set(told) == {"data"}
    assert all(text in told["data"] for text in FIELDS.values())


def test_an_empty_draft_is_used_again(case: Case, cast: Cast) -> None:
    first = notes.begin(case=case, author=cast.counselor)
    assert notes.begin(case=case, author=cast.counselor) == first
    assert SessionNote.objects.count() == 1


def test_what_the_counselor_does_stands_in_the_persons_log(case: Case) -> None:
    make_signed(case)
    found = AccessEvent.objects.filter(subject=case.subject).order_by("number")
    assert [row.action for row in found] == ["note.begun", "note.signed"]


# ---- What the database refuses


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE care.accounts_care_notes_noteversion SET reason = 'mistake', number = 2",
        "UPDATE care.accounts_care_notes_noteversion SET fields = ''",
        "UPDATE care.accounts_care_notes_noteversion SET print = 'x'",
        "UPDATE care.accounts_care_notes_noteversion SET signed_at = now()",
        "DELETE FROM care.accounts_care_notes_noteversion",
        "UPDATE care.accounts_care_notes_sessionnote SET version = 0, state = 'draft',"
        " signed_at = NULL",
        "UPDATE care.accounts_care_notes_sessionnote SET happened_on = '2020-01-01'",
        "INSERT INTO care.accounts_care_notes_noteversion (id, number, format, fields,"
        " print, reason, signed_at, note_id, signed_by_id, subject_id)"
        " SELECT gen_random_uuid(), number + 4, format, fields, print, 'mistake',"
        " signed_at, note_id, signed_by_id, subject_id"
        " FROM care.accounts_care_notes_noteversion",
    ],
)
def test_signed_words_stay(case: Case, sql: str) -> None:
    make_signed(case)
    with (
        pytest.raises(
            (IntegrityError, InternalError), match=r"care_|append|keeps|follow"
        ),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_words_changed_behind_our_back_are_found_out(case: Case) -> None:
    note = make_signed(case)
    version = last_version(note)
    assert is_untouched(version, fields_of(version))
    forged = keys.seal(case.subject, "note.fields", FIELDS | {"next": "别的"})
    NoteVersion.objects.update(fields=forged)
    version = last_version(note)
    assert not is_untouched(version, fields_of(version))


def test_a_new_key_of_the_person_opens_them_still(case: Case) -> None:
    note = make_signed(case)
    renew_key(subject=case.subject)
    version = last_version(fresh(note))
    assert fields_of(version) == FIELDS
    assert is_untouched(version, fields_of(version))


# ---- Reflections


def test_a_reflection_is_under_the_authors_key(case: Case, cast: Cast) -> None:
    row = reflections.write(case=case, author=cast.counselor, text="多等几秒")
    assert row.subject != case.subject
    with pytest.raises(keys.WrongSeal):
        keys.unseal(case.subject, "note.reflection", row.text)
    reflections.rewrite(reflection=row, text="再多等几秒")
    row.refresh_from_db()
    assert reflection_text(row) == "再多等几秒"


def test_with_the_person_everything_about_them_goes(case: Case, cast: Cast) -> None:
    note = make_signed(case)
    notes.change(note=note)
    notes.keep(note=note, fields={"data": "x"}, revision=0, window="b")
    reflections.write(case=case, author=cast.counselor, text="多等几秒")
    erase_person(cast.seeker.user)
    assert not SessionNote.objects.exists()
    assert not NoteVersion.objects.exists()


def test_erasing_one_person_opens_no_door_to_another(case: Case, cast: Cast) -> None:
    make_signed(case)
    erase_person(cast.other_seeker.user)
    with (
        pytest.raises((IntegrityError, InternalError), match="append-only"),
        transaction.atomic(),
    ):
        NoteVersion.objects.all().delete()
