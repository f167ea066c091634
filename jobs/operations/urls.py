from __future__ import annotations

from django.urls import URLPattern, path

from jobs.operations.views import (
    figures,
    organizations,
    outbox,
    overview,
    switches,
    tasks,
    trail,
)

app_name = "operations"
urlpatterns: list[URLPattern] = [
    path("", overview.overview, name="overview"),
    path("organizations/", organizations.organizations, name="organizations"),
    path(
        "organizations/<uuid:public_id>/",
        organizations.organization,
        name="organization",
    ),
    path("outbox/", outbox.messages_page, name="outbox"),
    path("outbox/again/", outbox.retry_all, name="retry_all"),
    path("outbox/<uuid:public_id>/", outbox.message, name="message"),
    path("outbox/<uuid:public_id>/again/", outbox.retry, name="retry"),
    path("outbox/<uuid:public_id>/drop/", outbox.discard, name="discard"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<str:name>/", tasks.task, name="task"),
    path("retention/", tasks.retention, name="retention"),
    path("switches/", switches.switches_page, name="switches"),
    path("switches/announcement/text/", switches.announcement, name="announcement"),
    path("switches/<str:name>/", switches.switch, name="switch"),
    path("trail/", trail.trail, name="trail"),
    path("figures/", figures.figures, name="figures"),
    path("figures.csv", figures.as_csv, name="figures_csv"),
]
