from __future__ import annotations

from django.urls import URLPattern, path

from jobs.hiring.views import batches, desk, exports, moves

app_name = "hiring"
urlpatterns: list[URLPattern] = [
    path("", desk.desk, name="desk"),
    path("many/", batches.many, name="many"),
    path("many/<uuid:public_id>/", batches.batch, name="batch"),
    path("file/", exports.export, name="export"),
    path("files/", exports.exports, name="exports"),
    path("<uuid:public_id>/move/", moves.move, name="move"),
]
