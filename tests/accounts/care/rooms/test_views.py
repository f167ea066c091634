from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.care.rooms.access import Seat
from accounts.care.rooms.models import Line, Room
from accounts.care.rooms.rules import times
from accounts.care.rooms.services import rooms
from accounts.care.scheduling.models import Appointment
from accounts.care.vault.access import looks_at, may
from accounts.care.vault.enums import Scope
from accounts.identity.models import AuditEvent, OutboxMessage
from tests.accounts.care.rooms.make import make_appointment, make_room, write
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import sign_in

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}
CANARY = "其实我每天都在哭"


@pytest.fixture
def seeker(cast: Cast) -> Client:
    client = StrictClient()
    sign_in(client, cast.seeker.user)
    return client


@pytest.fixture
def counselor(cast: Cast) -> Client:
    client = StrictClient()
    sign_in(client, cast.counselor.user)
    return client


def url(name: str, seat: Seat) -> str:
    return reverse(f"rooms:{name}", args=[seat.appointment.pk])


def body(text: str = CANARY) -> dict[str, str]:
    return {"text": text, "key": str(uuid.uuid4()), "after": "0"}


# ---- Without a script: a form and a page that is loaded again


def test_written_and_read_without_a_script(
    cast: Cast, seeker: Client, counselor: Client
) -> None:
    _room, seat, _other = make_room(cast)
    sent = seeker.post(url("say", seat), body())
    assert sent.headers["Location"].endswith("/#write")
    assert CANARY in counselor.get(url("room", seat)).content.decode()
    room = Room.objects.get()
    assert (room.counselor_got, room.counselor_read) == (1, 1)


def test_nothing_typed_is_lost(cast: Cast, seeker: Client) -> None:
    _room, seat, _other = make_room(cast)
    long = "长" * 1001
    answer = seeker.post(url("say", seat), body(long))
    assert answer.status_code == 422
    assert long in answer.content.decode()
    assert not Line.objects.exists()


def test_what_came_too_late_is_shown_as_not_sent(cast: Cast, seeker: Client) -> None:
    _room, seat, _other = make_room(cast)
    rooms.end(seat=seat)
    answer = seeker.post(url("say", seat), body())
    assert answer.status_code == 422
    assert CANARY in answer.content.decode()
    assert not Line.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "\u200b\n"])
def test_an_empty_line_is_none(cast: Cast, seeker: Client, text: str) -> None:
    _room, seat, _other = make_room(cast)
    assert seeker.post(url("say", seat), body(text)).status_code == 422
    assert not Line.objects.exists()


def test_what_is_written_is_no_markup(cast: Cast, seeker: Client) -> None:
    _room, seat, _other = make_room(cast)
    seeker.post(url("say", seat), body("<b id=x>hi</b>"))
    assert b"<b id=x>" not in seeker.get(url("room", seat)).content


# ---- With a script: small answers


def test_nothing_new_is_an_empty_answer(cast: Cast, seeker: Client) -> None:
    _room, seat, _other = make_room(cast)
    write(seat)
    asked = {"after": "1", "state": "0.0.0", "shown": "1"}
    answer = seeker.get(url("lines", seat), asked, headers=SCRIPT)
    head = sum(len(name) + len(value) + 4 for name, value in answer.items())
    assert (answer.status_code, answer.content) == (204, b"")
    assert head < 1000


def test_only_what_is_new(cast: Cast, seeker: Client) -> None:
    _room, seat, other = make_room(cast)
    write(other, "早上好")
    write(other, "你睡得好吗")
    answer = seeker.get(url("lines", seat), {"after": 1}, headers=SCRIPT)
    told = answer.content.decode()
    assert "你睡得好吗" in told
    assert "早上好" not in told


def test_arrived_then_read(cast: Cast, seeker: Client, counselor: Client) -> None:
    _room, seat, _other = make_room(cast)
    write(seat)
    for shown, state in (("0", "1.1.0"), ("1", "1.1.1")):
        counselor.get(
            url("lines", seat), {"after": "1", "shown": shown}, headers=SCRIPT
        )
        answer = seeker.get(url("lines", seat), {"after": 1}, headers=SCRIPT)
        assert f'data-state="{state}"' in answer.content.decode()


def test_seen_who_is_there(cast: Cast, seeker: Client, counselor: Client) -> None:
    _room, seat, _other = make_room(cast)
    seeker.get(url("lines", seat), headers=SCRIPT)
    asked = {"state": "1.0.0"}
    still = counselor.get(url("lines", seat), asked, headers=SCRIPT)
    assert still.status_code == 204
    Room.objects.update(seeker_seen_at=timezone.now() - times.THERE)
    gone = counselor.get(url("lines", seat), asked, headers=SCRIPT)
    assert 'data-there="0"' in gone.content.decode()


def test_the_answer_to_a_line_brings_what_came_meanwhile(
    cast: Cast, seeker: Client
) -> None:
    _room, seat, other = make_room(cast)
    write(other, "在吗")
    answer = seeker.post(url("say", seat), body("在"), headers=SCRIPT)
    told = answer.content.decode()
    assert told.index("在吗") < told.index('data-number="2"')


def test_too_fast_is_told_and_not_lost(cast: Cast, seeker: Client) -> None:
    _room, seat, _other = make_room(cast)
    for _ in range(times.MOST_LINES):
        write(seat)
    answer = seeker.post(url("say", seat), body(), headers=SCRIPT)
    assert answer.status_code == 429
    page = seeker.post(url("say", seat), body())
    assert page.status_code == 422
    assert CANARY in page.content.decode()
    assert Line.objects.count() == times.MOST_LINES


