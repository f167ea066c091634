"""Where search engines find what is open, and what they stay out of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db.models import Count, F, IntegerField, Max
from django.db.models.functions import Cast
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from jobs.feeds.access import postings_to_pass_on

# The most that a part may hold. Parts are cut by key, so none can grow beyond it.
PART = 50_000
KEPT_FOR = 600
CHUNK = 2_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XML = "application/xml; charset=utf-8"
PAGES = (
    "home",
    "search:list",
    "paths:map",
    "about",
    "traps",
    "screening:rules",
    "transparency",
    "help",
    "counselors:list",
    "rights:index",
    "terms",
    "privacy",
)
# Work of people who signed in, and of programs: nothing there is for a search engine.
PRIVATE = (
    "/account/",
    "/alerts/",
    "/applications/",
    "/assisted/",
    "/care/",
    "/connections/",
    "/decisions/",
    "/demo/",
    "/editor/",
    "/evidence/",
    "/hiring/",
    "/insights/",
    "/language/",
    "/matches/",
    "/operations/",
    "/organization/",
    "/postings/",
    "/profile/",
    "/reports/",
    "/resume/",
    "/review/",
    "/talent/",
    "/theme/",
    "/visits/",
)
_NOBODY = UUID(int=0)
_DEMO = "# A demo: every posting here is invented and belongs in no search engine.\n"


@login_not_required
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE)]
    text = "\n".join(lines) + "\n"
    if settings.DEMO:
        text += f"{_DEMO}Disallow: /\n"
    text += f"\nSitemap: {settings.SITE_URL}{reverse('feeds:sitemap')}\n"
    return HttpResponse(text, "text/plain; charset=utf-8")


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    entries = [_entry("sitemap", reverse("feeds:sitemap_pages"))]
    entries += [
        _entry("sitemap", reverse("feeds:sitemap_part", args=[number]), changed)
        for number, (_count, changed) in sorted(_parts().items())
    ]
    text = "".join(_document("sitemapindex", entries))
    etag = quote_etag(hashlib.sha256(text.encode()).hexdigest()[:32])
    response = HttpResponse(text, XML)
    patch_cache_control(response, public=True, max_age=KEPT_FOR)
    response["ETag"] = etag
    return get_conditional_response(request, etag, None, response) or response


@login_not_required
@require_safe
def sitemap_pages(_request: HttpRequest) -> HttpResponse:
    entries = [_entry("url", path) for path in map(_path_of, PAGES) if path]
    return HttpResponse("".join(_document("urlset", entries)), XML)


@login_not_required
@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponseBase:
    """Streamed: a part is never held in memory as a whole."""
    count, changed = _parts().get(number, (0, None))
    if not count or changed is None:
        raise Http404
    response = StreamingHttpResponse(_document("urlset", _jobs(number)), XML)
    etag = quote_etag(f"{number}-{count}-{changed.timestamp():.0f}")
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=KEPT_FOR)
    return get_conditional_response(request, etag) or response


def _parts() -> dict[int, tuple[int, datetime]]:
    """How many open postings each part holds, and when one of them last changed."""
    kept = caches["pages"]
    found: dict[int, tuple[int, datetime]] | None = kept.get("sitemap-parts")
    if found is None:
        rows: Any = (
            postings_to_pass_on(now=timezone.now())
            .select_related(None)
            .annotate(part=Cast((F("pk") - 1) / PART, IntegerField()))
            .order_by()
            .values_list("part")
            .annotate(total=Count("pk"), changed=Max("updated_at"))
        )
        found = {part + 1: (total, changed) for part, total, changed in rows}
        kept.set("sitemap-parts", found, KEPT_FOR)
    return found


def _jobs(number: int) -> Iterator[str]:
    rows = (
        postings_to_pass_on(now=timezone.now())
        .select_related(None)
        .filter(pk__gt=(number - 1) * PART, pk__lte=number * PART)
        .order_by("pk")
        .values_list("public_id", "updated_at")
    )
    # Looked up once: a part has fifty thousand of them.
    address = reverse("public:job", args=[_NOBODY])
    for public_id, changed in rows.iterator(chunk_size=CHUNK):
        path = address.replace(str(_NOBODY), str(public_id))
        yield _entry("url", path, changed)


def _path_of(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _entry(kind: str, path: str, changed: datetime | None = None) -> str:
    when = f"<lastmod>{changed:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if changed else ""
    return f"<{kind}><loc>{settings.SITE_URL}{path}</loc>{when}</{kind}>\n"


def _document(root: str, entries: Iterator[str] | list[str]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n'
    yield from entries
    yield f"</{root}>\n"
