from __future__ import annotations

from django.urls import path

from jobs.public.views import posting

app_name = "public"
urlpatterns = [path("jobs/<uuid:public_id>/", posting.job, name="job")]
