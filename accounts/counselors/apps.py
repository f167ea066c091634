from __future__ import annotations

from django.apps import AppConfig


class CounselorsConfig(AppConfig):
    name = "accounts.counselors"
    label = "accounts_counselors"

    def ready(self) -> None:
        from django.urls import reverse

        from accounts.consent.descriptions import (
            describe_holdings,
            describe_remainders,
            register_leaver,
        )
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.counselors import access, holdings
        from accounts.counselors.services.profiles import erase_profile
        from accounts.counselors.words import WORDS
        from accounts.evidence.registry import Subject, register_subject
        from accounts.identity.registry import describe_actions

        register_exporter(self.name, access.export_profile)
        register_eraser(self.name, erase_profile)
        describe_holdings(holdings.PAGE)
        describe_remainders(holdings.EMPTY_PAGE)
        register_leaver(self.name, holdings.LEAVER)
        describe_actions(WORDS)
        register_subject(
            "counselor",
            Subject(
                may_read=access.may_read_papers,
                is_own=access.is_own,
                check_page=lambda key: reverse("counselors:check", args=[key]),
                name=access.name_of,
                existing=access.existing_counselors,
            ),
        )
