from __future__ import annotations

from accounts.care.safety.services.flags import reach_out
from accounts.care.scheduling.models import Appointment
from accounts.care.scheduling.registry import MISSED


def missed(appointment: Appointment, event: str) -> None:
    """T7: whoever misses a talk while we are worried is looked for."""
    if event == MISSED and appointment.subject is not None:
        reach_out(subject=appointment.subject)
