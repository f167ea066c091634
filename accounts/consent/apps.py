from __future__ import annotations

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "accounts.consent"
    label = "accounts_consent"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from accounts.consent.services import agree_to_terms
        from accounts.identity.registry import describe_actions, follow_signups

        follow_signups(agree_to_terms)
        describe_actions(
            {
                "consent.granted": _("You agreed to something"),
                "consent.withdrawn": _("You took back an agreement"),
            }
        )
