from __future__ import annotations

from django.urls import URLPattern, path

from accounts.counselors.views import checks, pages

app_name = "counselors"
urlpatterns: list[URLPattern] = [
    path("", pages.listed, name="list"),
    path("mine/", pages.mine, name="mine"),
    path("mine/edit/", pages.edit, name="edit"),
    path("mine/submit/", pages.submit, name="submit"),
    path("mine/documents/<str:kind>/", pages.document, name="document"),
    path(
        "mine/documents/<str:kind>/withdraw/", pages.withdraw, name="withdraw_document"
    ),
    path("verifications/", checks.waiting, name="verifications"),
    path("verifications/<uuid:public_id>/", checks.check, name="check"),
    path("verifications/<uuid:public_id>/verify/", checks.verify, name="verify"),
    path(
        "verifications/<uuid:public_id>/send-back/", checks.send_back, name="send_back"
    ),
    path("verifications/<uuid:public_id>/suspend/", checks.suspend, name="suspend"),
]
