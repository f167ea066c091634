from __future__ import annotations

from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "accounts.care.rooms"
    label = "accounts_care_rooms"
