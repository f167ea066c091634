"""The list as a file, and who took which."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.employers.access import membership_for
from accounts.employers.enums import MemberRole
from accounts.employers.services.guard import note_debtor_data
from accounts.identity.http import SignedInRequest
from accounts.lib.dates import today
from jobs.applications.models import Application
from jobs.hiring import access
from jobs.hiring.enums import ExportFormat
from jobs.hiring.forms import DeskForm, ExportForm
from jobs.hiring.services.exports import MOST_ROWS, ExportOrder, TooMany, take_out
from jobs.hiring.sheets import CONTENT_TYPES, file_of
from jobs.hiring.views.cards import desk_address, desk_query

LAST = 100


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: SignedInRequest) -> HttpResponse:
    """What the desk shows under the same filters, as they stand in the address."""
    membership = membership_for(request.user)
    postings = access.postings_with_applications(request.user)
    wanted = DeskForm(request.GET, postings=postings, is_list=True).wanted()
    rows = access.wanted_of(
        access.desk_of(request.user), wanted, request.user, now=timezone.now()
    )
    rows = access.list_of(rows, wanted, None)
    form = ExportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not form.is_valid():
        note_debtor_data(
            organization=membership.organization,
            actor=request.user,
            hits=form.debtor_hits(),
        )
    elif form.is_bound:
        try:
            _record, found = take_out(
                actor=request.user,
                organization=membership.organization,
                rows=rows,
                order=ExportOrder(**form.cleaned_data),
            )
        except TooMany:
            text = _("At most %(most)s fit into one file. Please set a filter.")
            form.add_error(None, text % {"most": MOST_ROWS})
        else:
            return _file(found, form.cleaned_data["format"])
    context = {
        "form": form,
        "total": rows.count(),
        "most": MOST_ROWS,
        "query": desk_query(request.GET),
        "desk": desk_address(request.GET.urlencode()),
        "is_admin": membership.role == MemberRole.ADMIN,
    }
    status = 422 if form.is_bound else 200
    return render(request, "jobs/hiring/export.html", context, status=status)


def _file(found: list[Application], format_: ExportFormat) -> HttpResponse:
    response = HttpResponse(
        file_of(found, format_), content_type=CONTENT_TYPES[format_]
    )
    name = f"list-{today():%Y-%m-%d}.{format_}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def exports(request: SignedInRequest) -> HttpResponse:
    """For administrators: every file that left, and why."""
    context = {"records": list(access.exports_of(request.user)[:LAST])}
    return render(request, "jobs/hiring/exports.html", context)
