from __future__ import annotations

from django.urls import path

from accounts.care.vault.views import privacy

app_name = "vault"
urlpatterns = [
    path("", privacy.privacy, name="privacy"),
    path("grants/<uuid:grant_id>/revoke/", privacy.revoke, name="revoke"),
]
