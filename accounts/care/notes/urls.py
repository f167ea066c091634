from __future__ import annotations

from django.urls import URLPattern, path

from accounts.care.notes.views import (
    reading,
    reflections,
    summaries,
    supervision,
    writing,
)

app_name = "notes"
urlpatterns: list[URLPattern] = [
    path("", reading.desk, name="desk"),
    path("new/<uuid:case_id>/", writing.start, name="start"),
    path("hints/", writing.hints, name="hints"),
    path("reflections/", reflections.reflections, name="reflections"),
    path("reflections/new/<uuid:case_id>/", reflections.reflect, name="reflect"),
    path(
        "reflections/<uuid:reflection_id>/", reflections.reflection, name="reflection"
    ),
    path(
        "reflections/<uuid:reflection_id>/drop/",
        reflections.drop_reflection,
        name="drop_reflection",
    ),
    path("supervision/", supervision.supervision, name="supervision"),
    path("supervision/<uuid:review_id>/", supervision.review, name="review"),
    path("supervision/<uuid:review_id>/decide/", supervision.decide, name="decide"),
    path(
        "supervision/flags/<uuid:flag_id>/", supervision.flag_review, name="flag_review"
    ),
    path("summaries/<uuid:summary_id>/", summaries.write_summary, name="write_summary"),
    path("mine/", summaries.mine, name="mine"),
    path("mine/<uuid:case_id>/ask/", summaries.ask, name="ask"),
    path("mine/<uuid:summary_id>/withdraw/", summaries.withdraw, name="withdraw"),
    path("mine/<uuid:case_id>/let-read/", summaries.let_read, name="let_read"),
    path("mine/<uuid:case_id>/stop/", summaries.stop_reading, name="stop_reading"),
    path("<uuid:note_id>/", reading.note, name="note"),
    path("<uuid:note_id>/write/", writing.write, name="write"),
    path("<uuid:note_id>/keep/", writing.keep, name="keep"),
    path("<uuid:note_id>/change/", writing.change, name="change"),
    path("<uuid:note_id>/discard/", writing.discard, name="discard"),
    path("<uuid:note_id>/versions/", reading.versions, name="versions"),
    path("<uuid:note_id>/print/", reading.print_note, name="print"),
    path("<uuid:note_id>/put-forward/", reading.put_forward, name="put_forward"),
    path("<uuid:note_id>/texts/<uuid:kept_id>/use/", writing.use_kept, name="use_kept"),
    path(
        "<uuid:note_id>/texts/<uuid:kept_id>/drop/",
        writing.drop_kept,
        name="drop_kept",
    ),
]
