from __future__ import annotations

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Telling other systems what happened, signed, in order, once."""

    name = "jobs.webhooks"
    label = "jobs_webhooks"
