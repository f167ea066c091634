from __future__ import annotations

from django.urls import path

from jobs.editor.views import history, looking, starting, steps

app_name = "editor"
urlpatterns = [
    path("", starting.start, name="start"),
    path("templates/<slug:code>/", starting.template, name="template"),
    path("<uuid:public_id>/duplicate/", starting.duplicate, name="duplicate"),
    path("<uuid:public_id>/preview/", looking.preview, name="preview"),
    path("<uuid:public_id>/history/", history.history, name="history"),
    path("<uuid:public_id>/send/", looking.send, name="send"),
    path("<uuid:public_id>/drop/", steps.drop, name="drop"),
    path("<uuid:public_id>/<slug:step>/", steps.step, name="step"),
    path("<uuid:public_id>/<slug:step>/keep/", steps.keep, name="keep"),
    path("<uuid:public_id>/<slug:step>/lint/", steps.lint, name="lint"),
]
