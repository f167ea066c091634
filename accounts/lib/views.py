from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.lib.context import THEMES
from accounts.lib.showcase import sample_context

ONE_YEAR = 365 * 24 * 60 * 60


def csrf_failure(
    request: HttpRequest,
    reason: str = "",  # noqa: ARG001 - Django passes it by name
) -> HttpResponse:
    return render(request, "errors/403_csrf.html", status=403)


@login_not_required
def bad_request(
    request: HttpRequest,
    exception: Exception,  # noqa: ARG001 - Django passes it by name
) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


@login_not_required
def permission_denied(
    request: HttpRequest,
    exception: Exception,  # noqa: ARG001 - Django passes it by name
) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


@login_not_required
def page_not_found(
    request: HttpRequest,
    exception: Exception,  # noqa: ARG001 - Django passes it by name
) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


@login_not_required
def too_many_requests(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/429.html", status=429)


@login_not_required
def server_error(_request: HttpRequest) -> HttpResponse:
    """Without the request: whatever broke may be in a context processor."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark in a cookie; anything else follows the device."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = HttpResponseRedirect(target)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            "theme",
            theme,
            max_age=ONE_YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@login_not_required
def style_page(request: HttpRequest) -> HttpResponse:
    """Every component with its markup; only where the demo runs."""
    if not settings.DEMO:
        raise Http404
    return render(request, "accounts/lib/style.html", sample_context())
