from __future__ import annotations

from django.urls import path

from jobs.applications.views import covenant, employer, seeker

app_name = "applications"
urlpatterns = [
    path("", seeker.mine, name="mine"),
    path("to/<uuid:public_id>/", seeker.apply, name="apply"),
    path("inbox/", employer.inbox, name="inbox"),
    path("inbox/<uuid:public_id>/", employer.received, name="received"),
    path("inbox/<uuid:public_id>/<slug:event>/", employer.step, name="step"),
    path("paused/<uuid:public_id>/", covenant.paused, name="paused"),
    path("<uuid:public_id>/", seeker.detail, name="detail"),
    path("<uuid:public_id>/withdraw/", seeker.withdraw, name="withdraw"),
    path("<uuid:public_id>/accept/", seeker.accept, name="accept"),
]
