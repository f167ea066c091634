from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "accounts.care.reports"
    label = "accounts_care_reports"
