from __future__ import annotations

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "jobs.matching"
    label = "jobs_matching"

    def ready(self) -> None:
        from jobs.matching.services import facts_for, write_features
        from jobs.postings.registry import follow_postings, read_postings

        read_postings("matching", facts_for)
        follow_postings(write_features)
