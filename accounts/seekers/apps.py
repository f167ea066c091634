from __future__ import annotations

from django.apps import AppConfig


class SeekersConfig(AppConfig):
    name = "accounts.seekers"
    label = "accounts_seekers"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from accounts.consent.descriptions import (
            describe_grant,
            describe_holdings,
            describe_remainders,
            register_leaver,
        )
        from accounts.consent.enums import Purpose
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.identity.registry import describe_actions
        from accounts.seekers import holdings
        from accounts.seekers.access import export_profile
        from accounts.seekers.services import erase_profile

        register_exporter(self.name, export_profile)
        register_eraser(self.name, erase_profile)
        describe_holdings(holdings.PROFILE)
        describe_remainders(holdings.EMPTY_PROFILE)
        describe_grant(Purpose.SHOW_PROFILE, holdings.SHOW_PROFILE)
        register_leaver(self.name, holdings.LEAVER)
        describe_actions(
            {
                "seeker.profile_begun": _("You began your profile"),
                "seeker.profile_saved": _("You saved part of your profile"),
                "seeker.step_skipped": _("You skipped part of your profile"),
                "seeker.profile_finished": _("You finished your profile"),
                "seeker.skills_refreshed": _("Your skills were read from your answers"),
                "seeker.profile_hidden": _("You hid your profile"),
                "seeker.hidden_from": _("You hid from one more company"),
                "seeker.shown": _("You showed your profile, without your name"),
                "seeker.unblocked": _("You took a company off your list"),
                "seeker.profile_erased": _("Your profile was erased"),
            }
        )
