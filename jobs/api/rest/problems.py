"""Problem details (RFC 9457): how every refused request is answered."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from jobs.api.rules.problems import PROBLEMS
from jobs.api.texts import ADVICE, TITLES

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):  # noqa: N818 - the standard's own name
    """Raise it anywhere below the gate; it becomes the answer."""

    def __init__(
        self,
        slug: str,
        detail: str = "",
        *,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> None:
        self.slug, self.detail = slug, detail
        self.headers, self.more = headers or {}, more
        super().__init__(slug)


def type_of(slug: str) -> str:
    """Stable: it is also the address of the page that explains it."""
    return f"{settings.SITE_URL}{reverse('rest:problem', args=[slug])}"


def problem_response(problem: Problem) -> HttpResponse:
    """Without the address that was asked: what is somebody else's looks like nothing."""
    kind = PROBLEMS[problem.slug]
    body = {
        "type": type_of(kind.slug),
        "title": str(TITLES[kind.slug]),
        "status": kind.status,
        "detail": problem.detail or str(ADVICE[kind.slug]),
        **problem.more,
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=kind.status,
        content_type=CONTENT_TYPE,
        headers=problem.headers,
    )


# What Django itself, or a library, answers with, by status.
_BY_STATUS = {
    400: "malformed-request",
    401: "unauthenticated",
    403: "missing-scope",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported-media-type",
    422: "invalid-input",
    429: "too-many-requests",
}


def as_problem(response: HttpResponse) -> HttpResponse:
    """Any other error as a problem, with the headers that belong to its status."""
    if response.get("Content-Type", "").startswith(CONTENT_TYPE):
        return response
    slug = _BY_STATUS.get(
        response.status_code,
        "server-error" if response.status_code >= 500 else "malformed-request",
    )
    kept = ("Allow", "Retry-After", "WWW-Authenticate")
    headers = {name: response[name] for name in kept if name in response}
    return problem_response(Problem(slug, headers=headers))
