from __future__ import annotations

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "accounts.care.safety"
    label = "accounts_care_safety"

    def ready(self) -> None:
        from accounts.care.safety import holdings
        from accounts.care.vault.registry import add_part

        add_part(holdings.PART)
