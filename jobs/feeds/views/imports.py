"""Files of postings: sent, looked over, mended, and sent on to be checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.employers.models import Organization
from accounts.employers.services.guard import note_debtor_data
from accounts.identity.http import SignedInRequest
from accounts.lib.guards import DebtorDataFound
from jobs.feeds import access, texts
from jobs.feeds.columns import COLUMNS
from jobs.feeds.enums import MADE, THERE, RowState
from jobs.feeds.forms import FileForm, NumberForm
from jobs.feeds.models import BulkRow, BulkRun
from jobs.feeds.rules.reading import UnreadableFile
from jobs.feeds.samples import KINDS, sample
from jobs.feeds.services import drafts, runs, sending
from jobs.feeds.services.errors import FeedError
from jobs.postings.access import employer_only, organization_of
from jobs.postings.history import state_mark
from jobs.postings.labels import field_label
from jobs.postings.views import sentence_for

ROWS_SHOWN = 50
RUNS_SHOWN = 30
GROUPS: tuple[tuple[str, Any, Q], ...] = (
    ("problems", gettext_lazy("To mend"), Q(state=RowState.PROBLEM)),
    (
        "clean",
        gettext_lazy("May be sent"),
        Q(
            to_change=0,
            posting__state__in=["draft", "changes_requested"],
        ),
    ),
    (
        "drafts",
        gettext_lazy("To finish"),
        Q(
            to_change__gt=0,
            posting__state__in=["draft", "changes_requested"],
        ),
    ),
    (
        "there",
        gettext_lazy("Nothing to do"),
        ~Q(state__in=[RowState.PROBLEM, RowState.WAITING])
        & ~Q(posting__state__in=["draft", "changes_requested"]),
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: SignedInRequest) -> HttpResponse:
    """The way in: send a file, take a sample, see what came of earlier ones."""
    employer_only(request.user)
    organization = organization_of(request.user)
    form = FileForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST" and organization is not None:
        form = FileForm(request.POST, request.FILES)
        run = _receive(request, organization, form)
        if run is not None:
            return redirect("feeds:run", run.public_id)
        status = 422
    context = {
        "form": form,
        "organization": organization,
        "runs": access.runs_of(request.user)[:RUNS_SHOWN],
        "columns": COLUMNS,
        "kinds": list(KINDS),
        "sources": access.sources_of(request.user).exclude(state="stopped").count(),
    }
    return render(request, "jobs/feeds/import.html", context, status=status)


def _receive(
    request: SignedInRequest, organization: Organization, form: FileForm
) -> BulkRun | None:
    """None when the file is not taken; the form says why."""
    if not form.is_valid():
        errors = form.errors.as_data().get("file", [])
        hits = [h for e in errors if isinstance(e, DebtorDataFound) for h in e.hits]
        note_debtor_data(organization=organization, actor=request.user, hits=hits)
        return None
    name, data = form.cleaned_data["file"]
    try:
        run = runs.receive_file(
            organization=organization, actor=request.user, name=name, data=data
        )
    except UnreadableFile as error:
        form.add_error("file", texts.for_file(error.code))
        return None
    # A short file is done before its page is looked at.
    runs.prepare_run(run, most=runs.AT_ONCE)
    return run


@require_safe
def sample_file(request: SignedInRequest, kind: str) -> HttpResponse:
    employer_only(request.user)
    if kind not in KINDS:
        raise Http404
    response = HttpResponse(sample(kind), KINDS[kind])
    name = f"ashore-sample-{request.LANGUAGE_CODE}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@dataclass(frozen=True, slots=True)
class Problem:
    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file as the page shows it."""

    row: BulkRow
    title: str
    problems: list[Problem]
    is_hopeless: bool
    note: str
    mark: Any = None


