from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "jobs.search"
    label = "jobs_search"

    def ready(self) -> None:
        from jobs.postings.registry import follow_postings, read_postings
        from jobs.search.services import index_postings, words_of

        read_postings("search", words_of)
        follow_postings(index_postings)
