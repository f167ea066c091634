from __future__ import annotations

from django.urls import URLPattern, path

from accounts.care.scheduling.views import (
    days,
    feeds,
    hours,
    own,
    public,
    settings,
    team,
)

app_name = "calendar"
urlpatterns: list[URLPattern] = [
    path("", own.week, name="week"),
    path("day/<str:day>/", own.day, name="day"),
    path("hours/", hours.hours, name="hours"),
    path("hours/add/", hours.add, name="hours_add"),
    path("hours/<uuid:rule_id>/", hours.change, name="hours_change"),
    path("hours/<uuid:rule_id>/remove/", hours.remove, name="hours_remove"),
    path("days/", days.days, name="days"),
    path("days/<uuid:day_id>/remove/", days.remove_day, name="day_remove"),
    path("leave/", days.leave, name="leave"),
    path("leave/<uuid:leave_id>/end/", days.end_leave, name="leave_end"),
    path("settings/", settings.settings, name="settings"),
    path("team/", team.team, name="team"),
    path("address/", feeds.address, name="address"),
    path("address/new/", feeds.new_address, name="address_new"),
    path("address/off/", feeds.close_address, name="address_off"),
    path("feed/<str:token>.ics", feeds.feed, name="feed"),
    path("appointments/<uuid:appointment_id>.ics", feeds.single, name="download"),
    path("zone/", public.zone, name="zone"),
    path("about/", public.about, name="about"),
]
