from __future__ import annotations

from django.urls import path

from accounts.care.vault.views import leaving, privacy

app_name = "vault"
urlpatterns = [
    path("", privacy.privacy, name="privacy"),
    path("grants/<uuid:grant_id>/revoke/", privacy.revoke, name="revoke"),
    path("grants/<uuid:grant_id>/renew/", privacy.renew, name="renew"),
    path("grants/<uuid:grant_id>/kept/", privacy.kept, name="kept"),
    path("counted/", privacy.be_counted, name="be_counted"),
    path("copy/", leaving.copy, name="copy"),
    path("delete/", leaving.delete, name="delete"),
    path("deleted/<str:token>/", leaving.receipt, name="receipt"),
]
