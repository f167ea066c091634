from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate  # noqa: TID251 - grants follow tables


class VaultConfig(AppConfig):
    name = "accounts.care.vault"
    label = "accounts_care_vault"

    def ready(self) -> None:
        from accounts.care.vault import demo, holdings, retention
        from accounts.care.vault.registry import add_part, describe_access
        from accounts.care.vault.services.roles import grant_rights
        from accounts.care.vault.words import WORDS
        from accounts.lib.demo import add_to_demo
        from accounts.lib.health import add_retention

        describe_access(WORDS)
        add_part(holdings.PART)
        add_retention(retention.LOOKS)
        add_to_demo("1-vault", demo.fill)
        post_migrate.connect(grant_rights, dispatch_uid="care.wall.rights")
