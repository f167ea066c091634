"""The site on a home screen, and its help pages without a connection.

The list of kept pages is fixed and names nobody: pages that everybody gets alike,
fetched without cookies, in the one language and look that the reader has.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from accounts.lib.dates import today
from accounts.lib.looks import BY_ART, BY_CODE, OWN, Look
from accounts.lib.middleware import chosen_language
from accounts.lib.templatetags.ui import html_lang
from accounts.wellbeing.hotlines import REGIONS
from accounts.wellbeing.library.content import offline_slugs
from config.navigation import address_of

# Some are served by other packages, which may not be there.
KEPT_NAMES = (
    "safety_plan",
    "rights:index",
    "rights:severance",
    "rights:unemployment",
    "rights:wages",
    "rights:claim",
    "rights:noncompete",
    "rights:exposure",
)
WORKER = Path(__file__).parent / "worker.js"
# What a kept page is made of: a change in any of these makes a new copy.
MADE_OF = {
    "accounts": (".py", ".toml", ".md"),
    "config": (".py", ".js"),
    "jobs": (".py", ".toml"),
    "locale": (".po",),
    "static": (".css", ".js", ".svg", ".png"),
    "templates": (".html",),
}
SHORT = 16


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    language = request.GET.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = chosen_language(request)
    look = request.GET.get("look", "")
    wish = f"{language}/{look if look in BY_CODE else ''}"
    plan = {
        "wish": wish,
        "version": _version(wish),
        "offline": reverse("offline"),
        "pages": kept_pages(),
    }
    script = f"const PLAN = {json.dumps(plan)};\n{_worker()}"
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    return HttpResponse(script, content_type="text/javascript", headers=headers)


@login_not_required
@require_safe
def manifest(_request: HttpRequest, language: str, art: str) -> HttpResponse:
    """Browsers ask for this without cookies, so its address says all it depends on."""
    look = BY_ART.get(art)
    if look is None or language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        content = _manifest(look, language)
    headers = {"Cache-Control": "public, max-age=3600"}
    kind = "application/manifest+json"
    return JsonResponse(content, content_type=kind, headers=headers)


def kept_pages() -> list[str]:
    """Help in every region, as many will be where they did not expect to be."""
    regions = [f"{reverse('help')}?region={region}" for region in REGIONS]
    served = [address for name in KEPT_NAMES if (address := address_of(name))]
    read = [reverse("library:piece", args=[slug]) for slug in offline_slugs()]
    return [reverse("offline"), reverse("help"), *regions, *read, *served]


def _manifest(look: Look, language: str) -> dict[str, Any]:
    name = str(look.name)
    pictures = (
        ("192", "192x192", "any"),
        ("512", "512x512", "any"),
        ("maskable", "512x512", "maskable"),
    )
    content: dict[str, Any] = {
        "id": "/",
        "name": name,
        "short_name": name,
        "lang": html_lang(language),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f4f1e9",
        "theme_color": "#0e2f39",
        "icons": [
            {
                "src": static(f"looks/{look.art}-{size}.png"),
                "sizes": pixels,
                "type": "image/png",
                "purpose": purpose,
            }
            for size, pixels, purpose in pictures
        ],
    }
    if look == OWN:
        content["description"] = gettext("Jobs, and someone to talk to.")
    return content


def _version(wish: str) -> str:
    """New with every release, and every week: numbers to call grow old."""
    week = today().isocalendar()
    parts = (_release(), wish, *kept_pages(), week.year, week.week)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:SHORT]


@cache
def _release() -> str:
    """The same on every machine that runs the same code."""
    digest = hashlib.sha256()
    for folder, suffixes in MADE_OF.items():
        for path in sorted((Path(settings.BASE_DIR) / folder).rglob("*")):
            if path.suffix in suffixes:
                digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def _worker() -> str:
    return WORKER.read_text(encoding="utf-8")
