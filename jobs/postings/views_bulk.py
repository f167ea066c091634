"""Several of our own postings at once: paused, opened again, renewed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from accounts.identity.http import SignedInRequest
from jobs.postings import access, services
from jobs.postings.forms import RenewForm
from jobs.postings.models import Posting
from jobs.postings.views import KEPT, sentence_for

MOST_AT_ONCE = 50
# So many refusals are told one by one.
TOLD = 5
RENEW = "renew"
Step = Callable[[Posting], object]


@require_POST
def bulk(request: SignedInRequest) -> HttpResponse:
    access.employer_only(request.user)
    act = request.POST.get("act", "")
    chosen = _chosen(request)
    if not chosen:
        messages.info(request, _("First choose one or more postings."))
    elif act == RENEW:
        return _renew(request, chosen)
    elif act == "pause":
        _each(request, chosen, lambda posting: _pause(request, posting))
    elif act == "resume":
        _each(request, chosen, lambda posting: _resume(request, posting))
    return _back(request)


def _chosen(request: SignedInRequest) -> list[Posting]:
    """Our own among those ticked; what is nobody's business here is not there."""
    ids = [found for text in request.POST.getlist("posting") if (found := _uuid(text))]
    rows = access.postings_of(request.user).filter(public_id__in=ids[:MOST_AT_ONCE])
    return list(rows.distinct())


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _pause(request: SignedInRequest, posting: Posting) -> Posting:
    return services.pause_posting(posting=posting, actor=request.user)


def _resume(request: SignedInRequest, posting: Posting) -> Posting:
    return services.resume_posting(posting=posting, actor=request.user)


def _each(request: SignedInRequest, chosen: Iterable[Posting], step: Step) -> None:
    """Each for itself: one that cannot be moved holds up no other."""
    done, refused = 0, []
    for posting in chosen:
        try:
            step(posting)
        except services.PostingError as error:
            refused.append((posting.title, sentence_for(error)))
        else:
            done += 1
    if done:
        text = ngettext("%(count)d posting: done.", "%(count)d postings: done.", done)
        messages.success(request, text % {"count": done})
    for title, sentence in refused[:TOLD]:
        messages.error(
            request,
            _("“%(title)s”: %(sentence)s") % {"title": title, "sentence": sentence},
        )
    if (more := len(refused) - TOLD) > 0:
        text = ngettext(
            "%(count)d other could not be done.",
            "%(count)d others could not be done.",
            more,
        )
        messages.error(request, text % {"count": more})


def _renew(request: SignedInRequest, chosen: list[Posting]) -> HttpResponse:
    """One last day for all of them, and the employer's word that each job exists."""
    is_answered = "confirmed" in request.POST
    form = RenewForm(request.POST if is_answered else None)
    if is_answered and form.is_valid():
        until = services.end_of_day(form.cleaned_data["valid_through"])
        _each(
            request,
            chosen,
            lambda posting: services.renew_posting(
                posting=posting, actor=request.user, valid_through=until
            ),
        )
        return _back(request)
    context = {"form": form, "chosen": chosen, "kept": _kept(request)}
    return render(request, "jobs/postings/renew_many.html", context)


def _kept(request: SignedInRequest) -> dict[str, str]:
    return {name: request.POST[name] for name in KEPT if request.POST.get(name)}


def _back(request: SignedInRequest) -> HttpResponse:
    query = urlencode(_kept(request))
    return redirect(reverse("postings:mine") + (f"?{query}" if query else ""))
