from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.consent.services import TERMS_VERSION

# Long texts are written once in each language, not put together from messages.
ABOUT = {
    "zh-hans": "jobs/public/pages/_about_zh_hans.html",
    "zh-hant": "jobs/public/pages/_about_zh_hant.html",
    "en": "jobs/public/pages/_about_en.html",
}
TERMS = {
    "zh-hans": "jobs/public/pages/_terms_zh_hans.html",
    "zh-hant": "jobs/public/pages/_terms_zh_hant.html",
    "en": "jobs/public/pages/_terms_en.html",
}
PRIVACY = {
    "zh-hans": "jobs/public/pages/_privacy_zh_hans.html",
    "zh-hant": "jobs/public/pages/_privacy_zh_hant.html",
    "en": "jobs/public/pages/_privacy_en.html",
}


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return _page(request, _("About us"), ABOUT)


@login_not_required
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    return _page(request, _("Terms of use"), TERMS, version=TERMS_VERSION)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, _("Privacy notice"), PRIVACY, version=TERMS_VERSION)


def _page(
    request: HttpRequest,
    title: str | Promise,
    bodies: dict[str, str],
    *,
    version: str = "",
) -> HttpResponse:
    context = {
        "title": title,
        "body": bodies[get_language() or settings.LANGUAGE_CODE],
        "version": version,
        "operator": {
            "name": settings.OPERATOR_NAME,
            "contact": settings.OPERATOR_EMAIL,
            "licence": settings.OPERATOR_LICENCE,
        },
    }
    return render(request, "jobs/public/pages/page.html", context)
