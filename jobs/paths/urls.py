from __future__ import annotations

from django.urls import path

from jobs.paths import views

app_name = "paths"
urlpatterns = [
    path("", views.path_map, name="map"),
    path("method/", views.method, name="method"),
    path("skills/<slug:code>/", views.skill, name="skill"),
    path("<slug:code>/", views.path, name="path"),
]
