from __future__ import annotations

from django.urls import path

from jobs.alerts import views

app_name = "alerts"
urlpatterns = [
    path("", views.mine, name="list"),
    path("new/", views.new, name="new"),
    path("stop-all/", views.stop_all, name="stop_all"),
    path("stop/<str:token>/", views.stop, name="stop"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/change/", views.change, name="change"),
    path("<uuid:public_id>/pause/", views.pause, name="pause"),
    path("<uuid:public_id>/resume/", views.resume, name="resume"),
    path("<uuid:public_id>/delete/", views.delete, name="delete"),
]
