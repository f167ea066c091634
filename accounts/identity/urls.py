from __future__ import annotations

from django.urls import URLPattern, path

from accounts.identity.views import account

app_name = "identity"
urlpatterns: list[URLPattern] = [
    path("", account.account, name="account"),
    path("trail/", account.trail, name="trail"),
    path("afresh/", account.afresh, name="afresh"),
    path("phone/remove/", account.remove_phone, name="remove_phone"),
]
