"""One step for many: choose whom, say why, read what they will read, send once."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.employers.access import organization_for
from accounts.employers.services.guard import note_debtor_data
from accounts.identity.http import SignedInRequest
from accounts.lib.dates import moment_text
from jobs.applications.forms import StepForm
from jobs.applications.models import Application
from jobs.applications.rules.contact import delivery_at
from jobs.applications.services.showing import note_listed
from jobs.applications.views.declines import HELPS, SAID
from jobs.applications.views.employer import asks_too_early
from jobs.applications.views.presentation import NEXT_SENTENCES, SEEKER_SENTENCES
from jobs.hiring import access
from jobs.hiring.enums import BatchAction
from jobs.hiring.forms import PickedForm, form_for_many, picked_in
from jobs.hiring.rules.board import COLUMN_OF
from jobs.hiring.services.batches import Order, OtherBatch, carry_out
from jobs.hiring.texts import COLUMN_NAMES
from jobs.hiring.views.cards import desk_address, desk_query, moves_of

# More at once would keep somebody waiting, and nobody reads longer lists.
MOST = 100


@dataclass(frozen=True, slots=True)
class Picked:
    """One of the chosen, and the version that was seen when choosing."""

    application: Application
    version: int
    is_possible: bool

    @property
    def value(self) -> str:
        return f"{self.application.public_id}.{self.version}"

    @property
    def stage(self) -> str:
        return str(COLUMN_NAMES[COLUMN_OF[self.application.state]])


@require_POST
def many(request: SignedInRequest) -> HttpResponse:
    """The same address asks, shows and sends: `go` says how far the reader is."""
    organization = organization_for(request.user)
    asked = PickedForm(request.POST)
    chosen = picked_in(request.POST.getlist("picked"))
    if not asked.is_valid():
        return _back(request, _("Please choose a step for them first."))
    if not chosen:
        return _back(request, _("Please tick at least one application first."))
    if len(chosen) > MOST:
        text = _("Please tick at most %(most)s at a time. Nothing was sent.")
        return _back(request, text % {"most": MOST})
    action = BatchAction(asked.cleaned_data["action"])
    picked = _picked(request, chosen, action)
    token, go = asked.token_or_new(), request.POST.get("go", "")
    form = _form(request, picked, action, go)
    if form.is_bound and not _is_good(form, picked, action):
        note_debtor_data(
            organization=organization, actor=request.user, hits=form.debtor_hits()
        )
        return _ask(request, picked, action, form, token, status=422)
    # Sent again, what was done is not possible any more: the service knows better.
    if form.is_bound and go == "send" and asked.cleaned_data["token"]:
        return _send(request, picked, Order(action, form.cleaned_data), token)
    if not form.is_bound or go == "change" or not any(p.is_possible for p in picked):
        return _ask(request, picked, action, form, token)
    return _preview(request, picked, action, form, token)


def _back(request: SignedInRequest, text: str) -> HttpResponseRedirect:
    messages.error(request, text)
    return HttpResponseRedirect(desk_address(request.POST.get("back", "")))


def _picked(
    request: SignedInRequest, chosen: dict[UUID, int], action: BatchAction
) -> list[Picked]:
    found = list(access.picked_of(request.user, chosen))
    note_listed(applications=found, actor=request.user)
    return [
        Picked(
            row,
            chosen[row.public_id],
            is_possible=action in {move.event for move in moves_of(row)},
        )
        for row in found
    ]


def _form(
    request: SignedInRequest, picked: list[Picked], action: BatchAction, go: str
) -> StepForm:
    """A skill can be named where all of them applied for the same kind of work."""
    works = {p.application.posting.occupation for p in picked if p.is_possible}
    work = works.pop() if len(works) == 1 else ""
    # The first page asks; where there is nothing to ask it shows at once.
    is_sent = go in {"look", "change", "send"} or action == BatchAction.SHORTLIST
    return form_for_many(action, request.POST if is_sent else None, occupation=work)


def _is_good(form: StepForm, picked: list[Picked], action: BatchAction) -> bool:
    """Words are read for everybody: what one posting declared another did not."""
    if not form.is_valid():
        return False
    return not any(
        asks_too_early(form, p.application, action) for p in picked if p.is_possible
    )


def _ask(
    request: SignedInRequest,
    picked: list[Picked],
    action: BatchAction,
    form: StepForm,
    token: UUID,
    status: int = 200,
) -> HttpResponse:
    context = _context(request, picked, action, token) | {"form": form}
    return render(request, "jobs/hiring/many.html", context, status=status)


def _preview(
    request: SignedInRequest,
    picked: list[Picked],
    action: BatchAction,
    form: StepForm,
    token: UUID,
) -> HttpResponse:
    given = form.cleaned_data
    context = _context(request, picked, action, token) | {
        "form": form,
        "sentences": _sentences(action, str(given.get("reason", ""))),
        "words": given.get("message" if action == BatchAction.DECLINE else "reason"),
        "when": _when(),
    }
    return render(request, "jobs/hiring/many_preview.html", context)


def _context(
    request: SignedInRequest, picked: list[Picked], action: BatchAction, token: UUID
) -> dict[str, object]:
    back = request.POST.get("back", "")
    return {
        "action": action,
        "possible": [p for p in picked if p.is_possible],
        "others": [p for p in picked if not p.is_possible],
        "token": token,
        "back": desk_query(QueryDict(back)),
        "desk": desk_address(back),
        "can_change": action != BatchAction.SHORTLIST,
    }


def _sentences(action: BatchAction, reason: str) -> list[str]:
    """What the applicant's own page will say."""
    match action:
        case BatchAction.DECLINE:
            return [str(SAID[reason]), str(HELPS[reason])]
        case BatchAction.POSTPONE:
            return [str(SEEKER_SENTENCES["postpone"]), str(NEXT_SENTENCES["on_hold"])]
        case BatchAction.SHORTLIST:
            said = SEEKER_SENTENCES["shortlist"]
            return [str(said), str(NEXT_SENTENCES["shortlisted"])]


def _when() -> str:
    now = timezone.now()
    due = delivery_at(now)
    if due <= now:
        return _("They are told at once.")
    text = _("It is late: they are told at %(when)s.")
    return text % {"when": moment_text(due)}


def _send(
    request: SignedInRequest, picked: list[Picked], order: Order, token: UUID
) -> HttpResponse:
    try:
        batch = carry_out(
            token=token,
            actor=request.user,
            organization=organization_for(request.user),
            order=order,
            picked=[(p.application, p.version) for p in picked],
        )
    except OtherBatch:
        return _back(request, _("This page was out of date. Nothing was sent."))
    page = reverse("hiring:batch", args=[batch.public_id])
    back = desk_query(QueryDict(request.POST.get("back", "")))
    return redirect(f"{page}?{back}" if back else page)


@require_safe
def batch(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What became of each."""
    found = access.batch_of(request.user, public_id)
    rows = access.batch_rows(found)
    note_listed(applications=[row for row, _words, _done in rows], actor=request.user)
    done = sum(is_done for _row, _words, is_done in rows)
    context = {
        "batch": found,
        "rows": rows,
        "done": done,
        "left": len(rows) - done,
        "desk": desk_address(request.GET.urlencode()),
    }
    return render(request, "jobs/hiring/batch.html", context)
