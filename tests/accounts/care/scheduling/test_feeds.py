"""Times as calendar programs read them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from accounts.care.scheduling.models import Appointment, CalendarFeed, Group, Seat
from accounts.care.vault import keys
from accounts.care.vault.models import Subject
from accounts.care.vault.services.subjects import ensure_subject, shred
from accounts.counselors.models import CounselorProfile
from tests.accounts.care.scheduling.make import (
    MONDAY,
    at,
    make_appointment,
    make_settings,
)
from tests.cast import Cast
from tests.make import sign_in

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _on_monday(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    CounselorProfile.objects.update(
        verification_expires_at=MONDAY + timedelta(days=180)
    )
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def subject(cast: Cast) -> Subject:
    return ensure_subject(user=cast.seeker.user)


def new_address(client: Client, user: Any) -> str:
    sign_in(client, user)
    page = client.post("/care/calendar/address/new/", follow=True)
    url = str(page.context["url"])
    assert url in page.content.decode()
    return url[url.index("/care/") :]


def events(page: Any) -> list[Any]:
    assert page.status_code == 200
    return list(Calendar.from_ical(page.content).walk("VEVENT"))


def test_a_seeker_reads_their_own_times_without_signing_in(
    client: Client, cast: Cast, subject: Subject
) -> None:
    other = ensure_subject(user=cast.other_seeker.user)
    row = make_appointment(cast.counselor, subject, at(TUESDAY, 9))
    make_appointment(cast.counselor, other, at(TUESDAY, 11))
    page = Client().get(new_address(client, cast.seeker.user))
    (event,) = events(page)
    assert event["uid"] == f"{row.pk}@appointment"
    assert event["dtstart"].dt == at(TUESDAY, 9)
    assert event["status"] == "CONFIRMED"
    assert page["Cache-Control"] == "private, no-store"
    assert page["Content-Type"].startswith("text/calendar")
    told = page.content.decode()
    assert "METHOD:PUBLISH" in told
    assert "DTSTART:20261201T010000Z" in told
    assert "VTIMEZONE" not in told


def test_an_entry_says_nothing(client: Client, cast: Cast, subject: Subject) -> None:
    make_settings(
        cast.counselor, modes=["video"], video_link="https://meet.example/zhou"
    )
    make_appointment(cast.counselor, subject, at(TUESDAY, 9), mode="video")
    told = Client().get(new_address(client, cast.seeker.user)).content.decode()
    assert "SUMMARY:预约\r\n" in told
    names = {line.split(":")[0].split(";")[0] for line in told.split("\r\n") if line}
    assert names == {
        "BEGIN", "END", "PRODID", "VERSION", "CALSCALE", "METHOD", "REFRESH-INTERVAL",
        "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "CLASS",
        "TRANSP",
    }  # fmt: skip
    for word in (cast.counselor.name, cast.seeker.pseudonym, "meet", "shore", "care"):
        assert word not in told


def test_a_counselor_reads_all_of_theirs(
    client: Client, cast: Cast, subject: Subject
) -> None:
    make_appointment(cast.counselor, subject, at(TUESDAY, 9))
    make_appointment(cast.counselor, None, at(TUESDAY, 11))
    make_appointment(cast.other_counselor, subject, at(TUESDAY, 9))
    make_appointment(
        cast.counselor, subject, at(TUESDAY, 15), state="held", held_until=MONDAY
    )
    path = new_address(client, cast.counselor.user)
    assert [event["dtstart"].dt for event in events(Client().get(path))] == [
        at(TUESDAY, 9),
        at(TUESDAY, 11),
    ]


def test_a_moved_time_keeps_its_name_and_counts_up(
    client: Client, cast: Cast, subject: Subject
) -> None:
    old = make_appointment(cast.counselor, subject, at(TUESDAY, 9))
    path = new_address(client, cast.seeker.user)
    (before,) = events(Client().get(path))
    rows = [old]
    for hour in (11, 15):
        last = rows[-1]
        Appointment.objects.filter(pk=last.pk).update(
            state="rescheduled", ended_at=MONDAY
        )
        rows.append(
            make_appointment(
                cast.counselor,
                subject,
                at(TUESDAY, hour),
                replaces=last,
                sequence=last.sequence + 1,
            )
        )
    (after,) = events(Client().get(path))
    assert after["uid"] == before["uid"]
    assert after["sequence"] == 2 > before["sequence"]
    assert after["dtstart"].dt == at(TUESDAY, 15)
    # The single file of the last one replaces the entry that was saved first.
    (single,) = events(client.get(f"/care/calendar/appointments/{rows[-1].pk}.ics"))
    assert single["uid"] == before["uid"]


def test_moved_to_another_counselor_it_is_gone_from_the_first(
    client: Client, cast: Cast, subject: Subject
) -> None:
    old = make_appointment(
        cast.counselor,
        subject,
        at(TUESDAY, 9),
        state="rescheduled",
        ended_at=MONDAY,
    )
    make_appointment(
        cast.other_counselor, subject, at(TUESDAY, 9), replaces=old, sequence=1
    )
    (event,) = events(Client().get(new_address(client, cast.counselor.user)))
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)


def test_a_cancelled_time_is_said_to_be_cancelled(
    client: Client, cast: Cast, subject: Subject
) -> None:
    make_appointment(
        cast.counselor,
        subject,
        at(TUESDAY, 9),
        state="cancelled_by_seeker",
        ended_at=MONDAY,
        sequence=1,
    )
    (event,) = events(Client().get(new_address(client, cast.seeker.user)))
    assert (event["status"], event["transp"]) == ("CANCELLED", "TRANSPARENT")
    assert event["sequence"] == 1


def test_renewed_and_switched_off(client: Client, cast: Cast) -> None:
    first = new_address(client, cast.seeker.user)
    second = new_address(client, cast.seeker.user)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    page = client.post("/care/calendar/address/off/", follow=True)
    assert page.context["url"] == ""
    assert Client().get(second).status_code == 404


def test_the_table_does_not_know_the_address(client: Client, cast: Cast) -> None:
    path = new_address(client, cast.seeker.user)
    token = path.rsplit("/", 1)[1].removesuffix(".ics")
    row = CalendarFeed.objects.get()
    assert token not in row.token + row.print
    # The page shows it again to its owner.
    assert token in client.get("/care/calendar/address/").content.decode()


@pytest.mark.parametrize("end", ["suspended", "left"])
def test_a_counselor_who_may_not_sign_in_reads_nothing(
    client: Client, cast: Cast, end: str
) -> None:
    path = new_address(client, cast.counselor.user)
    if end == "left":
        cast.counselor.user.is_active = False
        cast.counselor.user.save()
    else:
        CounselorProfile.objects.update(verification="suspended")
    assert Client().get(path).status_code == 404


def test_a_forgotten_person_has_no_address(
    client: Client, cast: Cast, subject: Subject
) -> None:
    path = new_address(client, cast.seeker.user)
    shred(user=cast.seeker.user)
    assert Client().get(path).status_code == 404
    assert not CalendarFeed.objects.exists()


@pytest.mark.parametrize(
    ("state", "is_there"),
    [("taken", True), ("attended", True), ("waiting", False), ("given_back", False)],
)
def test_a_group_is_in_the_calendar_of_who_has_a_chair(
    client: Client, cast: Cast, subject: Subject, state: str, *, is_there: bool
) -> None:
    row = make_appointment(cast.counselor, None, at(TUESDAY, 19))
    group = Group.objects.create(appointment=row, theme="sleep", seats=3)
    Seat.objects.create(
        group=group,
        subject=subject,
        state=state,
        number=1 if is_there else None,
        nickname=keys.seal(subject, "seat.nickname", "小海"),
        ended_at=None if state in ("taken", "waiting") else MONDAY,
    )
    page = Client().get(new_address(client, cast.seeker.user))
    assert len(events(page)) == is_there
    assert "小海" not in page.content.decode()
    single = client.get(f"/care/calendar/appointments/{row.pk}.ics")
    assert single.status_code == (200 if is_there else 404)
    # Nobody else has it in theirs.
    other = new_address(client, cast.other_seeker.user)
    assert events(Client().get(other)) == []
