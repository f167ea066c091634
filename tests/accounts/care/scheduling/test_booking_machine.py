"""Thousands of holds, bookings, moves, cancellations and changed hours, in any order.

A model in Python says beforehand what each of them must come to; afterwards the rows in
the database and the model must be the same.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.care.scheduling.enums import TAKES_TIME, DayKind
from accounts.care.scheduling.models import Appointment, DateException
from accounts.care.scheduling.services import booking
from accounts.care.scheduling.services.times import (
    BookingRefused,
    HoldOver,
    SlotTaken,
    TooMany,
)
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User
from accounts.lib.dates import SHANGHAI
from tests.accounts.care.scheduling.make import at
from tests.accounts.care.scheduling.talk_make import open_up
from tests.cast import Cast
from tests.make import make_seeker

pytestmark = pytest.mark.django_db
CAP = 3
TALK, BLOCK = timedelta(minutes=50), timedelta(minutes=60)
# Nine to five on the hour are times; the last two of a day are none.
HOURS = [(hour, 0) for hour in range(9, 18)] + [(9, 30), (18, 0)]


@dataclass
class Known:
    """What must be in the database."""

    who: int
    counselor: int
    starts_at: datetime
    is_held: bool
    pk: Any


class Booking(RuleBasedStateMachine):
    people: ClassVar[list[User]] = []
    counselors: ClassVar[list[CounselorProfile]] = []
    days: ClassVar[list[date]] = []
    done: ClassVar[dict[str, int]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.known: list[Known] = []
        self.off: set[tuple[int, date]] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    # ---- What must come of it

    def is_free(
        self, counselor: int, starts_at: datetime, without: Known | None
    ) -> bool:
        local = starts_at.astimezone(SHANGHAI)
        others = [
            k for k in self.known if k.counselor == counselor and k is not without
        ]
        on_the_grid = (local.hour, local.minute) in HOURS[:9]
        that_day = [
            k for k in others if k.starts_at.astimezone(SHANGHAI).date() == local.date()
        ]
        overlaps = any(
            k.starts_at < starts_at + BLOCK and starts_at < k.starts_at + BLOCK
            for k in others
        )
        is_off = (counselor, local.date()) in self.off
        return on_the_grid and not overlaps and not is_off and len(that_day) < CAP

    def is_too_many(self, who: int, counselor: int, without: Known | None) -> bool:
        ahead = [
            k for k in self.known if k.who == who and not k.is_held and k is not without
        ]
        return len(ahead) >= 2 or any(k.counselor == counselor for k in ahead)

    def count(self, name: str) -> None:
        self.done[name] = self.done.get(name, 0) + 1

    def held_by(self, who: int) -> Known | None:
        return next((k for k in self.known if k.who == who and k.is_held), None)

    def booked(self) -> list[Known]:
        return [k for k in self.known if not k.is_held]

    # ---- What happens

    @rule(
        who=st.integers(0, 3),
        counselor=st.integers(0, 1),
        day=st.integers(0, 1),
        hour=st.sampled_from(HOURS),
    )
    def hold(self, who: int, counselor: int, day: int, hour: tuple[int, int]) -> None:
        starts_at = at(self.days[day], *hour)
        mine = self.held_by(who)
        expected: type[BookingRefused] | None = None
        if self.is_too_many(who, counselor, None):
            expected = TooMany
        elif not self.is_free(counselor, starts_at, mine):
            expected = SlotTaken
        made = self.attempt(
            expected,
            lambda: booking.hold(
                user=self.people[who],
                counselor=self.counselors[counselor],
                starts_at=starts_at,
                mode="text",
            ),
        )
        if made is not None:
            self.known = [k for k in self.known if k is not mine]
            self.known.append(Known(who, counselor, starts_at, True, made.pk))
        self.count("hold" if made else "hold refused")

    @precondition(lambda self: any(k.is_held for k in self.known))
    @rule(data=st.data())
    def book(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from([k for k in self.known if k.is_held]))
        expected = TooMany if self.is_too_many(one.who, one.counselor, None) else None
        made = self.attempt(
            expected,
            lambda: booking.book(user=self.people[one.who], hold_id=one.pk),
        )
        if made is not None:
            one.is_held = False
        self.count("book" if made else "book refused")

    @precondition(lambda self: bool(self.booked()))
    @rule(
        data=st.data(),
        counselor=st.integers(0, 1),
        day=st.integers(0, 1),
        hour=st.sampled_from(HOURS),
    )
    def move(
        self, data: st.DataObject, counselor: int, day: int, hour: tuple[int, int]
    ) -> None:
        one = data.draw(st.sampled_from(self.booked()))
        starts_at = at(self.days[day], *hour)
        expected: type[BookingRefused] | None = None
        if self.is_too_many(one.who, counselor, one):
            expected = TooMany
        elif not self.is_free(counselor, starts_at, one):
            expected = SlotTaken
        made = self.attempt(
            expected,
            lambda: booking.reschedule(
                user=self.people[one.who],
                appointment_id=one.pk,
                starts_at=starts_at,
                counselor=self.counselors[counselor],
            ),
        )
        if made is not None:
            one.pk, one.counselor, one.starts_at = made.pk, counselor, starts_at
        self.count("move" if made else "move refused")

    @precondition(lambda self: bool(self.booked()))
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self.booked()))
        booking.cancel(appointment=Appointment.objects.get(pk=one.pk))
        self.known.remove(one)
        self.count("cancel")

    @precondition(lambda self: any(k.is_held for k in self.known))
    @rule(data=st.data(), is_cleared=st.booleans())
    def run_out(self, data: st.DataObject, *, is_cleared: bool) -> None:
        """Ten minutes go by; the clock clears up, or the next one who comes does."""
        one = data.draw(st.sampled_from([k for k in self.known if k.is_held]))
        late = timezone.now() - timedelta(seconds=1)
        Appointment.objects.filter(pk=one.pk).update(held_until=late)
        with pytest.raises(HoldOver):
            booking.book(user=self.people[one.who], hold_id=one.pk)
        self.known.remove(one)
        if is_cleared:
            assert booking.release_expired_holds() >= 1
        self.count("run out")

    @precondition(lambda self: bool(self.known))
    @rule(counselor=st.integers(0, 1), day=st.integers(0, 1))
    def change_hours(self, counselor: int, day: int) -> None:
        """A day off comes or goes; what is booked on it stays."""
        whose, when = self.counselors[counselor], self.days[day]
        rows = DateException.objects.filter(counselor=whose, day=when)
        if (counselor, when) in self.off:
            rows.delete()
            self.off.remove((counselor, when))
        else:
            DateException.objects.create(counselor=whose, day=when, kind=DayKind.OFF)
            self.off.add((counselor, when))
        self.count("hours")

    def attempt(self, expected: type[BookingRefused] | None, call: Any) -> Any:
        if expected is None:
            return call()
        with pytest.raises(expected) as caught:
            call()
        if isinstance(caught.value, SlotTaken):
            assert len(caught.value.times) <= 3
        return None

    # ---- What always holds

    @invariant()
    def rows_and_model_agree(self) -> None:
        now = timezone.now()
        rows = [
            row
            for row in Appointment.objects.filter(state__in=TAKES_TIME)
            if row.state != "held" or (row.held_until and row.held_until > now)
        ]
        found = {(row.pk, row.counselor_id, row.starts_at, row.state) for row in rows}
        assert found == {
            (
                one.pk,
                self.counselors[one.counselor].pk,
                one.starts_at,
                "held" if one.is_held else "booked",
            )
            for one in self.known
        }
        for row in rows:
            for other in rows:
                if row.pk < other.pk and row.counselor_id == other.counselor_id:
                    assert (
                        row.blocked_until <= other.blocked_from
                        or other.blocked_until <= row.blocked_from
                    )


@pytest.fixture
def machine(cast: Cast) -> type[Booking]:
    today = timezone.now().astimezone(SHANGHAI).date()

    class Ours(Booking):
        people = [
            cast.seeker.user,
            cast.other_seeker.user,
            make_seeker(email="third@example.com", pseudonym="三").user,
            make_seeker(email="fourth@example.com", pseudonym="四").user,
        ]
        counselors = [
            open_up(cast.counselor, daily_cap=CAP, horizon_days=6),
            open_up(cast.other_counselor, daily_cap=CAP, horizon_days=6),
        ]
        days = [today + timedelta(days=3), today + timedelta(days=4)]
        done: ClassVar[dict[str, int]] = {}

    return Ours


def run(machine: type[Booking], *, examples: int, steps: int) -> int:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            # Else every round of CI would try the same ones.
            derandomize=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return sum(machine.done.values())


def test_some_hundred_operations(machine: type[Booking]) -> None:
    # Chance decides what is done: a round in which nobody moved is no fault.
    for _round in range(6):
        done = run(machine, examples=12, steps=40)
        if done >= 200 and fewest(machine) >= 3:
            break
    # It was not all refusals.
    assert fewest(machine) >= 3, machine.done


def fewest(machine: type[Booking]) -> int:
    return min(machine.done.get(name, 0) for name in ("hold", "book", "move", "cancel"))


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("CI"), reason="takes minutes")
def test_ten_thousand_operations(machine: type[Booking]) -> None:
    done = 0
    while done < 10_000:
        done = run(machine, examples=20, steps=60)
        print(done, dict(machine.done), flush=True)  # noqa: T201 - seen with -s
