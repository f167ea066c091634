from __future__ import annotations

from django.urls import URLPattern, path

from accounts.cohorts.views import giver, operator, people, sessions

app_name = "cohorts"
urlpatterns: list[URLPattern] = [
    path("join/", people.enter, name="enter"),
    path("join/<str:code>/", people.join, name="join"),
    path("cohorts/", operator.cohorts, name="list"),
    path("cohorts/new/", operator.new, name="new"),
    path("cohorts/mine/", people.mine, name="mine"),
    path("cohorts/mine/<uuid:public_id>/leave/", people.leave, name="leave"),
    path("cohorts/counts/<str:token>/", giver.counts, name="counts"),
    path("cohorts/<uuid:public_id>/", operator.detail, name="detail"),
    path("cohorts/<uuid:public_id>/poster/", operator.poster, name="poster"),
    path("cohorts/<uuid:public_id>/talks/", sessions.new, name="session_new"),
    path("cohorts/talks/<uuid:public_id>/off/", sessions.cancel, name="session_cancel"),
    path("cohorts/talks/<uuid:public_id>/seat/", sessions.take, name="seat_take"),
    path("cohorts/talks/<uuid:public_id>/back/", sessions.give_back, name="seat_back"),
    path("cohorts/<uuid:public_id>/close/", operator.close, name="close"),
    path("cohorts/<uuid:public_id>/link/", operator.renew_link, name="renew_link"),
]
