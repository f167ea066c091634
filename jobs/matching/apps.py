from __future__ import annotations

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "jobs.matching"
    label = "jobs_matching"

    def ready(self) -> None:
        from jobs.matching.services import write_features
        from jobs.postings.registry import follow_postings

        follow_postings(write_features)
