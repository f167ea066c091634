from __future__ import annotations

from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "accounts.care.notes"
    label = "accounts_care_notes"

    def ready(self) -> None:
        from accounts.care.cases.registry import add_panel, add_word_check
        from accounts.care.notes import demo, holdings, panel, words
        from accounts.care.notes.news import news_of
        from accounts.care.notes.services.forgetting import due_count
        from accounts.care.notes.showing import unfit
        from accounts.care.vault.registry import add_news, add_part, describe_access
        from accounts.lib.demo import add_to_demo
        from accounts.lib.health import RetentionJob, add_retention

        describe_access(words.LOOKS)
        add_part(holdings.PART)
        add_news(news_of)
        add_panel(panel.PANEL)
        add_word_check(unfit)
        add_to_demo("5-notes", demo.fill)
        add_retention(
            RetentionJob(
                "accounts.care.purge_notes",
                words.NOTES,
                words.PURGED,
                words.HOW_LONG,
                due_count,
            )
        )
