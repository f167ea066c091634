from __future__ import annotations

from django.urls import path

from accounts.wellbeing.library import views

app_name = "library"

urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.piece, name="piece"),
]
