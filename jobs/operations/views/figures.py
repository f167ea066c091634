"""How many there are of everything, by state: on a page and as a table to take along."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.consent.enums import DeletionState, ExportState
from accounts.consent.models import AccountDeletion, DataExport
from accounts.employers.enums import VerificationState
from accounts.employers.models import Organization
from accounts.identity.enums import Kind, MessageState
from accounts.identity.http import SignedInRequest
from accounts.identity.models import OutboxMessage, User
from accounts.identity.services.audit import record_event
from accounts.lib.dates import today
from jobs.applications.enums import ApplicationState
from jobs.applications.models import Application
from jobs.operations import access
from jobs.operations.enums import RunState
from jobs.operations.models import TaskRun
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.screening.enums import ReportState, SanctionState
from jobs.screening.models.reports import Report
from jobs.screening.models.sanctions import Sanction

# What is counted: a title, the rows, the field, and the words for its codes.
Counted = tuple[str, str | Promise, QuerySet[Any], str, dict[Any, Any]]


def _counted() -> tuple[Counted, ...]:
    people = User.objects.filter(erased_at__isnull=True)
    organizations = Organization.objects.all()
    return (
        ("accounts", _("Accounts"), people, "kind", dict(Kind.choices)),
        (
            "organizations",
            _("Organisations"),
            organizations,
            "verification",
            dict(VerificationState.choices),
        ),
        (
            "postings",
            _("Postings"),
            Posting.objects.all(),
            "state",
            dict(PostingState.choices),
        ),
        (
            "applications",
            _("Applications"),
            Application.objects.all(),
            "state",
            dict(ApplicationState.choices),
        ),
        (
            "reports",
            _("Reports"),
            Report.objects.all(),
            "state",
            dict(ReportState.choices),
        ),
        (
            "measures",
            _("Measures"),
            Sanction.objects.all(),
            "state",
            dict(SanctionState.choices),
        ),
        (
            "messages",
            _("Outgoing messages"),
            OutboxMessage.objects.all(),
            "state",
            dict(MessageState.choices),
        ),
        (
            "exports",
            _("Copies of data"),
            DataExport.objects.all(),
            "state",
            dict(ExportState.choices),
        ),
        (
            "erasures",
            _("Erasures"),
            AccountDeletion.objects.all(),
            "state",
            dict(DeletionState.choices),
        ),
        (
            "runs",
            _("Runs of tasks"),
            TaskRun.objects.all(),
            "state",
            dict(RunState.choices),
        ),
    )


def _figures() -> Iterator[tuple[str, Any, list[tuple[str, Any, int]]]]:
    """Code, title, and for each state its code, its words and how many."""
    for code, title, rows, field, words in _counted():
        grouped = rows.order_by().values_list(field).annotate(n=Count("pk"))
        found: dict[str, int] = dict(grouped)
        yield (
            code,
            title,
            [
                (str(state), label, found.get(state, 0))
                for state, label in words.items()
            ],
        )


@never_cache
@require_safe
def figures(request: SignedInRequest) -> HttpResponse:
    access.operators_only(request.user)
    context = {"areas": list(_figures()), "now": timezone.now()}
    return render(request, "jobs/operations/figures.html", context)


@never_cache
@require_safe
def as_csv(request: SignedInRequest) -> HttpResponse:
    access.operators_only(request.user)
    record_event(action="operations.figures_fetched", actor=request.user)
    day = today().isoformat()
    # With a mark at its beginning, so that spreadsheets read the characters right.
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="figures-{day}.csv"'
    table = csv.writer(response)
    table.writerow(["date", "area", "state", "count"])
    for code, _title, rows in _figures():
        table.writerows([day, code, state, number] for state, _words, number in rows)
    return response
