from __future__ import annotations

from django.urls import path

from accounts.seekers.views import wizard

app_name = "seekers"
urlpatterns = [
    path("", wizard.show, name="profile"),
    path("start/", wizard.start, name="start"),
    path("hide/", wizard.hide, name="hide"),
    path("<slug:name>/", wizard.step, name="step"),
    path("<slug:name>/skip/", wizard.skip, name="skip"),
]
