from __future__ import annotations

from django.urls import URLPattern, path

from accounts.counselors import views

app_name = "counselors"
urlpatterns: list[URLPattern] = [
    path("", views.listed, name="list"),
    path("mine/", views.mine, name="mine"),
    path("mine/edit/", views.edit, name="edit"),
]
