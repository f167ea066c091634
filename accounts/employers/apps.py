from __future__ import annotations

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "accounts.employers"
    label = "accounts_employers"

    def ready(self) -> None:
        from accounts.employers.words import WORDS
        from accounts.identity.registry import describe_actions

        describe_actions(WORDS)
