from __future__ import annotations

from django.urls import URLPattern, path

from accounts.assisted.views import asking, counselor, people, proposals

app_name = "assisted"
urlpatterns: list[URLPattern] = [
    path("", counselor.mine, name="mine"),
    path("start/", counselor.start, name="start"),
    path("slips/<uuid:public_id>/", counselor.slip, name="slip"),
    path("people/<uuid:public_id>/", counselor.person, name="person"),
    path("people/<uuid:public_id>/suggest/", proposals.suggest, name="suggest"),
    path(
        "people/<uuid:public_id>/suggest/back/", proposals.take_back, name="take_back"
    ),
    path("proposals/<uuid:public_id>/", proposals.proposal, name="proposal"),
    path("helpers/ask/<uuid:public_id>/", asking.ask, name="ask"),
    path("helpers/<uuid:public_id>/stages/", asking.stages, name="stages"),
    path("code/", people.code, name="code"),
    path("for-you/<str:token>/", people.for_you, name="for_you"),
    path("for-you/<str:token>/not-me/", people.not_me, name="not_me"),
    path("helpers/", people.helpers, name="helpers"),
    path("helpers/<uuid:public_id>/stop/", people.stop, name="stop"),
    path("helpers/<uuid:public_id>/again/", people.again, name="again"),
]
