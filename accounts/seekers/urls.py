from __future__ import annotations

from django.urls import path

from accounts.seekers.views import seen, wizard

app_name = "seekers"
urlpatterns = [
    path("", wizard.show, name="profile"),
    path("start/", wizard.start, name="start"),
    path("hide/", wizard.hide, name="hide"),
    path("seen/", seen.seen, name="seen"),
    path("seen/show/", seen.show, name="show"),
    path("seen/hide-from/", seen.block, name="block"),
    path("seen/hide-from/<int:pk>/remove/", seen.unblock, name="unblock"),
    path("<slug:name>/", wizard.step, name="step"),
    path("<slug:name>/skip/", wizard.skip, name="skip"),
]
