from __future__ import annotations

from django.urls import URLPattern, path

from accounts.assisted.views import counselor, people

app_name = "assisted"
urlpatterns: list[URLPattern] = [
    path("", counselor.mine, name="mine"),
    path("start/", counselor.start, name="start"),
    path("slips/<uuid:public_id>/", counselor.slip, name="slip"),
    path("people/<uuid:public_id>/", counselor.person, name="person"),
    path("code/", people.code, name="code"),
    path("for-you/<str:token>/", people.for_you, name="for_you"),
    path("for-you/<str:token>/not-me/", people.not_me, name="not_me"),
    path("helpers/", people.helpers, name="helpers"),
    path("helpers/<uuid:public_id>/stop/", people.stop, name="stop"),
    path("helpers/<uuid:public_id>/again/", people.again, name="again"),
]
