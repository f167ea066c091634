from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "accounts.care.cases"
    label = "accounts_care_cases"

    def ready(self) -> None:
        from accounts.care.cases import holdings
        from accounts.care.vault.registry import add_part

        add_part(holdings.PART)
