"""Every step an appointment can take: code, buttons and tests read the same rows (E3, d3)."""

from __future__ import annotations

from accounts.care.scheduling.enums import OVER, Actor as A, AppointmentState as S
from accounts.lib.workflow import Workflow, transition

APPOINTMENT = Workflow(
    name="appointment",
    initial=S.HELD,
    terminal=OVER,
    rows=(
        transition("book", [S.HELD], S.BOOKED, A.SEEKER),
        transition("let_go", [S.HELD], S.EXPIRED, A.SEEKER),
        transition("expire", [S.HELD], S.EXPIRED, A.SYSTEM),
        # A new row takes its place in the same moment.
        transition("move", [S.BOOKED], S.RESCHEDULED, A.SEEKER, A.COUNSELOR),
        transition("cancel", [S.BOOKED], S.CANCELLED_BY_SEEKER, A.SEEKER),
        transition("cancel", [S.BOOKED], S.CANCELLED_BY_COUNSELOR, A.COUNSELOR),
        transition("start", [S.BOOKED], S.IN_PROGRESS, A.SEEKER, A.COUNSELOR, A.SYSTEM),
        transition("attend", [S.BOOKED, S.IN_PROGRESS], S.ATTENDED, A.COUNSELOR),
        transition("miss", [S.BOOKED, S.IN_PROGRESS], S.NO_SHOW, A.COUNSELOR, A.SYSTEM),
        # Somebody came late after all, or was taken for somebody who did not come.
        transition("attend", [S.NO_SHOW], S.ATTENDED, A.COUNSELOR),
        transition("miss", [S.ATTENDED], S.NO_SHOW, A.COUNSELOR),
    ),
)
