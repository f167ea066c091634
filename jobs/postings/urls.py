from __future__ import annotations

from django.urls import path

from jobs.postings import views, views_bulk

app_name = "postings"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("new/", views.new, name="new"),
    path("bulk/", views_bulk.bulk, name="bulk"),
    path("<uuid:public_id>/", views.posting, name="posting"),
    path("<uuid:public_id>/edit/", views.edit, name="edit"),
    path("<uuid:public_id>/renew/", views.renew, name="renew"),
    path("<uuid:public_id>/<slug:event>/", views.step, name="step"),
]
