from __future__ import annotations

from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "accounts.lib"
    label = "accounts_lib"
