from __future__ import annotations

from django.apps import AppConfig


class DiscreetConfig(AppConfig):
    name = "accounts.discreet"
    label = "accounts_discreet"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from django.utils.translation import gettext_lazy as _

        from accounts.consent.descriptions import describe_holdings
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.discreet.access import export_pin
        from accounts.discreet.holdings import PIN
        from accounts.discreet.services import erase_pin
        from accounts.discreet.sessions import begin
        from accounts.identity.registry import describe_actions

        register_exporter(self.name, export_pin)
        register_eraser(self.name, erase_pin)
        describe_holdings(PIN)
        user_logged_in.connect(begin, dispatch_uid="accounts.discreet.begin")
        describe_actions(
            {
                "discreet.pin_set": _("PIN set"),
                "discreet.pin_changed": _("PIN changed"),
                "discreet.pin_removed": _("PIN removed"),
                "discreet.pin_tries_spent": _("Signed out after five wrong PINs"),
                "discreet.signed_out_everywhere": _("Signed out everywhere"),
            }
        )
