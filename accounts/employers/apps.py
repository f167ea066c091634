from __future__ import annotations

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "accounts.employers"
    label = "accounts_employers"

    def ready(self) -> None:
        from django.urls import reverse

        from accounts.consent.descriptions import (
            describe_holdings,
            describe_remainders,
            register_leaver,
        )
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.employers import access, holdings
        from accounts.employers.services.members import forget_member
        from accounts.employers.words import WORDS
        from accounts.evidence.registry import Subject, register_subject
        from accounts.identity.registry import describe_actions

        describe_actions(WORDS)
        register_exporter(self.name, holdings.export_memberships)
        register_eraser(self.name, forget_member)
        describe_holdings(holdings.MEMBERSHIP)
        describe_remainders(holdings.ACTS)
        register_leaver(self.name, holdings.LEAVER)
        register_subject(
            "organization",
            Subject(
                may_read=access.may_read_papers,
                is_own=access.is_own,
                check_page=lambda key: reverse("employers:check", args=[key]),
                name=access.name_of,
                existing=access.existing_organizations,
            ),
        )
