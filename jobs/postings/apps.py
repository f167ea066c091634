from __future__ import annotations

from django.apps import AppConfig


class PostingsConfig(AppConfig):
    name = "jobs.postings"
    label = "jobs_postings"

    def ready(self) -> None:
        from accounts.consent.descriptions import (
            describe_holdings,
            describe_remainders,
            register_leaver,
        )
        from accounts.consent.registry import register_eraser, register_exporter
        from jobs.postings import holdings

        register_exporter(self.name, holdings.export_postings)
        register_eraser(self.name, holdings.close_all)
        describe_holdings(holdings.WRITTEN)
        describe_remainders(holdings.KEPT)
        register_leaver(self.name, holdings.LEAVER)
