from __future__ import annotations

from django.urls import path

from accounts.care.rooms.views import meeting, talk, transcript

app_name = "rooms"
urlpatterns = [
    path("<uuid:appointment_id>/", talk.room, name="room"),
    path("<uuid:appointment_id>/meet/", meeting.meet, name="meet"),
    path("<uuid:appointment_id>/say/", talk.say, name="say"),
    path("<uuid:appointment_id>/lines/", talk.lines, name="lines"),
    path("<uuid:appointment_id>/end/", talk.end, name="end"),
    path("<uuid:appointment_id>/keep/", transcript.keep, name="keep"),
    path("<uuid:appointment_id>/keep/no/", transcript.unkeep, name="unkeep"),
    path("<uuid:appointment_id>/delete/", transcript.forget, name="forget"),
]
