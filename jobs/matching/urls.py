from __future__ import annotations

from django.urls import path

from jobs.matching import views

app_name = "matching"
urlpatterns = [
    path("", views.matches, name="list"),
    path("left-out/", views.left_out, name="left_out"),
    path("<uuid:public_id>/why/", views.why, name="why"),
]
