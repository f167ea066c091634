"""Fifty people with real HTTP clients want the same ten times at the same moment."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode, urlparse

import pytest
from django.test import Client
from django.urls import reverse

from accounts.care.scheduling.access import open_slots
from accounts.care.scheduling.models import Appointment, Seat
from accounts.care.scheduling.services import booking, groups
from accounts.care.scheduling.services.times import SlotTaken
from accounts.counselors.models import CounselorProfile
from accounts.lib.dates import SHANGHAI
from tests.accounts.care.scheduling.talk_make import group_of, open_up
from tests.cast import Cast
from tests.jobs.applications.together import together
from tests.make import make_counselor, make_seeker, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, TIMES = 50, 10


@dataclass
class Answer:
    status: int
    place: str
    body: str


@dataclass
class Browser:
    """One person's own connection to the real server."""

    netloc: str
    session: str

    def ask(
        self, method: str, path: str, fields: dict[str, str] | None = None
    ) -> Answer:
        line = HTTPConnection(self.netloc, timeout=120)
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={'x' * 32}"}
        body = None
        if fields is not None:
            body = urlencode(fields | {"csrfmiddlewaretoken": "x" * 32})
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        line.request(method, path, body, headers)
        response: HTTPResponse = line.getresponse()
        told = Answer(
            response.status,
            response.getheader("Location") or "",
            response.read().decode(),
        )
        line.close()
        return told

    def book(self, fields: dict[str, str]) -> Answer:
        """Tap a time; whoever has it books it."""
        held = self.ask("POST", reverse("talks:hold"), fields)
        if held.status != 302:
            return held
        return self.ask("POST", held.place, {})


def browsers(netloc: str) -> list[Browser]:
    found = []
    for number in range(PEOPLE):
        person = make_seeker(
            email=f"person{number}@example.com", pseudonym=f"海风{number}"
        )
        client = Client()
        sign_in(client, person.user)
        found.append(Browser(netloc, client.cookies["sessionid"].value))
    return found


def wanted_times(counselor: CounselorProfile) -> list[datetime]:
    """Five on each of two days: fewer than the most of a day."""
    days = defaultdict(list)
    for slot in open_slots(counselors=[counselor], mode="text", limit=60):
        days[slot.starts_at.astimezone(SHANGHAI).date()].append(slot.starts_at)
    whole = [times[:5] for times in days.values() if len(times) >= 8][:2]
    return [time for times in whole for time in times]


def shown_times(answer: Answer) -> list[datetime]:
    found = re.findall(r'name="starts_at" value="([^"]+)"', answer.body)
    return [datetime.fromisoformat(one) for one in found]


def test_one_winner_each_and_three_times_for_everybody_else(live_server: Any) -> None:
    counselor = open_up(make_counselor())
    times = wanted_times(counselor)
    assert len(times) == TIMES
    people = browsers(urlparse(live_server.url).netloc)
    base = {"mode": "text", "counselor": str(counselor.public_id), "topic": ""}
    calls: list[Callable[[], Answer]] = [
        partial(person.book, base | {"starts_at": times[number % TIMES].isoformat()})
        for number, person in enumerate(people)
    ]
    answers = together(calls)
    assert Counter(answer.status for answer in answers) == {302: 10, 409: 40}
    won = [number % TIMES for number, one in enumerate(answers) if one.status == 302]
    assert sorted(won) == list(range(TIMES))
    booked = Appointment.objects.filter(state="booked")
    assert sorted(booked.values_list("starts_at", flat=True)) == times
    assert not Appointment.objects.filter(state="held").exists()
    for answer in answers:
        if answer.status == 409:
            assert len(set(shown_times(answer))) == 3
    assert not overlapping()


def overlapping() -> list[tuple[Any, Any]]:
    rows = list(
        Appointment.objects.filter(
            state__in=["held", "booked", "in_progress"]
        ).order_by("counselor", "blocked_from")
    )
    return [
        (one, two)
        for one, two in pairwise(rows)
        if one.counselor_id == two.counselor_id and one.blocked_until > two.blocked_from
    ]


def test_twenty_want_three_seats(cast: Cast) -> None:
    counselor = open_up(cast.counselor)
    group = group_of(counselor, seats=3)
    people = [
        make_seeker(email=f"person{number}@example.com", pseudonym=f"海风{number}")
        for number in range(20)
    ]
    calls = [
        partial(
            groups.take_seat, user=one.user, group_id=group.pk, nickname=one.pseudonym
        )
        for one in people
    ]
    seats = together(calls)
    assert Counter(str(seat.state) for seat in seats) == {"taken": 3, "waiting": 17}
    sat = Seat.objects.filter(state="taken").values_list("number", flat=True)
    assert set(sat) == {1, 2, 3}


def test_the_most_of_a_day_holds_in_a_crowd(cast: Cast) -> None:
    counselor = open_up(cast.counselor, daily_cap=2)
    slots = open_slots(counselors=[counselor], mode="text", limit=60)
    after = slots[-1].starts_at.astimezone(SHANGHAI).date() - timedelta(days=1)
    day = [s for s in slots if s.starts_at.astimezone(SHANGHAI).date() == after][:8]
    people = [
        make_seeker(email=f"p{n}@example.com", pseudonym=f"风{n}") for n in range(8)
    ]
    calls = [
        partial(
            booking.hold,
            user=one.user,
            counselor=counselor,
            starts_at=slot.starts_at,
            mode="text",
        )
        for one, slot in zip(people, day, strict=True)
    ]
    found = together(calls)
    assert sum(isinstance(one, Appointment) for one in found) == 2
    assert sum(isinstance(one, SlotTaken) for one in found) == 6
