from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate  # noqa: TID251 - grants follow tables


class VaultConfig(AppConfig):
    name = "accounts.care.vault"
    label = "accounts_care_vault"

    def ready(self) -> None:
        from accounts.care.vault.registry import describe_access
        from accounts.care.vault.services.roles import grant_rights
        from accounts.care.vault.words import WORDS

        describe_access(WORDS)
        post_migrate.connect(grant_rights, dispatch_uid="care.wall.rights")
