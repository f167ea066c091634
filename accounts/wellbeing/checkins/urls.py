from __future__ import annotations

from django.urls import URLPattern, path

from accounts.wellbeing.checkins.views import (
    around,
    ask,
    choices,
    new_job,
    results,
    team,
)

app_name = "checkins"
urlpatterns: list[URLPattern] = [
    path("", ask.start, name="start"),
    path("keep/", ask.keep, name="keep"),
    path("begin/", ask.begin, name="begin"),
    path("question/", ask.question, name="question"),
    path("history/", results.history, name="history"),
    path("delete/", results.delete_all, name="delete_all"),
    path("rhythm/", around.rhythm, name="rhythm"),
    path("new-job/", new_job.new_job, name="new_job"),
    path("new-job/not-now/", new_job.not_now, name="not_now"),
    path("mood/", around.mood, name="mood"),
    path("mood/<uuid:mood_id>/", around.mood_tags, name="mood_tags"),
    path("share/", around.share, name="share"),
    path("words/<uuid:notice_id>/", around.notice, name="notice"),
    path("of/<uuid:case_id>/", team.items, name="items"),
    path("<uuid:sitting_id>/", results.result, name="result"),
    path("<uuid:sitting_id>/further/", ask.further, name="further"),
    path("<uuid:sitting_id>/choose/", choices.choose, name="choose"),
    path("<uuid:sitting_id>/contact/", choices.contact, name="contact"),
    path("<uuid:sitting_id>/anyway/", choices.anyway, name="anyway"),
    path("<uuid:sitting_id>/talk/", choices.talk, name="talk"),
    path("<uuid:sitting_id>/delete/", results.delete, name="delete"),
]