def test_after_the_end_the_page_is_loaded_anew(cast: Cast, seeker: Client) -> None:
    _room, seat, _other = make_room(cast)
    rooms.end(seat=seat)
    answer = seeker.get(url("lines", seat), headers=SCRIPT)
    assert answer.headers["HX-Redirect"] == url("room", seat)
    late = seeker.post(url("say", seat), body(), headers=SCRIPT)
    assert late.status_code == 410


@pytest.mark.parametrize("typed", ["-1", "x", "９", "9" * 30, "1.5", ""])
def test_a_strange_number_asks_for_everything(
    cast: Cast, seeker: Client, typed: str
) -> None:
    _room, seat, _other = make_room(cast)
    write(seat, "第一句")
    answer = seeker.get(url("lines", seat), {"after": typed}, headers=SCRIPT)
    assert "第一句" in answer.content.decode()


# ---- Before, end, after


def test_before_its_time(cast: Cast, seeker: Client) -> None:
    soon = timezone.now() + timedelta(minutes=30)
    made = make_appointment(cast.seeker, cast.counselor, starts_at=soon)
    page = seeker.get(reverse("rooms:room", args=[made.pk]))
    assert page.status_code == 200
    assert b"<textarea" not in page.content
    assert not Room.objects.exists()


def test_ended_only_after_a_question(cast: Cast, seeker: Client) -> None:
    room, seat, _other = make_room(cast)
    assert seeker.get(url("end", seat)).status_code == 200
    room.refresh_from_db()
    assert room.state == "open"
    seeker.post(url("end", seat))
    room.refresh_from_db()
    assert (room.state, room.ended_by) == ("ended", "seeker")
    assert b"<textarea" not in seeker.get(url("room", seat)).content


def test_help_is_on_every_page(cast: Cast, seeker: Client, counselor: Client) -> None:
    _room, seat, _other = make_room(cast)
    help_url = f'href="{reverse("help")}"'
    pages = [url("room", seat), url("end", seat)]
    found = [one.get(page) for one in (seeker, counselor) for page in pages]
    rooms.end(seat=seat)
    found += [one.get(url("room", seat)) for one in (seeker, counselor)]
    counts = [
        page.content.decode().split("<footer")[0].count(help_url) for page in found
    ]
    assert all(counts)


def test_the_title_tells_nothing(cast: Cast, seeker: Client) -> None:
    _room, seat, _other = make_room(cast)
    told = seeker.get(url("room", seat)).content.decode()
    title = told.split("<title>")[1].split("</title>")[0]
    assert cast.counselor.name not in title
    assert "辅导" not in title


def test_the_person_keeps_and_lets_go(cast: Cast, seeker: Client) -> None:
    _room, seat, _other = make_room(cast)
    seeker.post(url("keep", seat))
    assert may(seat.subject, Scope.TRANSCRIPT, cast.counselor)
    assert Room.objects.get().is_kept
    seeker.post(url("unkeep", seat))
    assert not Room.objects.get().is_kept
    assert not may(seat.subject, Scope.TRANSCRIPT, cast.counselor)


def test_the_person_deletes_for_both(
    cast: Cast, seeker: Client, counselor: Client
) -> None:
    _room, seat, _other = make_room(cast)
    write(seat, CANARY)
    seeker.post(url("forget", seat))
    assert Line.objects.exists()
    rooms.end(seat=seat)
    assert CANARY in counselor.get(url("room", seat)).content.decode()
    seeker.post(url("forget", seat))
    assert not Line.objects.exists()
    assert CANARY not in counselor.get(url("room", seat)).content.decode()


def test_each_look_of_the_counselor_is_written_down(
    cast: Cast, seeker: Client, counselor: Client
) -> None:
    _room, seat, _other = make_room(cast)
    write(seat)
    seeker.get(url("room", seat))
    counselor.get(url("room", seat))
    counselor.get(url("lines", seat), headers=SCRIPT)
    rooms.end(seat=seat)
    counselor.get(url("room", seat))
    found = [(one.action, one.counselor) for one in looks_at(seat.subject)]
    assert found == [("room.read", cast.counselor)] * 2


def test_nothing_of_it_lies_outside_the_wall(cast: Cast, seeker: Client) -> None:
    _room, seat, _other = make_room(cast)
    before = AuditEvent.objects.count()
    seeker.post(url("say", seat), body())
    seeker.get(url("lines", seat), headers=SCRIPT)
    assert AuditEvent.objects.count() == before
    assert not OutboxMessage.objects.exists()
    assert CANARY not in str(dict(seeker.session))


def test_pages_are_kept_by_nobody(cast: Cast, seeker: Client) -> None:
    _room, seat, _other = make_room(cast)
    for page in (url("room", seat), url("lines", seat)):
        assert "no-store" in seeker.get(page).headers["Cache-Control"]


def test_ten_minutes_away_and_one_shows_again(cast: Cast, seeker: Client) -> None:
    _room, seat, _other = make_room(cast)
    session = seeker.session
    session["care_seen"] = (timezone.now() - timedelta(minutes=11)).timestamp()
    session.save()
    answer = seeker.get(url("lines", seat), headers=SCRIPT)
    assert "HX-Redirect" in answer.headers
    assert not Room.objects.filter(seeker_seen_at__isnull=False).exists()


def test_a_missed_time_says_so_kindly(cast: Cast, seeker: Client) -> None:
    made = make_appointment(cast.seeker, cast.counselor)
    Appointment.objects.update(state="no_show", ended_at=timezone.now())
    page = seeker.get(reverse("rooms:room", args=[made.pk]))
    assert page.status_code == 200
    assert b"<textarea" not in page.content
    assert not Room.objects.exists()
