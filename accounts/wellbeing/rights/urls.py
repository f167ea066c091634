from __future__ import annotations

from django.urls import path

from accounts.wellbeing.rights import views

app_name = "rights"

urlpatterns = [
    path("", views.index, name="index"),
    path("severance/", views.severance, name="severance"),
    path("unemployment/", views.unemployment, name="unemployment"),
    path("wages/", views.wages, name="wages"),
    path("claim/", views.claim, name="claim"),
    path("noncompete/", views.noncompete, name="noncompete"),
    path("exposure/", views.exposure, name="exposure"),
]
