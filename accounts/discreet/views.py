from __future__ import annotations

from allauth.account.internal.flows.reauthentication import (
    get_reauthentication_flows,
    is_reauthentication_required,
)
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.discreet import services, sessions
from accounts.discreet.access import pin_of
from accounts.discreet.enums import Try
from accounts.discreet.forms import LookForm, PinForm, RemovePinForm, UnlockForm
from accounts.discreet.rules.lock import MOST_WRONG
from accounts.discreet.sessions import LOCK
from accounts.identity.http import SignedInRequest
from accounts.identity.models import User
from accounts.lib.looks import BY_ART, COOKIE, Look, look_of

ONE_YEAR = 365 * 24 * 60 * 60
ASK_BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(ASK_BOTH)
def overview(request: SignedInRequest) -> HttpResponse:
    """Everything that keeps others from seeing what this is, on one page."""
    form = LookForm(request.POST or None, initial={"look": look_of(request).art})
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("Saved. New names show on the next page."))
        return _with_look(request, BY_ART[form.cleaned_data["look"]])
    context = {"form": form, "pin": pin_of(request.user)}
    return render(request, "accounts/discreet/overview.html", context)


@sensitive_post_parameters("pin", "current")
@require_http_methods(ASK_BOTH)
def change_pin(request: SignedInRequest) -> HttpResponse:
    if (away := _prove_first(request)) is not None:
        return away
    pin = pin_of(request.user)
    form = PinForm(
        request.POST or None,
        user=request.user,
        asks_old=_asks_old(request.user, has_pin=pin is not None),
        initial={"idle_minutes": str(pin.idle_minutes)} if pin else {},
    )
    if request.method == "POST" and form.is_valid():
        return _set_pin(request, form)
    if form.outcome == Try.SPENT:
        return _sign_out_spent(request)
    return render(request, "accounts/discreet/pin.html", {"form": form, "pin": pin})


@sensitive_post_parameters("current")
@require_http_methods(ASK_BOTH)
def remove_pin(request: SignedInRequest) -> HttpResponse:
    if (away := _prove_first(request)) is not None:
        return away
    if pin_of(request.user) is None:
        return redirect("discreet:overview")
    asks_old = _asks_old(request.user, has_pin=True)
    form = RemovePinForm(request.POST or None, asks_old=asks_old)
    if request.method == "POST" and form.is_valid():
        outcome = _try_old(request.user, form)
        if outcome == Try.SPENT:
            return _sign_out_spent(request)
        if outcome == Try.RIGHT:
            services.remove_pin(user=request.user)
            request.session.pop(LOCK, None)
            messages.success(request, _("The PIN is removed."))
            return redirect("discreet:overview")
        form.add_error("current", _("That was not the PIN."))
    return render(request, "accounts/discreet/pin_remove.html", {"form": form})


@login_not_required
@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(ASK_BOTH)
def unlock(request: HttpRequest) -> HttpResponse:
    """Asked when they come back; until then they count as a visitor."""
    user: User | None = getattr(request, "locked_user", None)
    if user is None:
        return redirect(_wanted(request))
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = services.try_pin(user=user, pin=form.cleaned_data["pin"])
        if outcome == Try.RIGHT:
            sessions.open_lock(request.session)
            return redirect(_wanted(request))
        if outcome == Try.SPENT:
            return _sign_out_spent(request)
        form.add_error("pin", _wrong(user))
    context = {"form": form, "next": request.GET.get("next", "")}
    return render(request, "accounts/discreet/unlock.html", context)


@require_POST
def awake(_request: SignedInRequest) -> HttpResponse:
    """Somebody is writing; that this was asked is what counts."""
    return HttpResponse(status=204)


@require_POST
def sign_out_everywhere(request: SignedInRequest) -> HttpResponse:
    services.sign_out_everywhere(user=request.user)
    logout(request)
    messages.success(request, _("You are signed out everywhere."))
    return redirect("account_login")


@login_not_required
@never_cache
@require_http_methods(ASK_BOTH)
def leave(request: HttpRequest) -> HttpResponse:
    """Away at once. On somebody else's phone this also signs out; a PIN is asked again.

    A link does that too, although it only asks: without scripts there is nothing else,
    and whoever makes somebody follow it by a trick only makes them sign in again.
    """
    request.user = getattr(request, "locked_user", request.user)
    if sessions.is_shared(request):
        logout(request)
    elif request.user.is_authenticated:
        sessions.shut(request.session)
    if request.method == "POST":
        return HttpResponse(status=204)
    response = redirect(settings.QUICK_EXIT_URL)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _with_look(request: HttpRequest, look: Look) -> HttpResponse:
    response = redirect("discreet:overview")
    if not look.is_plain:
        response.delete_cookie(COOKIE, samesite="Lax")
        return response
    response.set_cookie(
        COOKIE,
        look.code,
        max_age=None if sessions.is_shared(request) else ONE_YEAR,
        samesite="Lax",
        httponly=True,
        secure=request.is_secure(),
    )
    return response


def _prove_first(request: SignedInRequest) -> HttpResponse | None:
    """Who has a password or a second step shows it again, before the form is drawn.

    A form that comes too late is not kept for afterwards: it holds a PIN.
    """
    if not is_reauthentication_required(request, app=""):
        return None
    if request.method == "POST":
        return redirect(request.path)
    raise ReauthenticationRequired


def _asks_old(user: User, *, has_pin: bool) -> bool:
    """Who signs in with codes only shows the PIN instead."""
    return has_pin and not get_reauthentication_flows(user)


def _try_old(user: User, form: RemovePinForm) -> Try:
    if "current" not in form.fields:
        return Try.RIGHT
    return services.try_pin(user=user, pin=form.cleaned_data["current"])


def _set_pin(request: SignedInRequest, form: PinForm) -> HttpResponse:
    pin = services.set_pin(
        user=request.user,
        pin=form.cleaned_data["pin"],
        idle_minutes=form.cleaned_data["idle_minutes"],
        keep_session=request.session.session_key or "",
    )
    sessions.begin_lock(request.session, pin)
    messages.success(request, _("The PIN is set."))
    return redirect("discreet:overview")


def _wrong(user: User) -> str:
    pin = pin_of(user)
    left = MOST_WRONG - pin.wrong_tries if pin else MOST_WRONG
    return ngettext(
        "That was not the PIN. {left} more try, then you sign in again.",
        "That was not the PIN. {left} more tries, then you sign in again.",
        left,
    ).format(left=left)


def _sign_out_spent(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.error(request, _("Five wrong PINs. Please sign in again."))
    return redirect("account_login")


def _wanted(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or "/"
    is_safe = url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    )
    return target if is_safe else "/"
