from __future__ import annotations

from django.urls import path

from jobs.resumes.views import (
    answers,
    documents,
    history,
    imports,
    lines,
    shares,
    sheets,
)

app_name = "resumes"
urlpatterns = [
    path("", sheets.mine, name="mine"),
    path("did/<slug:group>/", answers.did, name="did"),
    path("did/<slug:group>/lines/", answers.lines_preview, name="did_lines"),
    path("figures/", answers.figures, name="figures"),
    path("language/", answers.language, name="language"),
    path("lint/", lines.lint_text, name="lint"),
    path("lines/<uuid:public_id>/", lines.edit, name="edit"),
    path("lines/<uuid:public_id>/<slug:change>/", lines.change, name="change"),
    path("add/<slug:variant>/", lines.add, name="add"),
    path("history/", history.history, name="history"),
    path("history/add/<slug:kind>/", history.add, name="add_station"),
    path("history/<uuid:public_id>/", history.change, name="station"),
    path("history/<uuid:public_id>/remove/", history.remove, name="remove_station"),
    path("print/<slug:variant>/", documents.sheet, name="sheet"),
    path("download/<slug:variant>/<slug:kind>/", documents.download, name="download"),
    path("links/", shares.mine, name="links"),
    path("links/<uuid:public_id>/off/", shares.revoke, name="revoke"),
    path("import/", imports.import_file, name="import"),
    # The token opens it; config/logs.py keeps the address out of every log.
    path("s/<slug:token>/", shares.shared, name="shared"),
]