@require_safe
def run(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.run_of(request.user, public_id)
    rows = BulkRow.objects.filter(run=found)
    counts = rows.aggregate(
        **{key: Count("pk", filter=asked) for key, _label, asked in GROUPS}
    )
    groups = [
        {"key": key, "label": label, "count": counts[key]}
        for key, label, _asked in GROUPS
    ]
    wanted = request.GET.get("group", "")
    chosen = next((k for k, _l, _q in GROUPS if k == wanted), None) or next(
        (k for k, _l, _q in GROUPS if counts[k]), "problems"
    )
    page, older, newer = _page(request, _in_group(rows, chosen))
    context = {
        "run": found,
        "groups": groups,
        "chosen": chosen,
        "lines": [_line(row) for row in page],
        "older": older,
        "newer": newer,
        "clean": counts["clean"],
        "per_round": sending.MOST_AT_ONCE,
        "is_checked": found.organization.is_verified(now=timezone.now()),
    }
    part = request.htmx and not request.htmx.history_restore_request
    template = "jobs/feeds/_run.html" if part else "jobs/feeds/run.html"
    return render(request, template, context)


def _in_group(rows: QuerySet[BulkRow], key: str) -> QuerySet[BulkRow]:
    asked = next(asked for name, _label, asked in GROUPS if name == key)
    return rows.filter(asked).select_related("posting__organization", "run")


def _page(
    request: SignedInRequest, rows: QuerySet[BulkRow]
) -> tuple[list[BulkRow], str, str]:
    """By the row's number: paging costs the same everywhere in a long file."""
    text = request.GET.get("from", "")
    first = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    found = list(rows.filter(number__gte=first).order_by("number")[: ROWS_SHOWN + 1])
    shown = found[:ROWS_SHOWN]
    drafts.refresh_checks(rows=[row for row in shown if row.state in MADE | THERE])
    query = request.GET.copy()
    query.pop("from", None)

    def link(number: int) -> str:
        query["from"] = str(number)
        return f"?{query.urlencode()}"

    older = link(found[-1].number) if len(found) > ROWS_SHOWN else ""
    before = rows.filter(number__lt=first).order_by("-number")
    numbers = list(before.values_list("number", flat=True)[:ROWS_SHOWN])
    return shown, older, link(numbers[-1]) if numbers else ""


def _line(row: BulkRow) -> Line:
    title = str(row.answers.get("title") or "")
    if row.posting is not None:
        title = row.posting.title
    return Line(
        row=row,
        title=title or _("Without a title"),
        problems=_problems(row) if row.state == RowState.PROBLEM else [],
        is_hopeless=row.code in texts.HOPELESS,
        note=texts.for_row(row.code) if row.state == RowState.KEPT else "",
        mark=state_mark(row.posting) if row.posting is not None else None,
    )


def _problems(row: BulkRow) -> list[Problem]:
    """In the reader's language, whoever sent the file: asked of the form anew."""
    found = []
    if row.code:
        about = _("Number") if row.code in texts.ABOUT_NUMBER else ""
        found.append(Problem(about, texts.for_row(row.code)))
    if row.flaws:
        errors = drafts.row_to_mend(row).errors
        for name in row.flaws:
            label = field_label(name)
            found += [Problem(label, str(text)) for text in errors.get(name, [])]
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: SignedInRequest, public_id: UUID, number: int) -> HttpResponse:
    """Only what is wrong is asked; the rest of the row stays as the file had it."""
    row = access.row_of(request.user, public_id, number)
    if row.state != RowState.PROBLEM:
        messages.info(request, str(texts.ERRORS["mended"]))
        return redirect("feeds:run", public_id)
    if row.code in texts.HOPELESS:
        return redirect("feeds:run", public_id)
    status = 200
    if request.method == "POST":
        try:
            row = drafts.mend_row(
                row=row,
                actor=request.user,
                answers=_typed(request, row),
                source_id=_plain(request.POST.get("source_id", row.source_id)),
            )
        except FeedError as error:
            messages.info(request, str(texts.ERRORS[error.code]))
            return redirect("feeds:run", public_id)
        if row.state != RowState.PROBLEM:
            messages.success(request, _("Mended. The row is a draft now."))
            return redirect("feeds:run", public_id)
        status = 422
    return render(request, "jobs/feeds/mend.html", _mending(row), status=status)


def _typed(request: SignedInRequest, row: BulkRow) -> dict[str, Any]:
    """What was typed into the fields that were asked, under the form's own names."""
    form = drafts.row_to_mend(row)
    found: dict[str, Any] = {}
    for name in row.flaws:
        if name == "benefits":
            found[name] = [_plain(text) for text in request.POST.getlist(name)]
        elif name in {"pay", "base_salary"}:
            for half in (f"{name}_0", f"{name}_1"):
                found[half] = _plain(request.POST.get(half, ""))
        elif name in form.fields:
            found[name] = _plain(request.POST.get(name, ""))
    return found


def _plain(text: str) -> str:
    """The row is kept whatever was typed; the database keeps no NUL."""
    return text.replace("\0", "")


def _mending(row: BulkRow) -> dict[str, Any]:
    form = drafts.row_to_mend(row)
    number: forms.Form | None = None
    if row.code in texts.ABOUT_NUMBER:
        number = NumberForm({"source_id": row.source_id})
        number.full_clean()
        if not number.errors:
            number.add_error("source_id", texts.for_row(row.code))
    title = str(row.answers.get("title") or "")
    return {
        "row": row,
        "title": title or _("Without a title"),
        "form": form,
        "number": number,
        "fields": [form[name] for name in row.flaws if name in form.fields],
        "note": texts.for_row(row.code) if row.code == "debtor-data" else "",
    }


@require_POST
def send(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.run_of(request.user, public_id)
    outcome = sending.send_clean(run=found, actor=request.user)
    if outcome.sent:
        text = ngettext(
            "%(n)s posting sent in. A person reads it, usually within a working day.",
            "%(n)s postings sent in. A person reads them, usually within a working day.",
            outcome.sent,
        )
        messages.success(request, text % {"n": outcome.sent})
    if outcome.error is not None:
        messages.error(request, sentence_for(outcome.error))
    elif outcome.held:
        text = ngettext(
            "%(n)s draft was not sent in: something has to change first.",
            "%(n)s drafts were not sent in: something has to change first.",
            outcome.held,
        )
        messages.error(request, text % {"n": outcome.held})
    elif not outcome.sent:
        messages.info(request, _("There was nothing to send in."))
    return redirect("feeds:run", public_id)
