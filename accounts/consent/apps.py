from __future__ import annotations

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "accounts.consent"
    label = "accounts_consent"

    def ready(self) -> None:
        from accounts.consent import access, texts
        from accounts.consent.descriptions import (
            describe_grant,
            describe_holdings,
            describe_remainders,
            register_leaver,
        )
        from accounts.consent.enums import Purpose
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.consent.services import agree_to_terms
        from accounts.consent.services.deletions import erase_consents
        from accounts.identity.registry import describe_actions, follow_signups
        from accounts.identity.services import leaving

        follow_signups(agree_to_terms)
        describe_actions(texts.ACTIONS)
        # The account itself goes last: everything else still has to know whose it is.
        register_exporter("accounts.identity", leaving.export_account)
        register_eraser("accounts.identity", leaving.erase_account)
        register_exporter("accounts.identity.messages", leaving.export_messages)
        register_eraser("accounts.identity.messages", leaving.erase_messages)
        register_exporter("accounts.identity.trail", leaving.export_trail)
        register_exporter(self.name, access.export_consents)
        register_eraser(self.name, erase_consents)
        describe_holdings(*texts.HOLDINGS)
        describe_remainders(*texts.REMAINDERS)
        describe_grant(Purpose.TERMS, texts.TERMS)
        register_leaver("accounts.identity", texts.STAFF)
