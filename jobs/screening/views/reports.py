"""Reporting a posting or an employer, signed in or not, and hearing what came of it."""

from __future__ import annotations

from uuid import UUID

from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.employers.models import Organization
from accounts.identity.http import SignedInRequest
from accounts.identity.models import User
from accounts.identity.rates import address_of, within_rate
from accounts.lib.http import Request
from jobs.postings.access import published_posting
from jobs.postings.models import Posting
from jobs.screening import access, cases
from jobs.screening.enums import Concern, ReportState
from jobs.screening.forms import ReceiptForm, ReportForm
from jobs.screening.models.reports import Report
from jobs.screening.rules.receipts import read_receipt
from jobs.screening.services.reports import file_report

SHOWN = 100
# Receipts this browser was given, by target: a second report joins the first.
SESSION_KEY = "report_receipts"
KEPT_RECEIPTS = 20
HOUR = 3600
REPORTS_AN_HOUR = 5
# Many people share one address: a workplace, a mobile network.
REPORTS_AN_HOUR_FROM_ONE_ADDRESS = 30
LOOKS_AN_HOUR = 120


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def job(request: Request, public_id: UUID) -> HttpResponse:
    return _report(request, posting=published_posting(public_id))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def employer(request: Request, public_id: UUID) -> HttpResponse:
    return _report(request, organization=access.reportable_organization(public_id))


def _report(
    request: Request,
    *,
    posting: Posting | None = None,
    organization: Organization | None = None,
) -> HttpResponse:
    form = ReportForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if form.is_machine:
            # It learns nothing, and nothing is kept.
            return redirect("reports:lookup")
        if _may_report(request):
            return _file(request, form, posting, organization)
        form.add_error(
            None,
            _("That was a lot of reports in one hour. Please come back a bit later."),
        )
        status = 429
    context = {"posting": posting, "organization": organization, "form": form}
    return render(request, "jobs/screening/report_new.html", context, status=status)


def _may_report(request: Request) -> bool:
    """So many an hour from one browser or account, and from one address."""
    if not request.session.session_key:
        request.session.create()
    user = request.user
    who = f"u{user.pk}" if isinstance(user, User) else request.session.session_key
    limits = (
        (str(who), REPORTS_AN_HOUR),
        (address_of(request), REPORTS_AN_HOUR_FROM_ONE_ADDRESS),
    )
    return all(
        within_rate(action="report", who=one, most=most, seconds=HOUR)
        for one, most in limits
    )


def _file(
    request: Request,
    form: ReportForm,
    posting: Posting | None,
    organization: Organization | None,
) -> HttpResponse:
    target = str((posting or organization).public_id)  # type: ignore[union-attr]
    receipts = dict(request.session.get(SESSION_KEY, {}))
    filed, is_new = file_report(
        category=form.cleaned_data["category"],
        text=form.cleaned_data["text"],
        posting=posting,
        organization=organization,
        reporter=request.user if isinstance(request.user, User) else None,
        known_receipt=receipts.get(target, ""),
    )
    if not isinstance(request.user, User):
        receipts[target] = filed.receipt
        newest = list(receipts.items())[-KEPT_RECEIPTS:]
        request.session[SESSION_KEY] = dict(newest)
    if is_new:
        messages.success(request, _("Thank you. A person reads it."))
    else:
        messages.info(
            request,
            _("You had reported this already: what you wrote now was added to it."),
        )
    return redirect("reports:receipt", filed.receipt)


@login_not_required
@never_cache
@require_safe
def lookup(request: Request) -> HttpResponse:
    """Where people with a receipt number ask what came of it."""
    if "receipt" not in request.GET:
        context = {"form": ReceiptForm()}
        return render(request, "jobs/screening/report_lookup.html", context)
    form = ReceiptForm(request.GET)
    if form.is_valid():
        if not _may_look(request):
            return _too_often(request)
        if access.report_by_receipt(form.cleaned_data["receipt"]):
            return redirect("reports:receipt", form.cleaned_data["receipt"])
        form.add_error("receipt", _("We know no report with this number."))
    return render(request, "jobs/screening/report_lookup.html", {"form": form})


@login_not_required
@never_cache
@require_safe
def receipt(request: Request, receipt: str) -> HttpResponse:
    if not _may_look(request):
        return _too_often(request)
    found = access.report_by_receipt(read_receipt(receipt))
    if found is None:
        raise Http404
    return render(request, "jobs/screening/report_receipt.html", _told(found))


def _may_look(request: Request) -> bool:
    """Nobody tries out numbers by the thousand."""
    return within_rate(
        action="receipt", who=address_of(request), most=LOOKS_AN_HOUR, seconds=HOUR
    )


def _too_often(request: Request) -> HttpResponse:
    answer: HttpResponse = respond_429(request)
    return answer


def _told(report: Report) -> dict[str, object]:
    """What the holder of the receipt reads; the report's own words stay inside."""
    state = ReportState(report.outcome or report.state)
    return {
        "report": report,
        "category": Concern(report.category).label,
        "mark": cases.report_mark(state),
        "is_decided": bool(report.outcome),
        "is_appealed": report.state == ReportState.APPEALED,
        "is_reversed": state == ReportState.REVERSED,
        "is_late": report.due_at < timezone.now(),
        "title": report.posting.title if report.posting else "",
    }


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    found = access.reports_by(request.user)[:SHOWN]
    rows = [(row, cases.report_mark(row.outcome or row.state)) for row in found]
    return render(request, "jobs/screening/reports_mine.html", {"rows": rows})
