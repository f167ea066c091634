from __future__ import annotations

from django.urls import path

from jobs.screening.views import employer, moderation, public

app_name = "screening"
urlpatterns = [
    path("", moderation.queue, name="queue"),
    path("rules/", public.rules, name="rules"),
    path("rules/<slug:rule_id>/", public.rule, name="rule"),
    path("lint/", employer.lint, name="lint"),
    path("<uuid:public_id>/", moderation.review, name="review"),
    path("<uuid:public_id>/decide/", moderation.decide, name="decide"),
    path("<uuid:public_id>/check/", employer.check, name="check"),
    path("<uuid:public_id>/reword/", employer.reword, name="reword"),
    path("<uuid:public_id>/submit/", employer.submit, name="submit"),
    path("<uuid:public_id>/revise/", employer.revise, name="revise"),
]
