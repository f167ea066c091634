from __future__ import annotations

from django.apps import AppConfig


class WellbeingConfig(AppConfig):
    name = "accounts.wellbeing"
    label = "accounts_wellbeing"

    def ready(self) -> None:
        from accounts.lib.health import add_section
        from accounts.wellbeing import checks, health

        checks.register_checks()
        add_section(health.SECTION)
