from __future__ import annotations

from django.urls import URLPattern, path

from accounts.care.reports.views import figures, team

app_name = "care_reports"
urlpatterns: list[URLPattern] = [
    path("", figures.figures, name="figures"),
    path("service/", figures.service, name="service"),
    path("service/<str:code>.csv", figures.service_csv, name="service_csv"),
    path("team/", team.team, name="team"),
    path("team/<uuid:role_id>/withdraw/", team.withdraw, name="withdraw"),
]
