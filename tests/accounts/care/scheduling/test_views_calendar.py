"""A counselor's calendar through the browser."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.care.scheduling.access import open_slots
from accounts.care.scheduling.models import (
    Appointment,
    AvailabilityRule,
    CounselorSettings,
    DateException,
    Leave,
)
from accounts.care.vault import keys
from accounts.care.vault.models import Subject, TeamRole
from accounts.care.vault.services.subjects import ensure_subject
from accounts.counselors.models import CounselorProfile
from tests.accounts.care.scheduling.make import (
    MONDAY,
    at,
    make_appointment,
    make_day,
    make_hours,
    make_leave,
    make_settings,
)
from tests.cast import Cast
from tests.make import sign_in
from tests.words import says

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 12, 1)
SETTINGS = {
    "zone": "Asia/Shanghai",
    "session_minutes": "50",
    "modes": ["text", "phone"],
    "video_link": "",
    "place": "",
    "buffer_before": "0",
    "buffer_after": "10",
    "notice_hours": "24",
    "horizon_days": "28",
    "daily_cap": "6",
    "max_caseload": "25",
    "accepts_new": "on",
}
HOURS = {
    "weekdays": ["1", "3"],
    "starts": "09:00",
    "ends": "12:00",
    "modes": ["text"],
}


@pytest.fixture(autouse=True)
def _on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def counselor(client: Client, cast: Cast) -> CounselorProfile:
    CounselorProfile.objects.update(
        verification_expires_at=MONDAY + timedelta(days=180)
    )
    sign_in(client, cast.counselor.user)
    return cast.counselor


@pytest.fixture
def settled(counselor: CounselorProfile) -> CounselorProfile:
    make_settings(counselor)
    return counselor


@pytest.fixture
def subject(cast: Cast) -> Subject:
    return ensure_subject(user=cast.seeker.user)


def errors(page: Any) -> set[str]:
    assert page.status_code == 422
    return set(page.context["form"].errors)


def test_from_nothing_to_a_free_time(
    client: Client, counselor: CounselorProfile
) -> None:
    page = client.get("/care/calendar/")
    assert says(page, "First say how you work")
    # Whoever comes to the hours first is led to what must be said before.
    assert client.get("/care/calendar/hours/")["Location"] == "/care/calendar/settings/"
    page = client.post("/care/calendar/settings/", SETTINGS)
    assert page["Location"] == "/care/calendar/hours/"
    assert says(client.get("/care/calendar/hours/"), "No hours yet")
    assert open_slots() == []
    page = client.post("/care/calendar/hours/add/", HOURS, follow=True)
    assert page.content.decode().count("09:00–12:00") > 2
    assert [slot.starts_at for slot in open_slots(limit=4)][::3] == [
        at(TUESDAY, 9),
        at(TUESDAY + timedelta(days=2), 9),
    ]
    page = client.get("/care/calendar/")
    assert '<li class="num">11:00</li>' in page.content.decode()


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"ends": "08:00"}, {"ends"}),
        ({"ends": "09:30"}, {"ends"}),
        ({"starts": "soon"}, {"starts"}),
        ({"weekdays": []}, {"weekdays"}),
        ({"weekdays": ["7"]}, {"weekdays"}),
        ({"modes": ["video"]}, {"modes"}),
        ({"valid_from": "2027-02-01", "valid_until": "2027-01-01"}, {"valid_until"}),
    ],
)
def test_wrong_hours_are_said_at_their_field(
    client: Client, settled: CounselorProfile, change: dict[str, Any], wrong: set[str]
) -> None:
    page = client.post("/care/calendar/hours/add/", HOURS | change)
    assert errors(page) == wrong
    assert not AvailabilityRule.objects.exists()
    # What was right is still there.
    if "starts" not in change:
        assert 'value="09:00"' in page.content.decode()


def test_until_midnight(client: Client, settled: CounselorProfile) -> None:
    client.post(
        "/care/calendar/hours/add/", HOURS | {"starts": "22:00", "ends": "00:00"}
    )
    assert AvailabilityRule.objects.first().ends == 1440  # type: ignore[union-attr]


def test_lines_that_overlap_are_refused_together(
    client: Client, settled: CounselorProfile
) -> None:
    make_hours(settled, weekday=3, starts=11 * 60, ends=13 * 60)
    page = client.post("/care/calendar/hours/add/", HOURS)
    assert errors(page) == {"weekdays"}
    assert "星期四" in str(page.context["form"].errors["weekdays"])
    assert "星期二" not in str(page.context["form"].errors["weekdays"])
    # Neither the day that overlaps nor the one that does not.
    assert AvailabilityRule.objects.count() == 1
    # One after the other is fine.
    page = client.post("/care/calendar/hours/add/", HOURS | {"ends": "11:00"})
    assert page.status_code == 302


def test_a_line_is_changed_and_copied(
    client: Client, settled: CounselorProfile, subject: Subject
) -> None:
    row = make_hours(settled)
    booked = make_appointment(settled, subject, at(TUESDAY, 11))
    told = {"starts": "09:00", "ends": "10:00", "modes": ["text"]}
    client.post(f"/care/calendar/hours/{row.pk}/", told)
    assert [slot.starts_at for slot in open_slots(limit=2)] == [
        at(TUESDAY, 9),
        at(TUESDAY + timedelta(days=7), 9),
    ]
    booked.refresh_from_db()
    assert (booked.state, booked.starts_at) == ("booked", at(TUESDAY, 11))
    page = client.get(f"/care/calendar/hours/add/?copy={row.pk}")
    assert 'value="10:00"' in page.content.decode()
    make_hours(settled, starts=12 * 60, ends=14 * 60)
    page = client.post(f"/care/calendar/hours/{row.pk}/", told | {"ends": "13:00"})
    assert errors(page) == {"starts"}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"modes": ["video"]}, {"video_link"}),
        ({"modes": ["video"], "video_link": "http://meet.example"}, {"video_link"}),
        ({"modes": ["in_person"]}, {"place"}),
        ({"modes": []}, {"modes"}),
        ({"daily_cap": "7"}, {"daily_cap"}),
        ({"max_caseload": "26"}, {"max_caseload"}),
        ({"notice_hours": "0"}, {"notice_hours"}),
        ({"horizon_days": "91"}, {"horizon_days"}),
        ({"zone": "Mars/Base"}, {"zone"}),
        ({"session_minutes": "45"}, {"session_minutes"}),
    ],
)
def test_settings_out_of_range(
    client: Client, counselor: CounselorProfile, change: dict[str, Any], wrong: set[str]
) -> None:
    assert errors(client.post("/care/calendar/settings/", SETTINGS | change)) == wrong
    assert not CounselorSettings.objects.exists()


def test_the_link_is_unreadable_in_the_table(
    client: Client, counselor: CounselorProfile
) -> None:
    from django.db import connection

    told = {"modes": ["video"], "video_link": "https://meet.example/zhou"}
    client.post("/care/calendar/settings/", SETTINGS | told)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s::text FROM care.accounts_care_scheduling_counselorsettings s"
        )
        assert "meet.example" not in cursor.fetchone()[0]
    assert "meet.example" in client.get("/care/calendar/settings/").content.decode()


def test_hours_of_one_day(client: Client, settled: CounselorProfile) -> None:
    make_hours(settled)
    told = {"day": "2026-12-01", "kind": "off", "starts": "", "ends": ""}
    client.post("/care/calendar/days/", told)
    assert open_slots(until=at(TUESDAY, 23)) == []
    told = {"day": "2026-12-01", "kind": "extra", "starts": "19:00", "ends": "20:00"}
    assert errors(client.post("/care/calendar/days/", told)) == {"modes"}
    page = client.post("/care/calendar/days/", told | {"modes": ["phone"]}, follow=True)
    assert "19:00–20:00" in page.content.decode()
    assert [slot.starts_at for slot in open_slots(limit=1)] == [at(TUESDAY, 19)]
    again = told | {"starts": "19:30", "ends": "21:00", "modes": ["phone"]}
    assert errors(client.post("/care/calendar/days/", again)) == {"starts"}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"day": "2026-11-29"}, {"day"}),
        ({"day": "2036-01-01"}, {"day"}),
        ({"starts": "10:00"}, {"ends"}),
        ({"starts": "10:00", "ends": "09:00"}, {"ends"}),
        ({"kind": "extra", "modes": ["text"]}, {"starts", "ends"}),
        ({"kind": "never"}, {"kind"}),
    ],
)
def test_wrong_days(
    client: Client, settled: CounselorProfile, change: dict[str, Any], wrong: set[str]
) -> None:
    told = {"day": "2026-12-01", "kind": "off", "starts": "", "ends": ""}
    assert errors(client.post("/care/calendar/days/", told | change)) == wrong
    assert not DateException.objects.exists()


def test_a_day_taken_out_cancels_nothing_but_says_so(
    client: Client, settled: CounselorProfile, subject: Subject
) -> None:
    make_appointment(settled, subject, at(TUESDAY, 9))
    told = {"day": "2026-12-01", "kind": "off", "starts": "", "ends": ""}
    page = client.post("/care/calendar/days/", told, follow=True)
    assert says(page, "Added. What is booked on this day stays; please look at it.")
    assert Appointment.objects.get().state == "booked"


LEAVE = {"first_day": "2026-12-01", "last_day": "2026-12-03", "reason": "holiday"}


def test_leave_waits_until_nobody_is_booked(
    client: Client, settled: CounselorProfile, subject: Subject
) -> None:
    row = make_appointment(settled, subject, at(date(2026, 12, 3), 23, 30))
    make_appointment(settled, subject, at(date(2026, 12, 4), 0, 30))
    page = client.post("/care/calendar/leave/", LEAVE)
    assert page.status_code == 422
    assert says(page, "People have a time with you then")
    text = page.content.decode()
    assert "23:30" in text
    assert "00:30" not in text
    assert 'value="2026-12-01"' in text
    assert not Leave.objects.exists()
    Appointment.objects.filter(pk=row.pk).update(
        state="cancelled_by_counselor", ended_at=MONDAY
    )
    assert client.post("/care/calendar/leave/", LEAVE).status_code == 302
    assert Leave.objects.get().last_day == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"last_day": "2026-11-30", "first_day": "2026-12-02"}, {"last_day"}),
        ({"last_day": "2026-11-29", "first_day": "2026-11-28"}, {"last_day"}),
        ({"reason": "tired of it"}, {"reason"}),
        ({"first_day": "2026-12-10", "last_day": "2026-12-12"}, {"first_day"}),
    ],
)
def test_wrong_leave(
    client: Client, settled: CounselorProfile, change: dict[str, Any], wrong: set[str]
) -> None:
    make_leave(settled, date(2026, 12, 12), date(2026, 12, 14))
    assert errors(client.post("/care/calendar/leave/", LEAVE | change)) == wrong
    assert Leave.objects.count() == 1


def test_the_week_shows_what_is_booked_and_free(
    client: Client, settled: CounselorProfile, subject: Subject
) -> None:
    make_hours(settled)
    make_appointment(
        settled,
        subject,
        at(TUESDAY, 9),
        topic=keys.seal(subject, "talk.topic", "guilt"),
    )
    make_appointment(
        settled, subject, at(TUESDAY, 14), state="expired", ended_at=MONDAY
    )
    page = client.get("/care/calendar/").content.decode()
    assert "09:00–09:50" in page
    assert '<li class="num">10:00</li>' in page
    assert '<li class="num">09:00</li>' not in page
    assert "14:00" not in page
    make_leave(settled, TUESDAY + timedelta(days=7), TUESDAY + timedelta(days=7))
    later = client.get("/care/calendar/?day=2026-12-08")
    assert says(later, "Away")
    assert "10:00" not in later.content.decode()
    assert client.get("/care/calendar/?day=never").status_code == 200


def test_times_by_the_counselors_own_clock(
    client: Client, counselor: CounselorProfile, subject: Subject
) -> None:
    make_settings(counselor, zone="America/New_York")
    make_hours(counselor, weekday=0, starts=20 * 60, ends=21 * 60)
    # Eight in the evening in New York is nine on the next morning in Beijing.
    assert open_slots(limit=1)[0].starts_at == at(date(2026, 12, 1), 9)
    page = client.get("/care/calendar/day/2026-11-30/").content.decode()
    assert '<li class="num">20:00</li>' in page


def test_the_scheduler_sees_times_and_no_people(
    client: Client, settled: CounselorProfile, cast: Cast, subject: Subject
) -> None:
    TeamRole.objects.create(counselor=settled, role="scheduler")
    make_settings(cast.other_counselor, zone="Europe/Berlin")
    row = make_appointment(
        cast.other_counselor,
        subject,
        at(TUESDAY, 15),
        topic=keys.seal(subject, "talk.topic", "guilt"),
    )
    page = client.get("/care/calendar/team/?day=2026-12-01").content.decode()
    assert "15:00–15:50" in page
    assert "08:00–08:50" in page
    assert str(row.pk)[:8] in page
    assert str(subject.pk)[:8] not in page
    for told in (cast.seeker.pseudonym, "guilt", row.topic):
        assert told not in page
    assert (
        "15:00"
        not in client.get("/care/calendar/team/?day=2026-12-02").content.decode()
    )


def test_a_zone_chosen_stays_on_the_device(client: Client, cast: Cast) -> None:
    sign_in(client, cast.seeker.user)
    page = client.post("/care/calendar/zone/", {"zone": "Mars/Base"})
    assert page.status_code == 422
    told = {"zone": "Europe/Berlin", "next": "/care/privacy/"}
    page = client.post("/care/calendar/zone/", told)
    assert page["Location"] == "/care/privacy/"
    cookie = page.cookies["zone"]
    assert cookie.value == "Europe/Berlin"
    assert cookie["httponly"]
    text = client.get("/care/calendar/zone/").content.decode()
    assert '<option value="Europe/Berlin" selected>' in text
    told["next"] = "https://elsewhere.example/"
    page = client.post("/care/calendar/zone/", told)
    assert page["Location"] == "/care/calendar/zone/"


def test_what_we_do_not_do_and_when_somebody_is_there(
    client: Client, settled: CounselorProfile, cast: Cast
) -> None:
    page = client.get("/care/calendar/about/")
    assert says(
        page,
        "In the next seven days nobody is there. The lines above answer all the same.",
    )
    make_hours(settled)
    make_settings(cast.other_counselor, zone="Europe/Berlin")
    # From five to six in Berlin: noon to one in Beijing, and so one stretch.
    make_hours(cast.other_counselor, starts=5 * 60, ends=6 * 60)
    page = client.get("/care/calendar/about/")
    text = page.content.decode()
    assert "09:00–13:00" in text
    assert cast.counselor.name not in text
    for number in ("12356", "120", "110"):
        assert f'href="tel:{number}"' in text
    make_day(settled, TUESDAY)
    assert "09:00–13:00" not in client.get("/care/calendar/about/").content.decode()
    assert "/care/calendar/about/" in client.get("/counselors/").content.decode()


def test_a_day_leads_to_calling_off_what_is_to_come(
    client: Client, settled: CounselorProfile, subject: Subject
) -> None:
    row = make_appointment(settled, subject, at(TUESDAY, 9))
    page = client.get("/care/calendar/day/2026-12-01/").content.decode()
    assert f"/care/talks/call-off/{row.pk}/" in page
    assert client.get(f"/care/talks/call-off/{row.pk}/").status_code == 200
    Appointment.objects.filter(pk=row.pk).update(state="in_progress")
    page = client.get("/care/calendar/day/2026-12-01/").content.decode()
    assert "call-off" not in page
    assert f"/care/calendar/appointments/{row.pk}.ics" in page
