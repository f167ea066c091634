from __future__ import annotations

from django.apps import AppConfig


class AssistedConfig(AppConfig):
    name = "accounts.assisted"
    label = "accounts_assisted"

    def ready(self) -> None:
        from accounts.assisted import access, holdings
        from accounts.assisted.services.drafts import forget_assisted
        from accounts.assisted.services.grants import forget_grants
        from accounts.assisted.words import WORDS, contested_note
        from accounts.consent.descriptions import (
            describe_grant,
            describe_holdings,
            describe_looks,
            describe_remainders,
        )
        from accounts.consent.enums import Purpose
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.counselors.registry import add_check_note
        from accounts.identity.registry import describe_actions

        describe_actions(WORDS)
        add_check_note(contested_note)
        register_exporter(self.name, access.export_assisted)
        register_eraser(self.name, forget_assisted)
        register_exporter(f"{self.name}.grants", access.export_grants)
        register_eraser(f"{self.name}.grants", forget_grants)
        describe_holdings(holdings.HELPED, holdings.GRANTS)
        describe_remainders(holdings.BEGUN)
        describe_grant(Purpose.COUNSELOR_ACCESS, holdings.READING)
        describe_grant(Purpose.COUNSELOR_STAGES, holdings.STAGES)
        describe_looks(holdings.LOOKS)
