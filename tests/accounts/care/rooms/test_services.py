from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from accounts.care.cases.models import Case
from accounts.care.rooms import access
from accounts.care.rooms.access import Seat
from accounts.care.rooms.models import Line, Room
from accounts.care.rooms.rules import times
from accounts.care.rooms.services import lines, rooms, transcripts
from accounts.care.rooms.services.rooms import RoomNotOpen, RoomOver
from accounts.care.rooms.tasks import forget_transcripts
from accounts.care.scheduling.enums import AppointmentState
from accounts.care.scheduling.registry import CANCELLED, MOVED, tell_followers
from accounts.care.vault.enums import Scope
from accounts.care.vault.registry import parts
from accounts.care.vault.services import grants
from accounts.consent.registry import erase_person
from tests.accounts.care.rooms.make import (
    make_appointment,
    make_room,
    seats,
    words_of,
    write,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db
CANARY = "昨晚我又梦见那些电话"


def shift(seat: Seat, **by: float) -> Seat:
    """As if the talk had been planned so much earlier."""
    for name in ("starts_at", "ends_at", "blocked_from", "blocked_until"):
        value = getattr(seat.appointment, name) - timedelta(**by)
        setattr(seat.appointment, name, value)
    seat.appointment.save()
    return seat


def end_ago(room: Room, **ago: float) -> Room:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE care.accounts_care_rooms_room SET state = 'ended', "
            "ended_by = 'seeker', opened_at = %s, ended_at = %s WHERE id = %s",
            [
                timezone.now() - timedelta(**ago) - timedelta(hours=1),
                timezone.now() - timedelta(**ago),
                room.pk,
            ],
        )
    return Room.objects.get(pk=room.pk)


# ---- Writing


def test_both_write_and_the_lines_are_counted(cast: Cast) -> None:
    room, seeker, counselor = make_room(cast)
    write(seeker, "一")
    write(counselor, "二")
    write(seeker, "三")
    found = [(line.number, line.sender) for line in access.lines_after(room)]
    assert found == [(1, "seeker"), (2, "counselor"), (3, "seeker")]
    assert words_of(room) == ["一", "二", "三"]


