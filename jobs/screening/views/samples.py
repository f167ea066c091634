from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.identity.http import SignedInRequest
from jobs.postings.facts import sections_of
from jobs.postings.history import state_mark
from jobs.screening import access, cases
from jobs.screening.adverts import TEXT_FIELDS
from jobs.screening.enums import SampleResult
from jobs.screening.explain import grouped, marked_fields
from jobs.screening.models.samples import SampleAudit
from jobs.screening.sample_forms import SampleForm
from jobs.screening.services import errors
from jobs.screening.services.samples import answer_sample
from jobs.screening.views.moderation import sentence_for

MONTHS = 12


@require_safe
def samples(request: SignedInRequest) -> HttpResponse:
    rows = access.samples_for(request.user)
    months = (
        rows.order_by("-month")
        .values("month")
        .annotate(
            drawn=Count("pk"),
            done=Count("pk", filter=~Q(result="")),
            problems=Count("pk", filter=Q(result=SampleResult.PROBLEM)),
        )
    )
    waiting = rows.filter(result="").order_by("month", "pk")
    context = {
        "waiting": [(row, state_mark(row.posting)) for row in waiting],
        "months": months[:MONTHS],
        "tab": "samples",
        "counts": access.queue_counts(request.user),
    }
    return render(request, "jobs/screening/samples.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sample(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.sample_for(request.user, public_id)
    form = SampleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, found, form)
    return _page(request, found, form)


def _answer(
    request: SignedInRequest, found: SampleAudit, form: SampleForm
) -> HttpResponse:
    result = SampleResult(form.cleaned_data.pop("result"))
    try:
        answer_sample(
            sample=found, reviewer=request.user, result=result, **form.cleaned_data
        )
    except errors.ScreeningError as error:
        messages.error(request, sentence_for(error))
        return redirect("screening:samples")
    posting = found.posting
    if result == SampleResult.PROBLEM and posting.state in access.REVIEWABLE_STATES:
        messages.info(request, _("Noted. Decide here what happens to the posting."))
        return redirect("screening:review", posting.public_id)
    messages.success(request, _("Noted. Thank you for reading."))
    return redirect("screening:samples")


def _page(
    request: SignedInRequest, found: SampleAudit, form: SampleForm
) -> HttpResponse:
    posting = found.posting
    findings = list(access.findings_of(posting))
    texts = ((name, getattr(posting, name)) for name in TEXT_FIELDS)
    context: dict[str, object] = {
        "sample": found,
        "posting": posting,
        "mark": state_mark(posting),
        "hits": grouped(findings),
        "texts": list(marked_fields(texts, findings)),
        "sections": [s for s in sections_of(posting) if s.facts],
        "form": form,
    }
    if posting.organization:
        context |= cases.record_context(posting.organization)
    return render(request, "jobs/screening/sample.html", context)
