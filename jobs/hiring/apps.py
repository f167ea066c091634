from __future__ import annotations

from django.apps import AppConfig


class HiringConfig(AppConfig):
    """The employer's desk: board, list, many at once, files of them."""

    name = "jobs.hiring"
    label = "jobs_hiring"

    def ready(self) -> None:
        from accounts.consent.descriptions import (
            describe_holdings,
            describe_looks,
            describe_remainders,
        )
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.identity.registry import describe_actions
        from jobs.hiring import holdings

        register_exporter(self.name, holdings.export_acts)
        register_eraser(self.name, holdings.forget_acts)
        describe_holdings(holdings.ACTS)
        describe_remainders(holdings.KEPT)
        describe_looks(holdings.LOOKS)
        describe_actions(holdings.WORDS)
