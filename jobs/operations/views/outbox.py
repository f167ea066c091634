from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.identity.enums import MessageState
from accounts.identity.http import SignedInRequest
from accounts.identity.models import OutboxMessage
from accounts.identity.services import rescue
from accounts.lib.keyset import newest_first
from jobs.operations import access
from jobs.operations.forms import OutboxSearch, ReasonForm
from jobs.operations.rules import masked

PAGE_SIZE = 30
# So many at once while the page loads; press again for more.
AT_ONCE = 500
SENTENCES = {
    rescue.MessageMovedOn: gettext_lazy(
        "Nothing was changed. It is being sent, has left, or was dropped."
    ),
    rescue.AddressForgotten: gettext_lazy(
        "This cannot be sent any more. Its words and address are forgotten."
    ),
    rescue.TooLate: gettext_lazy("This cannot be sent any more. It is out of date."),
}
LOOKS = {
    MessageState.PENDING: "line",
    MessageState.SENDING: "sea",
    MessageState.SENT: "good",
    MessageState.FAILED: "danger",
    MessageState.CANCELLED: "line",
}


@never_cache
@require_safe
def messages_page(request: SignedInRequest) -> HttpResponse:
    counts = access.outbox_counts(request.user)
    form = _search(request, counts)
    found = _found(request, form)
    page = newest_first(found, request, by="created_at", size=PAGE_SIZE)
    failed = _failed(request, form).count()
    context = {
        "form": form,
        "counts": counts,
        "rows": [
            (row, masked(row.address), LOOKS[MessageState(row.state)])
            for row in page.rows
        ],
        "page": page,
        "failed": failed,
        "reason": ReasonForm(),
        "template": _template(form),
    }
    return render(request, "jobs/operations/outbox.html", context)


def _search(request: SignedInRequest, counts: list[dict[str, object]]) -> OutboxSearch:
    names = [str(row["template"]) for row in counts]
    first = {"state": OutboxSearch.NEEDS_A_LOOK}
    form = OutboxSearch(request.GET or first, templates=names)
    form.is_valid()
    return form


def _template(form: OutboxSearch) -> str:
    return str(form.cleaned_data.get("template", ""))


def _found(request: SignedInRequest, form: OutboxSearch) -> QuerySet[OutboxMessage]:
    found = access.outbox(request.user)
    state = form.cleaned_data.get("state", "")
    if state == OutboxSearch.NEEDS_A_LOOK:
        found = found.filter(access.stuck_or_failed(now=timezone.now()))
    elif state:
        found = found.filter(state=state)
    template = _template(form)
    return found.filter(template=template) if template else found


def _failed(request: SignedInRequest, form: OutboxSearch) -> QuerySet[OutboxMessage]:
    """What could be sent once more of the kind that is chosen."""
    found = access.outbox(request.user).filter(state=MessageState.FAILED)
    template = _template(form)
    return found.filter(template=template) if template else found


@never_cache
@require_safe
def message(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.message(request.user, public_id)
    return _message_page(request, found, ReasonForm())


def _message_page(
    request: SignedInRequest, found: OutboxMessage, form: ReasonForm, status: int = 200
) -> HttpResponse:
    context = {
        "message_row": found,
        "address": masked(found.address),
        "look": LOOKS[MessageState(found.state)],
        "steps": found.steps.select_related("actor").order_by("-pk"),
        "may_retry": found.state in rescue.MAY_RETRY,
        "may_discard": found.state in rescue.MAY_DISCARD,
        "form": form,
    }
    return render(request, "jobs/operations/message.html", context, status=status)


@require_POST
def retry(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    done = _("It is sent once more.")
    return _act(request, public_id, rescue.retry_message, done)


@require_POST
def discard(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    return _act(request, public_id, rescue.discard_message, _("Dropped."))


def _act(
    request: SignedInRequest,
    public_id: UUID,
    act: Callable[..., OutboxMessage],
    done: str,
) -> HttpResponse:
    found = access.message(request.user, public_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _message_page(request, found, form, status=422)
    try:
        act(message=found, actor=request.user, reason=form.cleaned_data["reason"])
    except tuple(SENTENCES) as error:
        messages.error(request, str(SENTENCES[type(error)]))
    else:
        messages.success(request, done)
    return redirect("operations:message", public_id)


@require_http_methods(["POST"])
def retry_all(request: SignedInRequest) -> HttpResponse:
    """After a provider was down: everything of a kind that failed, once more."""
    counts = access.outbox_counts(request.user)
    names = [str(row["template"]) for row in counts]
    search = OutboxSearch(request.POST, templates=names)
    search.is_valid()
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was sent. Please say why first."))
        return redirect("operations:outbox")
    number = rescue.retry_messages(
        messages=_failed(request, search).order_by("pk")[:AT_ONCE],
        actor=request.user,
        reason=form.cleaned_data["reason"],
    )
    sentence = ngettext(
        "%(n)s message is sent once more.", "%(n)s messages are sent once more.", number
    )
    messages.success(request, sentence % {"n": number})
    return redirect("operations:outbox")
