from __future__ import annotations

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "accounts.cohorts"
    label = "accounts_cohorts"

    def ready(self) -> None:
        from accounts.cohorts.access import export_memberships
        from accounts.cohorts.services.cohorts import forget_memberships
        from accounts.cohorts.words import WORDS
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.identity.registry import describe_actions

        describe_actions(WORDS)
        register_exporter(self.name, export_memberships)
        register_eraser(self.name, forget_memberships)
