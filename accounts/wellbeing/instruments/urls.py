from __future__ import annotations

from django.urls import path

from accounts.wellbeing.instruments import views

app_name = "checkin"

urlpatterns = [path("", views.check_in, name="page")]
