from __future__ import annotations

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "jobs.screening"
    label = "jobs_screening"

    def ready(self) -> None:
        from jobs.postings.registry import guard_opening
        from jobs.screening.services.sanctions import no_measure_stands
        from jobs.screening.services.submission import may_open

        guard_opening(no_measure_stands)
        guard_opening(may_open)
