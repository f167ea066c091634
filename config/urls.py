from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from accounts.identity.views import demo
from accounts.identity.views.language import set_language
from accounts.lib import views as lib
from accounts.wellbeing import hub, views as wellbeing
from config import health, installable
from jobs.operations.site import site as operations_admin
from jobs.public.views import landing, pages, transparency, traps

urlpatterns: list[URLPattern | URLResolver] = [
    path("", landing.home, name="home"),
    path("about/", pages.about, name="about"),
    path("terms/", pages.terms, name="terms"),
    path("privacy/", pages.privacy, name="privacy"),
    path("transparency/", transparency.transparency, name="transparency"),
    path("transparency/figures.csv", transparency.as_csv, name="transparency_csv"),
    path("transparency/figures.json", transparency.as_json, name="transparency_json"),
    path("traps/", traps.traps, name="traps"),
    path("help/", wellbeing.help_now, name="help"),
    path("help/danger/", wellbeing.danger, name="danger"),
    path("help/plan/", wellbeing.safety_plan, name="safety_plan"),
    path("offline/", wellbeing.offline, name="offline"),
    path("sw.js", installable.service_worker, name="service_worker"),
    path(
        "app/<str:language>/<str:art>.webmanifest",
        installable.manifest,
        name="manifest",
    ),
    path("language/", set_language, name="set_language"),
    path("theme/", lib.set_theme, name="theme"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # Sign-in pages of the library; our templates, its rules.
    path("", include("accounts.discreet.urls")),
    path("account/", include("allauth.urls")),
    path("account/", include("accounts.identity.urls")),
    path("account/privacy/", include("accounts.consent.urls")),
    path("profile/", include("accounts.seekers.urls")),
    path("organization/", include("accounts.employers.urls")),
    path("evidence/", include("accounts.evidence.urls")),
    path("counselors/", include("accounts.counselors.urls")),
    path("assisted/", include("accounts.assisted.urls")),
    path("", include("accounts.cohorts.urls")),
    path("jobs/", include("jobs.search.urls")),
    path("paths/", include("jobs.paths.urls")),
    path("matches/", include("jobs.matching.urls")),
    path("rights/", include("accounts.wellbeing.rights.urls")),
    path("check-in/", include("accounts.wellbeing.instruments.urls")),
    path("read/", include("accounts.wellbeing.library.urls")),
    path("care/", hub.care, name="care"),
    path("care/privacy/", include("accounts.care.vault.urls")),
    path("care/check-ins/", include("accounts.wellbeing.checkins.urls")),
    path("care/talks/", include("accounts.care.scheduling.talk_urls")),
    # Stands in messages: the address says no more than they do.
    path("visits/", include("accounts.care.scheduling.visit_urls")),
    path("care/calendar/", include("accounts.care.scheduling.calendar_urls")),
    path("care/cases/", include("accounts.care.cases.urls")),
    path("care/notes/", include("accounts.care.notes.urls")),
    path("care/safety/", include("accounts.care.safety.urls")),
    path("care/rooms/", include("accounts.care.rooms.urls")),
    path("care/reports/", include("accounts.care.reports.urls")),
    path("resume/", include("jobs.resumes.urls")),
    path("alerts/", include("jobs.alerts.urls")),
    path("applications/", include("jobs.applications.urls")),
    path("postings/", include("jobs.postings.urls")),
    path("review/", include("jobs.screening.urls")),
    path("reports/", include("jobs.screening.report_urls")),
    path("decisions/", include("jobs.screening.measure_urls")),
    path("editor/", include("jobs.editor.urls")),
    path("hiring/", include("jobs.hiring.urls")),
    path("talent/", include("jobs.talent.urls")),
    path("insights/", include("jobs.insights.urls")),
    path("", include("jobs.feeds.urls")),
    path("connections/webhooks/", include("jobs.webhooks.urls")),
    path("connections/", include("jobs.api.urls")),
    # Before the rest of the console: its templates look for a namespace of their own.
    path("operations/admin/", operations_admin.urls),
    path("api/v1/", include("jobs.api.rest.urls")),
    path("operations/", include("jobs.operations.urls")),
    path("", include("jobs.public.urls")),
]
if settings.DEMO:
    urlpatterns += [
        path("style/", lib.style_page, name="style"),
        path("demo/", include((demo.urlpatterns, "demo"))),
    ]

handler400 = lib.bad_request
handler403 = lib.permission_denied
handler404 = lib.page_not_found
handler429 = lib.too_many_requests  # asked for by the sign-in library
handler500 = lib.server_error
