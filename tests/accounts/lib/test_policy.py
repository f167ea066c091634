"""The site's policy for browsers, written once, is what the library would write."""

from __future__ import annotations

import pytest
from csp.constants import HEADER
from csp.decorators import csp_exempt, csp_update
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from accounts.lib.middleware import PolicyMiddleware


def view(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def directives(response: object) -> set[str]:
    policy: str = response.headers.get(HEADER, "")  # type: ignore[attr-defined]
    return {part.strip() for part in policy.split(";")}


@pytest.mark.parametrize(
    "asked",
    [
        view,
        csp_update({"script-src": ["'unsafe-eval'"]})(view),
        csp_exempt()(view),
    ],
)
def test_each_answer_has_the_policy_its_view_asks_for(asked: object) -> None:
    request = RequestFactory().get("/jobs/")
    ours, theirs = PolicyMiddleware(asked), CSPMiddleware(asked)  # type: ignore[arg-type]
    for _ in range(2):
        assert directives(ours(request)) == directives(theirs(request))


def test_a_view_may_bring_its_own() -> None:
    def own(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("ok", headers={HEADER: "default-src 'none'"})

    answer = PolicyMiddleware(own)(RequestFactory().get("/"))
    assert directives(answer) == {"default-src 'none'"}


def test_the_health_page_has_it_too(client: Client) -> None:
    expected = {part.strip() for part in build_policy().split(";")}
    assert directives(client.get("/healthz")) == expected
    assert "default-src 'none'" in expected
