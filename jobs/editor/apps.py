from __future__ import annotations

from django.apps import AppConfig


class EditorConfig(AppConfig):
    """Writing a posting: steps, templates, preview, drafts kept, versions compared."""

    name = "jobs.editor"
    label = "jobs_editor"

    def ready(self) -> None:
        from accounts.consent.descriptions import describe_holdings
        from accounts.consent.registry import register_eraser, register_exporter
        from jobs.editor import access, holdings
        from jobs.editor.services import typed

        register_exporter(self.name, access.export_typed)
        register_eraser(self.name, typed.erase_typed)
        describe_holdings(holdings.TYPED)
