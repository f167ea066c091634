from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The REST API for organisations, and its keys."""

    name = "jobs.api"
    label = "jobs_api"

    def ready(self) -> None:
        from accounts.consent.descriptions import describe_holdings
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.identity.registry import describe_actions
        from jobs.api import holdings
        from jobs.api.services.keys import forget_keys
        from jobs.api.words import WORDS

        describe_actions(WORDS)
        describe_holdings(holdings.KEYS)
        register_exporter(self.name, holdings.export_keys)
        register_eraser(self.name, forget_keys)
