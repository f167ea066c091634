from __future__ import annotations

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    """Postings in and out in the open formats: files, feeds, sitemap, JSON-LD."""

    name = "jobs.feeds"
    label = "jobs_feeds"

    def ready(self) -> None:
        from accounts.consent.descriptions import describe_holdings, describe_remainders
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.identity.registry import describe_actions
        from accounts.lib.health import add_section
        from jobs.feeds import health, holdings, texts

        register_exporter(self.name, holdings.export_files)
        register_eraser(self.name, holdings.forget_sender)
        describe_holdings(holdings.SENT)
        describe_remainders(holdings.KEPT)
        describe_actions(texts.ACTIONS)
        add_section(health.SECTION)
