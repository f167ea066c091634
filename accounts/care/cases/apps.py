from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "accounts.care.cases"
    label = "accounts_care_cases"

    def ready(self) -> None:
        from accounts.care.cases import holdings, safety
        from accounts.care.cases.registry import add_panel
        from accounts.care.safety.registry import set_cases
        from accounts.care.vault.registry import add_part

        add_part(holdings.PART)
        # What safety knows of cases, and its panel on their page.
        set_cases(safety.assigned, safety.people)
        add_panel(safety.PANEL)
