from __future__ import annotations

from django.apps import AppConfig


class CounselorsConfig(AppConfig):
    name = "accounts.counselors"
    label = "accounts_counselors"
