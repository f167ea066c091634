from __future__ import annotations

from django.urls import path

from jobs.screening.views import employer, moderation, public, rescreening, samples

app_name = "screening"
urlpatterns = [
    path("", moderation.queue, name="queue"),
    path("rules/", public.rules, name="rules"),
    path("rules/<slug:rule_id>/", public.rule, name="rule"),
    path("lint/", employer.lint, name="lint"),
    path("rescreening/", rescreening.runs, name="rescreening"),
    path("rescreening/begin/", rescreening.begin, name="rescreen_begin"),
    path("rescreening/<uuid:public_id>/", rescreening.run, name="rescreen_run"),
    path(
        "rescreening/<uuid:public_id>/confirm/",
        rescreening.decide_run,
        {"word": "confirm"},
        name="rescreen_confirm",
    ),
    path(
        "rescreening/<uuid:public_id>/cancel/",
        rescreening.decide_run,
        {"word": "cancel"},
        name="rescreen_cancel",
    ),
    path("rule-changes/", rescreening.rule_changes, name="rule_changes"),
    path("rule-changes/<int:pk>/look/", rescreening.look, name="rule_change_look"),
    path("samples/", samples.samples, name="samples"),
    path("samples/<uuid:public_id>/", samples.sample, name="sample"),
    path("<uuid:public_id>/", moderation.review, name="review"),
    path("<uuid:public_id>/decide/", moderation.decide, name="decide"),
    path("<uuid:public_id>/check/", employer.check, name="check"),
    path("<uuid:public_id>/submit/", employer.submit, name="submit"),
    path("<uuid:public_id>/revise/", employer.revise, name="revise"),
]
