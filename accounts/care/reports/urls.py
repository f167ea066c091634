from __future__ import annotations

from django.urls import URLPattern

app_name = "care_reports"
urlpatterns: list[URLPattern] = []
