from __future__ import annotations

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Telling other systems what happened, signed, in order, once."""

    name = "jobs.webhooks"
    label = "jobs_webhooks"

    def ready(self) -> None:
        from accounts.consent.descriptions import describe_holdings, describe_remainders
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.employers.registry import follow_checks
        from accounts.identity.registry import describe_actions
        from accounts.lib.health import add_section
        from jobs.applications import registry as applications
        from jobs.postings import registry as postings
        from jobs.webhooks import health, holdings, texts
        from jobs.webhooks.services import events

        postings.follow_steps(events.note_posting_steps)
        applications.follow_steps(events.note_application_step)
        follow_checks(events.note_check)
        register_exporter(self.name, holdings.export_webhooks)
        register_eraser(self.name, holdings.forget_webhooks)
        describe_holdings(holdings.NOTICES)
        describe_remainders(holdings.ADDRESSES, holdings.ON_THEIR_WAY)
        describe_actions(texts.ACTIONS)
        add_section(health.SECTION)
