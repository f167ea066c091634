from __future__ import annotations

from django.apps import AppConfig


class CheckinsConfig(AppConfig):
    name = "accounts.wellbeing.checkins"
    label = "accounts_wellbeing_checkins"

    def ready(self) -> None:
        from accounts.care.cases.registry import add_panel
        from accounts.care.reports.registry import set_change_source, set_use_source
        from accounts.care.safety.registry import set_last_score
        from accounts.care.vault import holdings
        from accounts.care.vault.enums import Scope
        from accounts.care.vault.registry import (
            add_part,
            describe_access,
            when_revoked,
        )
        from accounts.consent.descriptions import describe_holdings
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.lib.demo import add_to_demo
        from accounts.lib.health import add_retention
        from accounts.wellbeing.checkins import demo, holdings as own, panel, retention
        from accounts.wellbeing.checkins.figures import (
            TIREDNESS,
            changes_of,
            users_in,
        )
        from accounts.wellbeing.checkins.services.around import keeping_ended
        from accounts.wellbeing.checkins.words import WORDS

        add_part(own.PART)
        describe_access(WORDS)
        when_revoked([Scope.CHECKIN_STORE], keeping_ended)
        add_panel(panel.PANEL)
        set_last_score(panel.last_of)
        set_change_source(changes_of(TIREDNESS))
        set_use_source(users_in)
        add_retention(retention.JOB)
        add_to_demo("7-checkins", demo.fill)
        # The last app behind the wall: by now every part has said what it holds.
        describe_holdings(holdings.holding())
        register_exporter(holdings.AREA, holdings.export_pointer)
        register_eraser(holdings.AREA, holdings.erase)
