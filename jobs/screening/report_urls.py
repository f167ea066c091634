"""Reports, for those who make them."""

from __future__ import annotations

from django.urls import path

from jobs.screening.views import reports

app_name = "reports"
urlpatterns = [
    path("", reports.lookup, name="lookup"),
    path("mine/", reports.mine, name="mine"),
    path("job/<uuid:public_id>/", reports.job, name="job"),
    path("employer/<uuid:public_id>/", reports.employer, name="employer"),
    path("<str:receipt>/", reports.receipt, name="receipt"),
]
