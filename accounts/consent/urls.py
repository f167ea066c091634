from __future__ import annotations

from django.urls import URLPattern, path

from accounts.consent.views import centre, copies, leaving

app_name = "consent"
urlpatterns: list[URLPattern] = [
    path("", centre.centre, name="centre"),
    path("looks/", centre.looks, name="looks"),
    path("agreements/", centre.grants, name="grants"),
    path("agreements/<uuid:public_id>/end/", centre.end, name="end"),
    path("agreements/<uuid:public_id>/again/", centre.agree_again, name="agree_again"),
    path("copy/", copies.export, name="export"),
    path("copy/<uuid:public_id>/", copies.fetch, name="fetch"),
    path("delete/", leaving.delete, name="delete"),
    path("leaving/", leaving.leaving, name="leaving"),
    path("leaving/stay/", leaving.stay, name="stay"),
    path("receipt/<uuid:public_id>/", leaving.receipt, name="receipt"),
    path("receipt/<uuid:public_id>/file/", leaving.receipt_file, name="receipt_file"),
]
