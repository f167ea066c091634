from __future__ import annotations

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "jobs.screening"
    label = "jobs_screening"

    def ready(self) -> None:
        from accounts.consent.descriptions import describe_holdings, describe_remainders
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.employers.registry import follow_checks, guard_identity
        from jobs.postings.registry import guard_opening
        from jobs.screening import holdings
        from jobs.screening.services.reports import export_reports, forget_reporter
        from jobs.screening.services.sanctions import (
            follow_check,
            may_change_identity,
            no_measure_stands,
        )
        from jobs.screening.services.submission import may_open

        guard_opening(no_measure_stands)
        guard_opening(may_open)
        follow_checks(follow_check)
        guard_identity(may_change_identity)
        register_exporter(self.name, export_reports)
        register_eraser(self.name, forget_reporter)
        describe_holdings(holdings.REPORTS)
        describe_remainders(*holdings.REMAINDERS)
