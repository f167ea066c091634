from __future__ import annotations

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """The operator's console."""

    name = "jobs.operations"
    label = "jobs_operations"

    def ready(self) -> None:
        from accounts.consent.descriptions import describe_remainders
        from accounts.identity.registry import describe_actions
        from accounts.lib.health import add_retention, add_section
        from jobs.operations import (
            admin,
            holdings,
            recording,
            retention,
            sections,
            texts,
        )

        admin.register_all()
        recording.connect()
        add_section(*sections.SECTIONS)
        add_retention(*retention.JOBS)
        describe_actions(texts.ACTIONS)
        describe_remainders(holdings.REMAINDER)
