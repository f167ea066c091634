from __future__ import annotations

from django.apps import AppConfig


class WellbeingConfig(AppConfig):
    name = "accounts.wellbeing"
    label = "accounts_wellbeing"
