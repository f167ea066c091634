"""A bad line loses requests and answers, doubles them and swaps them: the talk stays whole."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from hypothesis.extra.django import TestCase

from accounts.care.rooms import access
from accounts.care.rooms.access import Seat
from accounts.care.rooms.services import lines
from tests.accounts.care.rooms.make import make_room, words_of
from tests.cast import Cast
from tests.make import make_counselor, make_seeker

# What becomes of one request: it never arrives, its answer never does, it arrives twice,
# or it is held up and arrives after the next one.
FATES = st.sampled_from(["fine", "fine", "lost", "no answer", "twice", "late"])
STEPS = st.lists(
    st.tuples(st.sampled_from([0, 1]), st.booleans(), FATES), min_size=1, max_size=25
)


@dataclass
class Page:
    """As static/js/rooms/room.js: sends one after the other, asks for what is after `last`."""

    seat: Seat
    written: list[str] = field(default_factory=list)
    queue: list[tuple[uuid.UUID, str]] = field(default_factory=list)
    shown: dict[int, str] = field(default_factory=dict)
    last: int = 0
    late: list[tuple[uuid.UUID, str]] = field(default_factory=list)

    def write(self) -> None:
        text = f"{self.seat.side} {len(self.written)}"
        self.written.append(text)
        self.queue.append((uuid.uuid4(), text))

    def send(self, fate: str) -> None:
        if not self.queue or fate == "lost":
            return
        line = self.queue[0]
        if fate == "late":
            self.late.append(line)
            return
        for _ in range(2 if fate == "twice" else 1):
            lines.say(seat=self.seat, key=line[0], text=line[1])
        if fate != "no answer":
            self.take(self.last)
            self.queue.pop(0)

    def ask(self, fate: str) -> None:
        """An answer that is held up was made for an older `last`."""
        after = max(self.last - 2, 0) if fate in {"late", "twice"} else self.last
        if fate in {"lost", "no answer"}:
            return
        self.take(after)

    def take(self, after: int) -> None:
        room = access.room_of(self.seat)
        assert room is not None
        for line in access.lines_after(room, after):
            self.shown.setdefault(line.number, lines.text_of(line))
            self.last = max(self.last, line.number)

    def arrive_late(self) -> None:
        for key, text in self.late:
            lines.say(seat=self.seat, key=key, text=text)
        self.late.clear()


def some_two() -> Cast:
    """Only those of the cast who are in the room."""
    two = SimpleNamespace(seeker=make_seeker(), counselor=make_counselor())
    return cast("Cast", two)


def play(steps: list[tuple[int, bool, str]]) -> None:
    room, *found = make_room(some_two())
    pages = [Page(seat) for seat in found]
    for who, writes, fate in steps:
        page = pages[who]
        if writes:
            page.write()
            page.send(fate)
        else:
            page.arrive_late()
            page.ask(fate)
    # The line works again.
    for page in pages:
        page.arrive_late()
        while page.queue:
            page.send("fine")
    for page in pages:
        page.ask("fine")
    everything = words_of(room)
    for page in pages:
        mine = [text for text in everything if text.startswith(f"{page.seat.side} ")]
        assert mine == page.written
        assert [page.shown[number] for number in sorted(page.shown)] == everything
    numbers = [line.number for line in access.lines_after(room)]
    assert numbers == list(range(1, len(everything) + 1))


@pytest.mark.django_db
class TestBadLine(TestCase):
    @given(steps=STEPS)
    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    def test_every_line_once_and_in_order(
        self, steps: list[tuple[int, bool, str]]
    ) -> None:
        play(steps)
