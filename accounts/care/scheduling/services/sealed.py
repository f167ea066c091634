"""For which columns the values of this app are sealed."""

from __future__ import annotations

TOPIC = "appointment.topic"
PHONE = "appointment.phone"
WISH = "waiting.topic"
NICKNAME = "seat.nickname"
