"""Each step of a talk or a place on the list: code and tests read the same rows (E3)."""

from __future__ import annotations

from accounts.care.scheduling.enums import (
    ON_THE_LIST,
    OVER,
    Actor,
    AppointmentState as S,
    WaitState as W,
)
from accounts.lib.workflow import Workflow, transition

APPOINTMENT = Workflow(
    name="appointment",
    initial=S.HELD,
    terminal=OVER,
    rows=(
        transition("book", [S.HELD], S.BOOKED, Actor.SEEKER),
        transition("let_go", [S.HELD], S.EXPIRED, Actor.SEEKER),
        transition("expire", [S.HELD], S.EXPIRED, Actor.SYSTEM),
        # A new row takes its place in the same moment.
        transition("move", [S.BOOKED], S.RESCHEDULED, Actor.SEEKER),
        transition("cancel", [S.BOOKED], S.CANCELLED_BY_SEEKER, Actor.SEEKER),
        # By the site where the counselor may not talk with people any more.
        transition(
            "cancel",
            [S.BOOKED],
            S.CANCELLED_BY_COUNSELOR,
            Actor.COUNSELOR,
            Actor.SYSTEM,
        ),
        transition(
            "start",
            [S.BOOKED],
            S.IN_PROGRESS,
            Actor.SEEKER,
            Actor.COUNSELOR,
            Actor.SYSTEM,
        ),
        transition("attend", [S.BOOKED, S.IN_PROGRESS], S.ATTENDED, Actor.COUNSELOR),
        transition(
            "miss", [S.BOOKED, S.IN_PROGRESS], S.NO_SHOW, Actor.COUNSELOR, Actor.SYSTEM
        ),
        # Somebody came late after all, or was taken for somebody who did not come.
        transition("attend", [S.NO_SHOW], S.ATTENDED, Actor.COUNSELOR),
        transition("miss", [S.ATTENDED], S.NO_SHOW, Actor.COUNSELOR),
    ),
)

WAITING_LIST = Workflow(
    name="waiting list",
    initial=W.WAITING,
    terminal=frozenset({W.BOOKED, W.LEFT}),
    rows=(
        # Asked again and again without a word: they are left in peace.
        transition("pause", [W.WAITING], W.PAUSED, Actor.SYSTEM),
        # By the site only where it took a time away from them.
        transition("keep", [W.PAUSED], W.WAITING, Actor.SEEKER, Actor.SYSTEM),
        transition("book", ON_THE_LIST, W.BOOKED, Actor.SEEKER),
        transition("leave", ON_THE_LIST, W.LEFT, Actor.SEEKER),
    ),
)
