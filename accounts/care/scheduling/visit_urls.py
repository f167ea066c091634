from __future__ import annotations

from django.urls import path

from accounts.care.scheduling.views import visits

app_name = "visits"
urlpatterns = [
    path("reminders/", visits.wish, name="wish"),
    path("news/", visits.news, name="news"),
    path("open/", visits.open_outcomes, name="open"),
    path("<uuid:appointment_id>/outcome/", visits.outcome, name="outcome"),
    path("<str:token>/", visits.by_link, name="by_link"),
    path("<str:token>/cancel/", visits.cancel_by_link, name="cancel_by_link"),
]
