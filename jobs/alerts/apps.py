from __future__ import annotations

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "jobs.alerts"
    label = "jobs_alerts"

    def ready(self) -> None:
        from accounts.consent.descriptions import (
            describe_grant,
            describe_holdings,
            register_leaver,
        )
        from accounts.consent.enums import Purpose
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.identity.registry import describe_actions, look_before_sending
        from jobs.alerts import access, holdings, texts
        from jobs.alerts.services import leaving, percolation, searches
        from jobs.postings.registry import follow_postings

        follow_postings(percolation.note_postings)
        look_before_sending("alerts/", leaving.Courier())
        register_exporter(self.name, access.export_searches)
        register_eraser(self.name, searches.erase_searches)
        describe_holdings(holdings.SEARCHES)
        describe_grant(Purpose.JOB_ALERTS, holdings.JOB_ALERTS)
        register_leaver(self.name, holdings.LEAVER)
        describe_actions(texts.ACTIONS)
