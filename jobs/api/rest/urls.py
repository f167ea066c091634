from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from jobs.api.rest.gate import guarded
from jobs.api.rest.problems import Problem
from jobs.api.rest.routes import api
from jobs.api.views import docs

app_name = "rest"


def _nothing(_request: HttpRequest, **_kwargs: str) -> HttpResponse:
    raise Problem("not-found")


def _routes() -> list[URLPattern]:
    """The library's patterns, each behind the gate; without its own index."""
    found = []
    for pattern in api.urls[0]:
        assert isinstance(pattern, URLPattern)
        if pattern.name != "api-root":
            pattern.callback = guarded(pattern.callback)
            found.append(pattern)
    return found


urlpatterns = [
    path("openapi.json", docs.openapi, name="openapi"),
    path("docs", docs.reference, name="docs"),
    path("problems/<slug:slug>", docs.problem, name="problem"),
    *_routes(),
    # Also addresses with line breaks in them, which a path converter lets through.
    re_path(r"^[\s\S]+\Z", guarded(_nothing)),
]
