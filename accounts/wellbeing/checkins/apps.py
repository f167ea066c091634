from __future__ import annotations

from django.apps import AppConfig


class CheckinsConfig(AppConfig):
    name = "accounts.wellbeing.checkins"
    label = "accounts_wellbeing_checkins"

    def ready(self) -> None:
        from accounts.care.vault import holdings
        from accounts.consent.descriptions import describe_holdings
        from accounts.consent.registry import register_eraser, register_exporter

        # The last app behind the wall: by now every part has said what it holds.
        describe_holdings(holdings.holding())
        register_exporter(holdings.AREA, holdings.export_pointer)
        register_eraser(holdings.AREA, holdings.erase)