def test_no_plain_word_lies_in_the_table(cast: Cast) -> None:
    _room, seeker, _counselor = make_room(cast)
    write(seeker, CANARY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT l::text FROM care.accounts_care_rooms_line l")
        told = cursor.fetchone()[0]
    assert CANARY not in told


def test_the_same_line_sent_again_stays_one(cast: Cast) -> None:
    room, seeker, counselor = make_room(cast)
    key = uuid.uuid4()
    first = write(seeker, "在吗", key)
    assert write(seeker, "在吗", key) == first
    # The other one's page may have made the same key: that is their line.
    assert write(counselor, "在", key) != first
    assert words_of(room) == ["在吗", "在"]


def test_a_late_repeat_after_the_end_is_no_error(cast: Cast) -> None:
    room, seeker, counselor = make_room(cast)
    key = uuid.uuid4()
    write(seeker, "再见", key)
    rooms.end(seat=counselor)
    assert write(seeker, "再见", key).number == 1
    with pytest.raises(RoomOver):
        write(seeker, "还有")
    assert words_of(room) == ["再见"]


def test_thirty_lines_a_minute_and_each_side_by_itself(cast: Cast) -> None:
    _room, seeker, counselor = make_room(cast)
    for _ in range(times.MOST_LINES):
        write(seeker)
    with pytest.raises(lines.TooFast):
        write(seeker)
    write(counselor)
    Line.objects.update(at=timezone.now() - times.WITHIN)
    write(seeker)


def test_ten_minutes_before_and_fifteen_after(cast: Cast) -> None:
    now = timezone.now()
    made = make_appointment(
        cast.seeker, cast.counselor, starts_at=now + timedelta(minutes=11)
    )
    seeker, _counselor = seats(cast, made)
    with pytest.raises(RoomNotOpen):
        rooms.enter(seat=seeker)
    assert not Room.objects.exists()
    shift(seeker, minutes=2)
    room = rooms.enter(seat=seeker)
    shift(seeker, minutes=50 + 9 + 14)
    write(seeker)
    shift(seeker, minutes=2)
    with pytest.raises(RoomOver):
        write(seeker)
    with pytest.raises(RoomOver):
        rooms.enter(seat=seeker)
    room.refresh_from_db()
    assert (room.state, room.ended_by) == ("ended", "clock")


def test_who_ends_it_first_is_written_down(cast: Cast) -> None:
    room, seeker, counselor = make_room(cast)
    rooms.end(seat=counselor)
    rooms.end(seat=seeker)
    room.refresh_from_db()
    assert (room.state, room.ended_by) == ("ended", "counselor")


def test_a_missed_time_takes_no_line(cast: Cast) -> None:
    _room, seeker, _counselor = make_room(cast)
    seeker.appointment.state = AppointmentState.NO_SHOW
    seeker.appointment.ended_at = timezone.now()
    seeker.appointment.save()
    with pytest.raises(RoomOver):
        write(seeker)


def test_the_database_takes_no_line_after_the_end(cast: Cast) -> None:
    room, seeker, _counselor = make_room(cast)
    rooms.end(seat=seeker)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Line.objects.create(
            room=room,
            subject=seeker.subject,
            sender="seeker",
            number=1,
            key=uuid.uuid4(),
            text="x",
        )
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Room.objects.update(state="open", ended_at=None, ended_by="")


# ---- Marks


def test_marks_go_forward_only(cast: Cast) -> None:
    room, seeker, counselor = make_room(cast)
    for _ in range(3):
        write(seeker)
    room.refresh_from_db()
    room = lines.mark(seat=counselor, room=room, got=3, is_read=False)
    assert (room.counselor_got, room.counselor_read) == (3, 0)
    room = lines.mark(seat=counselor, room=room, got=2, is_read=True)
    assert (room.counselor_got, room.counselor_read) == (3, 2)
    room = lines.mark(seat=counselor, room=room, got=99, is_read=True)
    assert (room.counselor_got, room.counselor_read) == (3, 3)
    assert room.seeker_read == 0


def test_there_for_twenty_seconds(cast: Cast) -> None:
    room, seeker, _counselor = make_room(cast)
    room = lines.mark(seat=seeker, room=room, got=0, is_read=True)
    now = room.seeker_seen_at
    assert now is not None
    assert times.is_there(now, now=now + timedelta(seconds=19))
    assert not times.is_there(now, now=now + timedelta(seconds=20))
    assert room.counselor_seen_at is None


# ---- How long the words stay


def test_a_day_after_the_end_the_words_are_gone(cast: Cast) -> None:
    room, seeker, _counselor = make_room(cast)
    write(seeker, CANARY)
    ended = rooms.end(seat=seeker).ended_at
    assert ended is not None
    day = timedelta(hours=24)
    assert transcripts.forget_due(now=ended + day - timedelta(seconds=1)) == 0
    assert words_of(room) == [CANARY]
    assert transcripts.forget_due(now=ended + day) == 1
    assert not Line.objects.exists()
    room.refresh_from_db()
    assert room.forgotten_at is not None
    assert transcripts.forget_due(now=ended + 2 * day) == 0


def test_the_command_counts_first(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    room, seeker, _counselor = make_room(cast)
    write(seeker)
    end_ago(room, days=2)
    call_command("forget_transcripts")
    assert Line.objects.exists()
    assert capsys.readouterr().out.startswith("1 ")
    call_command("forget_transcripts", apply=True)
    assert not Line.objects.exists()


def test_rooms_whose_time_is_over_end_by_themselves(cast: Cast) -> None:
    room, seeker, _counselor = make_room(cast)
    shift(seeker, hours=2)
    forget_transcripts()
    room.refresh_from_db()
    assert (room.state, room.ended_by) == ("ended", "clock")


@pytest.mark.parametrize("before", [True, False])
def test_kept_with_a_yes_until_a_year_after_the_case(cast: Cast, before: bool) -> None:
    subject = seats(cast, make_appointment(cast.seeker, cast.counselor))[0].subject
    if before:
        transcripts.keep(subject=subject, counselor=cast.counselor)
    room, seeker, _counselor = make_room(
        cast,
        starts_at=timezone.now() - timedelta(minutes=5),
        state="attended",
        ended_at=timezone.now(),
    )
    write(seeker)
    if not before:
        transcripts.keep(subject=subject, counselor=cast.counselor)
    room = end_ago(room, days=400)
    case = Case.objects.create(subject=subject, counselor=cast.counselor)
    assert forget_transcripts() == 0
    closed = {"state": "closed", "closed_reason": "found_work"}
    Case.objects.filter(pk=case.pk).update(
        **closed, closed_at=timezone.now() - timedelta(days=364)
    )
    assert forget_transcripts() == 0
    Case.objects.update(closed_at=timezone.now() - timedelta(days=366))
    assert forget_transcripts() == 1


def test_taken_back_means_gone(cast: Cast) -> None:
    room, seeker, counselor = make_room(cast)
    write(seeker)
    transcripts.keep(subject=seeker.subject, counselor=counselor.counselor)
    end_ago(room, days=3)
    other = make_appointment(
        cast.seeker, cast.counselor, state="attended", ended_at=timezone.now()
    )
    recent = rooms.enter(seat=seats(cast, other)[0])
    assert recent.is_kept
    transcripts.stop_keeping(subject=seeker.subject, counselor=counselor.counselor)
    assert not Line.objects.exists()
    recent.refresh_from_db()
    assert (recent.is_kept, recent.forgotten_at) == (False, None)


def test_a_yes_to_one_counselor_keeps_nothing_of_another(cast: Cast) -> None:
    _room, seeker, _counselor = make_room(cast)
    transcripts.keep(subject=seeker.subject, counselor=cast.other_counselor)
    assert not Room.objects.get().is_kept


def test_while_it_goes_on_nothing_is_deleted(cast: Cast) -> None:
    room, seeker, _counselor = make_room(cast)
    write(seeker)
    with pytest.raises(transcripts.StillOpen):
        transcripts.forget(room=room)
    assert words_of(room) == ["你好"]


@pytest.mark.parametrize("event", [CANCELLED, MOVED])
def test_called_off_means_gone(cast: Cast, event: str) -> None:
    room, seeker, _counselor = make_room(cast)
    write(seeker)
    old = seeker.appointment
    old.state, old.ended_at = AppointmentState.RESCHEDULED, timezone.now()
    old.save()
    told = old
    if event == MOVED:
        told = make_appointment(cast.seeker, cast.counselor, replaces=old)
    tell_followers(told, event)
    room.refresh_from_db()
    assert (room.state, room.lines.count()) == ("ended", 0)


def test_a_copy_holds_every_line_and_then_everything_goes(cast: Cast) -> None:
    room, seeker, _counselor = make_room(cast)
    write(seeker, CANARY)
    part = next(part for part in parts() if part.code == "rooms")
    told = part.copy(seeker.subject)
    assert told[0]["lines"][0]["text"] == CANARY
    assert told[0]["with"] == cast.counselor.name
    erase_person(cast.seeker.user)
    assert not Room.objects.filter(pk=room.pk).exists()
    assert not Line.objects.exists()


def test_keeping_is_a_yes_of_the_vault(cast: Cast) -> None:
    _room, seeker, counselor = make_room(cast)
    transcripts.keep(subject=seeker.subject, counselor=counselor.counselor)
    grants.revoke_scope(
        subject=seeker.subject, scope=Scope.TRANSCRIPT, counselor=cast.counselor
    )
    assert not Room.objects.get().is_kept
