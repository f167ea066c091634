from __future__ import annotations

from django.urls import path

from jobs.matching.views import feedback, lists, order, runs

app_name = "matching"
urlpatterns = [
    path("", lists.matches, name="list"),
    path("left-out/", lists.left_out, name="left_out"),
    path("keep/", lists.keep, name="keep"),
    path("how/", order.how, name="how"),
    path("order/", order.choose, name="order"),
    path("runs/", runs.runs, name="runs"),
    path("runs/begin/", runs.begin, name="run_begin"),
    path("said/", feedback.said, name="said"),
    path("said/clear/", feedback.clear, name="clear"),
    path("<uuid:public_id>/why/", lists.why, name="why"),
    path("<uuid:public_id>/no/", feedback.feedback, name="feedback"),
    path("<uuid:public_id>/no/undo/", feedback.undo, name="undo"),
    path("<uuid:public_id>/no/hide/", feedback.hide_employer, name="hide_employer"),
]
