from __future__ import annotations

from django.urls import URLPattern, path

from accounts.discreet import views

app_name = "discreet"
urlpatterns: list[URLPattern] = [
    path("account/discreet/", views.overview, name="overview"),
    path("account/discreet/pin/", views.change_pin, name="pin"),
    path("account/discreet/pin/remove/", views.remove_pin, name="pin_remove"),
    path("account/discreet/everywhere/", views.sign_out_everywhere, name="everywhere"),
    path("account/pin/", views.unlock, name="unlock"),
    path("account/pin/awake/", views.awake, name="awake"),
    path("leave/", views.leave, name="leave"),
]
