"""What employers read and answer: decisions about them."""

from __future__ import annotations

from django.urls import path

from jobs.screening.views import measures

app_name = "measures"
urlpatterns = [
    path("", measures.mine, name="mine"),
    path("<uuid:public_id>/", measures.measure, name="measure"),
    path("<uuid:public_id>/appeal/", measures.appeal, name="appeal"),
    path("questions/<uuid:public_id>/", measures.question, name="question"),
]
