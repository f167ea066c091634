from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.employers.models import Organization
from accounts.identity.freshness import fresh_sign_in
from accounts.identity.http import SignedInRequest
from accounts.identity.rates import within_rate
from accounts.lib.keyset import newest_first
from jobs.webhooks import access
from jobs.webhooks.enums import UNSETTLED, EndpointState
from jobs.webhooks.forms import EndpointForm, LogForm
from jobs.webhooks.models import MOST_ENDPOINTS, Endpoint
from jobs.webhooks.rules.payloads import readable
from jobs.webhooks.services import deliveries, endpoints as services
from jobs.webhooks.texts import told_of

PAGE = 20
# A test goes to somebody's server: enough to try out, too few to bother them.
TESTS, IN_SECONDS = 20, 600


@require_safe
def endpoints(request: SignedInRequest) -> HttpResponse:
    found = list(access.endpoints_for(request.user))
    context = {
        "endpoints": found,
        "most": MOST_ENDPOINTS,
        "is_full": len(found) >= MOST_ENDPOINTS,
    }
    return render(request, "jobs/webhooks/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    return _new(request, access.organization_of(request.user))


@fresh_sign_in
def _new(request: SignedInRequest, organization: Organization) -> HttpResponse:
    form = EndpointForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            endpoint = services.add_endpoint(
                organization=organization, actor=request.user, **form.cleaned_data
            )
        except services.AlreadyThere:
            form.add_error("url", _already_there())
        except services.TooMany:
            form.add_error(None, _("Five addresses are the most. Delete one first."))
        else:
            return _show_secret(request, endpoint, is_new=True)
    status = 422 if form.is_bound else 200
    context = {"form": form}
    return render(request, "jobs/webhooks/new.html", context, status=status)


def _show_secret(
    request: SignedInRequest, endpoint: Endpoint, *, is_new: bool
) -> HttpResponse:
    """The one answer that holds it: it is on no page that can be opened again."""
    overlap = services.overlap_ends(endpoint, now=timezone.now())
    context = {"endpoint": endpoint, "is_new": is_new, "overlap_ends": overlap}
    return render(request, "jobs/webhooks/secret.html", context)


def _already_there() -> str:
    return _("This address is on your list already.")


@require_safe
def endpoint(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What it is told, how it goes, and the log."""
    found = access.endpoint_for(request.user, public_id)
    now, log_form = timezone.now(), LogForm(request.GET)
    wanted = log_form.wanted()
    log = access.deliveries_of(found, **wanted)
    context = {
        "endpoint": found,
        "overlap_ends": services.overlap_ends(found, now=now),
        "is_resting": _rests(found, now),
        "told": told_of(found.events),
        "form": log_form,
        "is_filtered": any(wanted.values()),
        "page": newest_first(log, request, by="created_at", size=PAGE),
    }
    return render(request, "jobs/webhooks/endpoint.html", context)


def _rests(endpoint: Endpoint, now: datetime) -> bool:
    return endpoint.rests_until is not None and endpoint.rests_until > now


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    return _edit(request, access.endpoint_for(request.user, public_id))


@fresh_sign_in
def _edit(request: SignedInRequest, found: Endpoint) -> HttpResponse:
    initial = {"url": found.url, "events": found.events}
    form = EndpointForm(
        request.POST if request.method == "POST" else None, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change_endpoint(
                endpoint=found, actor=request.user, **form.cleaned_data
            )
        except services.AlreadyThere:
            form.add_error("url", _already_there())
        else:
            messages.success(request, _("Saved."))
            return redirect("webhooks:endpoint", found.public_id)
    status = 422 if form.is_bound else 200
    context = {"form": form, "endpoint": found}
    return render(request, "jobs/webhooks/edit.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def secret(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Asks first; the answer to a yes shows the new one, once."""
    return _secret(request, access.endpoint_for(request.user, public_id))


@fresh_sign_in
def _secret(request: SignedInRequest, found: Endpoint) -> HttpResponse:
    if request.method != "POST":
        context = {"endpoint": found}
        return render(request, "jobs/webhooks/secret_new.html", context)
    version = request.POST.get("version", "")
    try:
        changed = services.new_secret_for(
            endpoint=found,
            actor=request.user,
            version=int(version) if version.isdecimal() else 0,
        )
    except services.SecretMoved:
        messages.info(request, _("There is a newer secret already. Please look again."))
        return redirect("webhooks:endpoint", found.public_id)
    return _show_secret(request, changed, is_new=False)


@require_POST
def test(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.endpoint_for(request.user, public_id)
    who = str(found.organization.public_id)
    if not within_rate(action="webhooks.test", who=who, most=TESTS, seconds=IN_SECONDS):
        messages.error(
            request, _("That was a bit quick. Please wait a minute and try again.")
        )
        return redirect("webhooks:endpoint", found.public_id)
    try:
        sent = services.send_test(endpoint=found, actor=request.user)
    except services.NotActive:
        messages.error(request, _("Nothing is sent there now. Resume it first."))
        return redirect("webhooks:endpoint", found.public_id)
    return redirect("webhooks:delivery", sent.public_id)


@require_POST
def pause(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.endpoint_for(request.user, public_id)
    if services.pause_endpoint(endpoint=found, actor=request.user):
        messages.success(request, _("Paused. What happens meanwhile is kept for you."))
    return redirect("webhooks:endpoint", found.public_id)


@require_POST
def resume(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.endpoint_for(request.user, public_id)
    if services.resume_endpoint(endpoint=found, actor=request.user):
        messages.success(request, _("On again. What waited is sent now, in order."))
    return redirect("webhooks:endpoint", found.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.endpoint_for(request.user, public_id)
    if request.method == "POST":
        services.delete_endpoint(endpoint=found, actor=request.user)
        messages.success(request, _("Deleted. Nothing is sent there any more."))
        return redirect("webhooks:list")
    return render(request, "jobs/webhooks/delete.html", {"endpoint": found})


@require_POST
def send_all_again(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.endpoint_for(request.user, public_id)
    count = deliveries.send_all_again(endpoint=found, actor=request.user)
    said = ngettext(
        "%(count)s notice is sent again.", "%(count)s notices are sent again.", count
    )
    messages.success(request, said % {"count": count})
    return redirect("webhooks:endpoint", found.public_id)


@require_safe
def delivery(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One notice: what was sent, and every try."""
    found = access.delivery_for(request.user, public_id)
    now, is_active = timezone.now(), found.endpoint.state == EndpointState.ACTIVE
    context = {
        "delivery": found,
        "endpoint": found.endpoint,
        "body": readable(found.event.body),
        "tries": list(found.tries.order_by("-at", "-pk")),
        "is_open": found.state in UNSETTLED,
        "is_soon": found.state in UNSETTLED and found.due_at <= now,
        "is_live": is_active and found.state in UNSETTLED and found.due_at <= now,
    }
    return render(request, "jobs/webhooks/delivery.html", context)


@require_POST
def send_again(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.delivery_for(request.user, public_id)
    if deliveries.send_again(delivery=found, actor=request.user):
        messages.success(request, _("It is sent again, with the same number."))
    else:
        messages.info(request, _("It is on its way already."))
    return redirect("webhooks:delivery", found.public_id)
