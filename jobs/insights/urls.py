from __future__ import annotations

from django.urls import URLPattern, path

from jobs.insights.views import onboarding, postings, record, start

app_name = "insights"
urlpatterns: list[URLPattern] = [
    path("", postings.overview, name="overview"),
    path("record/", record.record, name="record"),
    path("start/", start.start, name="start"),
    path("onboarding/", onboarding.onboarding, name="onboarding"),
    path("<uuid:public_id>/", postings.posting, name="posting"),
]
