from __future__ import annotations

from django.apps import AppConfig


class SeekersConfig(AppConfig):
    name = "accounts.seekers"
    label = "accounts_seekers"
