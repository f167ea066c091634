from __future__ import annotations

from django.urls import path

from jobs.search import views

app_name = "search"
urlpatterns = [path("", views.job_list, name="list")]
