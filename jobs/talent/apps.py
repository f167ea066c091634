from __future__ import annotations

from django.apps import AppConfig


class TalentConfig(AppConfig):
    """What a hiring team notes about applicants, and whom it may ask again."""

    name = "jobs.talent"
    label = "jobs_talent"

    def ready(self) -> None:
        from accounts.consent.descriptions import (
            describe_grant,
            describe_holdings,
            describe_looks,
            describe_remainders,
        )
        from accounts.consent.enums import Purpose
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.identity.registry import describe_actions
        from jobs.applications.panels import Place, add_panel
        from jobs.talent import holdings, panels
        from jobs.talent.services import pool, retention

        describe_actions(holdings.WORDS)
        register_exporter(self.name, retention.export_about)
        register_eraser(self.name, retention.forget_about)
        register_exporter(f"{self.name}.pool", pool.export_pool)
        register_eraser(f"{self.name}.pool", pool.forget_pool)
        describe_holdings(holdings.ABOUT_YOU, holdings.IN_MIND)
        describe_remainders(holdings.WRITTEN)
        describe_grant(Purpose.TALENT_POOL, holdings.KEPT_IN_MIND)
        describe_looks(holdings.LOOKS)
        add_panel(Place.RECEIVED, panels.team_panel)
        add_panel(Place.DETAIL, panels.question_panel)
        add_panel(Place.MINE, panels.questions_panel)
        add_panel(Place.INVITED, panels.kept_panel)
