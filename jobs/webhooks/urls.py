from __future__ import annotations

from django.urls import URLPattern, path

from jobs.webhooks import views

app_name = "webhooks"
urlpatterns: list[URLPattern] = [
    path("", views.endpoints, name="list"),
    path("new/", views.new, name="new"),
    path("<uuid:public_id>/", views.endpoint, name="endpoint"),
    path("<uuid:public_id>/edit/", views.edit, name="edit"),
    path("<uuid:public_id>/secret/", views.secret, name="secret"),
    path("<uuid:public_id>/test/", views.test, name="test"),
    path("<uuid:public_id>/pause/", views.pause, name="pause"),
    path("<uuid:public_id>/resume/", views.resume, name="resume"),
    path("<uuid:public_id>/delete/", views.delete, name="delete"),
    path("<uuid:public_id>/again/", views.send_all_again, name="send_all_again"),
    path("notices/<uuid:public_id>/", views.delivery, name="delivery"),
    path("notices/<uuid:public_id>/again/", views.send_again, name="send_again"),
]
