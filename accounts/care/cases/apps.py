from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "accounts.care.cases"
    label = "accounts_care_cases"

    def ready(self) -> None:
        from accounts.care.cases import access, demo, holdings, safety
        from accounts.care.cases.news import news_of
        from accounts.care.cases.services.following import follow
        from accounts.care.cases.services.handovers import follow_revoked
        from accounts.care.cases.words import LOG
        from accounts.care.safety.registry import set_cases
        from accounts.care.scheduling.registry import (
            add_bar,
            follow_appointments,
            set_load,
        )
        from accounts.care.vault.enums import Scope
        from accounts.care.vault.registry import (
            add_news,
            add_part,
            describe_access,
            when_revoked,
        )
        from accounts.lib.demo import add_to_demo
        from accounts.lib.health import add_retention

        add_part(holdings.PART)
        add_news(news_of)
        describe_access(LOG)
        follow_appointments(follow)
        add_bar(access.keeps_apart)
        set_load(access.loads_of)
        when_revoked([Scope.HANDOVER], follow_revoked)
        add_retention(holdings.FORGETTING)
        add_to_demo("4-cases", demo.fill)
        # What safety knows of cases.
        set_cases(safety.assigned, safety.people)
