from __future__ import annotations

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "accounts.care.scheduling"
    label = "accounts_care_scheduling"

    def ready(self) -> None:
        from accounts.care.scheduling import demo, holdings, talk_demo
        from accounts.care.scheduling.news import news_of
        from accounts.care.scheduling.registry import follow_appointments
        from accounts.care.scheduling.services import gone, reminders
        from accounts.care.scheduling.talk_words import WORDS as TALK_WORDS
        from accounts.care.vault.registry import add_news, add_part, describe_access
        from accounts.consent.descriptions import describe_holdings
        from accounts.consent.registry import register_eraser, register_exporter
        from accounts.counselors.registry import when_role_ends
        from accounts.lib.demo import add_to_demo

        follow_appointments(reminders.follow)
        when_role_ends(gone.role_ended)
        add_part(holdings.PART)
        add_news(news_of)
        describe_access(TALK_WORDS)
        register_exporter(self.name, holdings.export_calendar)
        register_eraser(self.name, holdings.erase_calendar)
        describe_holdings(holdings.CALENDAR)
        # Before anybody books in it.
        add_to_demo("2-availability", demo.fill)
        add_to_demo("2-booking", talk_demo.fill)
