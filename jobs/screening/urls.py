from __future__ import annotations

from django.urls import path

from jobs.screening.views import (
    cases,
    employer,
    employers,
    moderation,
    public,
    rescreening,
    samples,
)

app_name = "screening"
urlpatterns = [
    path("", moderation.queue, name="queue"),
    path("reports/", cases.reports, name="reports"),
    path("reports/<uuid:public_id>/", cases.report, name="report"),
    path("reports/<uuid:public_id>/triage/", cases.triage, name="triage"),
    path("reports/<uuid:public_id>/ask/", cases.ask, name="ask"),
    path("reports/<uuid:public_id>/decide/", cases.decide_report, name="decide_report"),
    path("confirm/", cases.confirmations, name="confirmations"),
    path("confirm/<uuid:public_id>/", cases.confirm, name="confirm"),
    path("appeals/", cases.appeals, name="appeals"),
    path("appeals/<uuid:public_id>/", cases.appeal, name="appeal"),
    path("employers/<uuid:public_id>/", employers.record, name="employer"),
    path("measures/<uuid:public_id>/", employers.measure, name="measure"),
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
    path("<uuid:public_id>/reword/", employer.reword, name="reword"),
    path("<uuid:public_id>/submit/", employer.submit, name="submit"),
    path("<uuid:public_id>/revise/", employer.revise, name="revise"),
]
