from __future__ import annotations

from django.urls import path

from jobs.resumes.views import answers, lines, sheets

app_name = "resumes"
urlpatterns = [
    path("", sheets.mine, name="mine"),
    path("did/<slug:group>/", answers.did, name="did"),
    path("figures/", answers.figures, name="figures"),
    path("language/", answers.language, name="language"),
    path("lint/", lines.lint_text, name="lint"),
    path("lines/<uuid:public_id>/", lines.edit, name="edit"),
    path("lines/<uuid:public_id>/<slug:change>/", lines.change, name="change"),
    path("add/<slug:variant>/", lines.add, name="add"),
    path("print/<slug:variant>/", sheets.sheet, name="sheet"),
]
