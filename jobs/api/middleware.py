from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from jobs.api.rest.gate import language_of
from jobs.api.rest.problems import as_problem

ROOT = "/api/v1/"
# Pages for people, and the document that programs read before they have a key.
PAGES = (f"{ROOT}docs", f"{ROOT}problems/")


class KeysOnlyMiddleware:
    """Under the API's root no cookie is read, and every error is a problem.

    Stands before sessions and sign-in: a browser that is signed in is nobody here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOT) or request.path_info.startswith(
            PAGES
        ):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        if response.status_code >= 400:
            with translation.override(language_of(request)):
                headers = dict(response.headers)
                response = as_problem(response)
                response.headers.setdefault(
                    "Cache-Control", headers.get("Cache-Control", "no-store")
                )
        return response
