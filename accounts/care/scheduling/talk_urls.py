from __future__ import annotations

from django.urls import path

from accounts.care.scheduling.views import (
    talks,
    talks_groups,
    talks_lead,
    talks_mine,
    talks_wait,
)

app_name = "talks"
urlpatterns = [
    path("", talks.start, name="start"),
    path("times/", talks.times, name="times"),
    path("hold/", talks.hold, name="hold"),
    path("held/<uuid:hold_id>/", talks.confirm, name="confirm"),
    path("held/<uuid:hold_id>/let-go/", talks.let_go, name="let_go"),
    path("mine/", talks_mine.mine, name="mine"),
    path("mine/<uuid:talk_id>/", talks_mine.talk, name="talk"),
    path("mine/<uuid:talk_id>/move/", talks_mine.move, name="move"),
    path("mine/<uuid:talk_id>/cancel/", talks_mine.cancel, name="cancel"),
    path("waiting/", talks_wait.wait, name="wait"),
    path("waiting/keep/", talks_wait.keep, name="keep"),
    path("waiting/leave/", talks_wait.leave, name="leave"),
    path("offers/<uuid:offer_id>/", talks_wait.offer, name="offer"),
    path("offers/<uuid:offer_id>/decline/", talks_wait.decline, name="decline"),
    path("groups/", talks_groups.all_groups, name="groups"),
    path("groups/<uuid:group_id>/", talks_groups.group, name="group"),
    path("groups/<uuid:group_id>/accept/", talks_groups.accept, name="accept"),
    path("groups/<uuid:group_id>/give-back/", talks_groups.give_back, name="give_back"),
    path("led/", talks_lead.led, name="led"),
    path("led/open/", talks_lead.open_group, name="open_group"),
    path("led/<uuid:group_id>/", talks_lead.led_group, name="led_group"),
    path(
        "led/<uuid:group_id>/seats/<uuid:seat_id>/", talks_lead.mark, name="mark_seat"
    ),
    path(
        "led/<uuid:group_id>/call-off/",
        talks_lead.call_off_group,
        name="call_off_group",
    ),
    path("call-off/<uuid:talk_id>/", talks_lead.call_off, name="call_off"),
]
