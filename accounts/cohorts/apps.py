from __future__ import annotations

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "accounts.cohorts"
    label = "accounts_cohorts"

    def ready(self) -> None:
        from accounts.cohorts import holdings
        from accounts.cohorts.access import export_memberships
        from accounts.cohorts.services.cohorts import forget_memberships
        from accounts.cohorts.words import WORDS
        from accounts.consent.descriptions import (
            describe_grant,
            describe_holdings,
            describe_remainders,
        )
        from accounts.consent.enums import Purpose
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.identity.registry import describe_actions

        describe_actions(WORDS)
        register_exporter(self.name, export_memberships)
        register_eraser(self.name, forget_memberships)
        describe_holdings(holdings.MEMBERSHIP)
        describe_remainders(holdings.MADE)
        describe_grant(Purpose.COHORT, holdings.COUNTED)
