from __future__ import annotations

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "accounts.care.safety"
    label = "accounts_care_safety"

    def ready(self) -> None:
        from accounts.care.safety import demo, health, holdings
        from accounts.care.safety.follow import missed
        from accounts.care.safety.services.plans import forget_plans
        from accounts.care.safety.words import WORDS
        from accounts.care.scheduling.registry import follow_appointments
        from accounts.care.vault.enums import Scope
        from accounts.care.vault.registry import (
            add_part,
            describe_access,
            when_revoked,
        )
        from accounts.lib.demo import add_to_demo
        from accounts.lib.health import add_retention, add_section

        add_part(holdings.PART)
        describe_access(WORDS)
        when_revoked([Scope.PLAN_STORE], forget_plans)
        follow_appointments(missed)
        add_section(health.SECTION)
        add_retention(health.RETENTION)
        add_to_demo("3-safety", demo.fill)
