from __future__ import annotations

from django.urls import URLPattern, path

from accounts.employers.views import (
    accept,
    all_papers,
    branches,
    checks,
    covenant,
    groups,
    members,
    organization,
    papers,
)

app_name = "employers"
urlpatterns: list[URLPattern] = [
    path("", organization.overview, name="overview"),
    path("new/", organization.create, name="create"),
    path("edit/", organization.edit, name="edit"),
    path("submit/", organization.submit, name="submit"),
    path("papers/", all_papers.all_papers, name="papers"),
    path("documents/<str:kind>/", papers.document, name="document"),
    path("documents/<str:kind>/withdraw/", papers.withdraw, name="withdraw_document"),
    path("covenant/", covenant.covenant, name="covenant"),
    path("places/", branches.branches, name="branches"),
    path("places/<uuid:public_id>/", branches.edit, name="branch"),
    path("places/<uuid:public_id>/close/", branches.close, name="close_branch"),
    path("group/", groups.group, name="group"),
    path("group/<uuid:public_id>/<slug:event>/", groups.step, name="group_step"),
    path("members/", members.members_page, name="members"),
    path("members/<uuid:public_id>/role/", members.change_role, name="change_role"),
    path("members/<uuid:public_id>/remove/", members.remove, name="remove_member"),
    path("leave/", members.leave, name="leave"),
    path("invitations/<uuid:public_id>/resend/", members.resend, name="resend"),
    path("invitations/<uuid:public_id>/withdraw/", members.withdraw, name="withdraw"),
    path("join/<str:token>/", accept.accept, name="accept"),
    path("verifications/", checks.waiting, name="verifications"),
    path("verifications/<uuid:public_id>/", checks.check, name="check"),
    path("verifications/<uuid:public_id>/verify/", checks.verify, name="verify"),
    path(
        "verifications/<uuid:public_id>/send-back/", checks.send_back, name="send_back"
    ),
]
