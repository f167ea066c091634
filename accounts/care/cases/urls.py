from __future__ import annotations

from django.urls import path

from accounts.care.cases.views import case, handing, mine, team, ties, today

app_name = "cases"
urlpatterns = [
    path("", today.today, name="today"),
    path("all/", today.caseload, name="list"),
    path("waiting/", today.queue, name="queue"),
    path("waiting/<uuid:case_id>/take/", today.take, name="take"),
    path("mine/", mine.mine, name="mine"),
    path("mine/share/", mine.share, name="share"),
    path("mine/change/", mine.change, name="change"),
    path("mine/end/", mine.end, name="end"),
    path(
        "mine/referrals/<uuid:referral_id>/",
        mine.answer_referral,
        name="answer_referral",
    ),
    path(
        "mine/handovers/<uuid:handover_id>/",
        mine.answer_handover,
        name="answer_handover",
    ),
    path("team/", team.team, name="team"),
    path("team/<uuid:counselor_id>/", team.cover, name="cover"),
    path("ties/", ties.ties, name="ties"),
    path("ties/<uuid:tie_id>/end/", ties.end_tie, name="end_tie"),
    path("tasks/<uuid:task_id>/", case.turn_task, name="task"),
    path("referrals/<uuid:referral_id>/", case.turn_referral, name="referral"),
    path("handovers/<uuid:handover_id>/", handing.handover, name="handover"),
    path("handovers/<uuid:handover_id>/accept/", handing.accept, name="accept"),
    path("handovers/<uuid:handover_id>/decline/", handing.decline, name="decline"),
    path("handovers/<uuid:handover_id>/withdraw/", handing.withdraw, name="withdraw"),
    path("<uuid:case_id>/", case.case, name="case"),
    path("<uuid:case_id>/step/", case.step, name="step"),
    path("<uuid:case_id>/tasks/", case.add_task, name="add_task"),
    path("<uuid:case_id>/referrals/", case.add_referral, name="add_referral"),
    path("<uuid:case_id>/hand-over/", handing.hand_over, name="hand_over"),
]
