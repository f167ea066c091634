from __future__ import annotations

from django.urls import path

from accounts.care.safety.views import flags, lead, plan, roster, seeker

app_name = "safety"
urlpatterns = [
    # For the person.
    path("contact/", seeker.contact, name="contact"),
    path("contact/take-back/", seeker.take_back, name="take_back"),
    path("mine/", seeker.mine, name="mine"),
    path("mine/<uuid:flag_id>/safe/", seeker.say_safe, name="say_safe"),
    path("plan/", plan.plan, name="plan"),
    path("plan/stop/", plan.stop, name="plan_stop"),
    # For counselors.
    path("", flags.board, name="flags"),
    path("flags/<uuid:flag_id>/", flags.flag, name="flag"),
    path("flags/<uuid:flag_id>/try/", flags.record_try, name="try"),
    path("flags/<uuid:flag_id>/decide/", lead.decide, name="decide"),
    path("flags/<uuid:flag_id>/open-more/", lead.open_more, name="open_more"),
    path("flags/<uuid:flag_id>/steps/<slug:event>/", flags.move, name="move"),
    path("people/<uuid:subject_id>/raise/", flags.raise_for, name="raise"),
    path("people/<uuid:subject_id>/plan/", plan.together, name="plan_together"),
    path("looks/", lead.looks, name="looks"),
    path("looks/<uuid:look_id>/", lead.judge, name="judge"),
    path("duty/", roster.my_duty, name="my_duty"),
    path("roster/", roster.roster, name="roster"),
    path("roster/repeat/", roster.repeat, name="repeat_week"),
    path("roster/<uuid:shift_id>/remove/", roster.remove, name="remove_shift"),
]
