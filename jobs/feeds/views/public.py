"""Feeds for everybody: what is open now, and nothing that is not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.lib.keyset import newest_first
from jobs.feeds.access import organization_with_feed, postings_to_pass_on
from jobs.feeds.filters import Filters, UnknownFilter, filters_of
from jobs.feeds.syndication import KINDS, news, postings_json, postings_xml
from jobs.postings.models import Posting
from jobs.postings.schema_org import WRITTEN_IN

NEWEST = 50
PAGE_SIZE = 100
KEPT_FOR = 60
READ_AGAIN_AFTER = 300
KNOWN_FOR = 86_400
TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
}
# The body, and what to say beside it.
Page = tuple[str, dict[str, str]]


@login_not_required
@require_safe
def newest(request: HttpRequest, kind: str) -> HttpResponseBase:
    """RSS or Atom of the newest open postings."""
    if kind not in KINDS:
        raise Http404
    address = _address(request, "city", "role", "occupation", "lang")

    def write(filters: Filters) -> Page:
        rows = filters.of(postings_to_pass_on(now=timezone.now()))
        found = list(rows.order_by("-published_at", "-pk")[:NEWEST])
        return news(kind, found, filters, address), {}

    return _answer(request, kind, write, address=address, is_kept=True)


@login_not_required
@require_safe
def postings(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Every open posting, page by page, for other job sites."""
    return _listed(request, kind, postings_to_pass_on(now=timezone.now()), "")


@login_not_required
@require_safe
def of_organization(
    request: HttpRequest, public_id: UUID, kind: str
) -> HttpResponseBase:
    now = timezone.now()
    organization = organization_with_feed(public_id, now=now)
    rows = postings_to_pass_on(now=now).filter(organization=organization)
    return _listed(request, kind, rows, organization.display_name)


def _listed(
    request: HttpRequest, kind: str, rows: QuerySet[Posting], name: str
) -> HttpResponseBase:
    if kind not in {"json", "xml"}:
        raise Http404
    asked = ("city", "role", "occupation", "lang", "after", "before")
    address = _address(request, *asked)
    title = " · ".join(filter(None, (settings.SITE_NAME, name)))

    def write(filters: Filters) -> Page:
        page = newest_first(
            filters.of(rows), request, by="published_at", size=PAGE_SIZE
        )
        here = f"{settings.SITE_URL}{request.path}"
        older = f"{here}{page.older}" if page.older else ""
        links = {"Link": f'<{older}>; rel="next"'} if older else {}
        if kind == "json":
            text = postings_json(page.rows, title=title, url=address, next_url=older)
        else:
            text = postings_xml(page.rows, title=title, next_url=older)
        return text, links

    # Half a megabyte each: only the one that everybody begins with is worth the memory.
    is_first = not name and "?" not in address
    return _answer(request, kind, write, address=address, is_kept=is_first)


def _address(request: HttpRequest, *asked: str) -> str:
    """The page's own address: without what means nothing to it."""
    said = {name: request.GET[name] for name in asked if request.GET.get(name)}
    query = f"?{urlencode(said)}" if said else ""
    return f"{settings.SITE_URL}{request.path}{query}"


def _answer(
    request: HttpRequest,
    kind: str,
    write: Callable[[Filters], Page],
    *,
    address: str,
    is_kept: bool,
) -> HttpResponseBase:
    """Kept for a minute, and not sent again to whoever has it already."""
    try:
        filters = filters_of(request.GET)
    except UnknownFilter as error:
        text = _("This feed knows no such filter.") + f" {error}"
        return HttpResponse(text, "text/plain; charset=utf-8", status=400)
    key = hashlib.sha256(f"feed:{address}".encode()).hexdigest()
    page: Page | None = caches["pages"].get(key) if is_kept else None
    if page is None:
        page = write(filters)
        if is_kept:
            caches["pages"].set(key, page, KEPT_FOR)
    text, headers = page
    digest = hashlib.sha256(text.encode()).hexdigest()[:32]
    since = _unchanged_since(key, digest)
    response = HttpResponse(text, TYPES[kind], headers=headers)
    response["ETag"] = quote_etag(digest)
    response["Content-Language"] = filters.language if kind in KINDS else WRITTEN_IN
    response["Last-Modified"] = http_date(since)
    patch_cache_control(response, public=True, max_age=READ_AGAIN_AFTER)
    answer = get_conditional_response(request, quote_etag(digest), since, response)
    return answer or response


def _unchanged_since(key: str, digest: str) -> int:
    """Since when this process knows the feed as it is. What left a feed changes it too,
    and no row that is still in it would tell."""
    kept = caches["pages"]
    known: tuple[str, int] | None = kept.get(f"{key}:since")
    if known is None or known[0] != digest:
        known = digest, int(timezone.now().timestamp())
    kept.set(f"{key}:since", known, KNOWN_FOR)
    return known[1]
