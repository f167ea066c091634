from __future__ import annotations

from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "accounts.care.notes"
    label = "accounts_care_notes"
