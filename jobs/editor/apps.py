from __future__ import annotations

from django.apps import AppConfig


class EditorConfig(AppConfig):
    """Writing a posting: steps, templates, preview, drafts kept, versions compared."""

    name = "jobs.editor"
    label = "jobs_editor"
