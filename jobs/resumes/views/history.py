"""Jobs, schools, languages and two sentences: what no tick can say."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.identity.http import SignedInRequest
from jobs.resumes.access import resume_or_404, resume_or_none, station_of
from jobs.resumes.documents import period_text
from jobs.resumes.enums import StationKind
from jobs.resumes.forms import AboutForm, StationForm
from jobs.resumes.models import Resume, ResumeStation
from jobs.resumes.services import history as services
from jobs.resumes.services.errors import TooManyStations


@require_http_methods(["GET", "HEAD", "POST"])
def history(request: SignedInRequest) -> HttpResponse:
    resume = resume_or_none(request.user)
    if resume is None:
        return redirect("resumes:mine")
    initial = {"summary": resume.summary, "speaks": resume.speaks}
    form = AboutForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.save_about(resume=resume, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("resumes:history")
    groups = [
        (kind.value, kind.label, _rows(resume, kind.value)) for kind in StationKind
    ]
    context = {"form": form, "groups": groups}
    status = 422 if form.is_bound else 200
    return render(request, "jobs/resumes/history.html", context, status=status)


def _rows(resume: Resume, kind: str) -> list[tuple[ResumeStation, str]]:
    rows = resume.stations.filter(kind=kind)
    return [(row, period_text(row.begins, row.ends)) for row in rows]


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, kind: str) -> HttpResponse:
    if kind not in StationKind:
        raise Http404
    resume = resume_or_404(request.user)
    form = StationForm(kind, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_station(
                resume=resume, actor=request.user, kind=kind, **form.cleaned_data
            )
        except TooManyStations:
            form.add_error(None, _("That is enough of these. Please remove one first."))
        else:
            messages.success(request, _("Saved."))
            return redirect("resumes:history")
    return _page(request, form, kind)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    row = station_of(request.user, public_id)
    names = ("place", "title", "begins", "ends")
    form = StationForm(
        row.kind,
        request.POST or None,
        initial={name: getattr(row, name) for name in names},
    )
    if request.method == "POST" and form.is_valid():
        services.change_station(station=row, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("resumes:history")
    return _page(request, form, row.kind, station=row)


@require_POST
def remove(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    row = station_of(request.user, public_id)
    services.remove_station(station=row, actor=request.user)
    messages.success(request, _("Removed."))
    return redirect("resumes:history")


def _page(
    request: SignedInRequest,
    form: StationForm,
    kind: str,
    *,
    station: ResumeStation | None = None,
) -> HttpResponse:
    context = {"form": form, "title": StationKind(kind).label, "station": station}
    status = 422 if form.is_bound else 200
    return render(request, "jobs/resumes/station.html", context, status=status)
