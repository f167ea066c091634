from __future__ import annotations

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    """Postings in and out in the open formats: files, feeds, sitemap, JSON-LD."""

    name = "jobs.feeds"
    label = "jobs_feeds"
