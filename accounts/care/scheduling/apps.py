from __future__ import annotations

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "accounts.care.scheduling"
    label = "accounts_care_scheduling"

    def ready(self) -> None:
        from accounts.care.scheduling import holdings
        from accounts.care.scheduling.registry import follow_appointments
        from accounts.care.scheduling.services import reminders
        from accounts.care.vault.registry import add_part

        follow_appointments(reminders.follow)
        add_part(holdings.PART)
