"""The API itself: one object that the routes hang on, and how it fails."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, NoReturn, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import JSONRenderer
from ninja.responses import NinjaJSONEncoder

from jobs.api.enums import Scope
from jobs.api.rest.auth import OrganisationKey
from jobs.api.rest.problems import Problem, problem_response

logger = logging.getLogger("django.request")
Function = TypeVar("Function", bound=Callable[..., Any])


class OneReading(Parser):
    """JSON that every reader understands alike, and that the database can hold."""

    def parse_body(self, request: HttpRequest) -> Any:
        text = request.body.decode("utf-8")
        found = json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
        # A lone surrogate or a NUL may be written in JSON, but kept nowhere.
        plain = json.dumps(found, ensure_ascii=False)
        plain.encode("utf-8")
        if "\\u0000" in plain:
            raise ValueError("NUL")
        return found


class _Exact(NinjaJSONEncoder):
    """Moments to the microsecond: a client comes back with the last one it saw."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class ExactRenderer(JSONRenderer):
    """Chinese as it is: half the bytes of its escapes."""

    encoder_class = _Exact
    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


api = NinjaAPI(
    title="Ashore API",
    version="1.0.0",
    description=(
        "For programs of an employer: postings, applications, and how the own check "
        "stands. Every rule of the site holds here too."
    ),
    openapi_url=None,
    docs_url=None,
    urls_namespace="rest-v1",
    parser=OneReading(),
    renderer=ExactRenderer(),
)


def route(
    router: Router,
    method: str,
    path: str,
    *,
    scope: Scope | None = None,
    is_open: bool = False,
    problems: Iterable[str] = (),
    response: Any,
    **more: Any,
) -> Callable[[Function], Function]:
    """A route with its scope and the problems it may answer with, for the document."""
    said = {"x-scope": scope.value if scope else None, "x-problems": list(problems)}
    decorate: Callable[[Function], Function] = router.api_operation(
        [method],
        path,
        auth=None if is_open else OrganisationKey(scope),
        response=response,
        openapi_extra=said | more.pop("openapi_extra", {}),
        **more,
    )
    return decorate


@api.exception_handler(Problem)
def _problem(_request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem_response(problem)


@api.exception_handler(Http404)
def _not_found(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem_response(Problem("not-found"))


@api.exception_handler(PermissionDenied)
def _denied(_request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    return problem_response(Problem("step-refused"))


@api.exception_handler(HttpError)
def _unreadable(_request: HttpRequest, _error: HttpError) -> HttpResponse:
    return problem_response(Problem("malformed-request"))


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem_response(Problem("invalid-input", errors=_errors_of(error)))


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("API: %s %s", request.method, request.path, exc_info=error)
    return problem_response(Problem("server-error"))


def _errors_of(error: ValidationError) -> list[dict[str, str]]:
    """(place, name of the argument, …) as a place and a JSON pointer."""
    found = []
    for one in error.errors:
        place, *names = [str(part) for part in one["loc"]]
        if place == "body":
            names = names[1:]
        pointer = f"#/{'/'.join(names)}" if place == "body" else ".".join(names)
        found.append({"in": place, "pointer": pointer, "detail": str(one["msg"])})
    return found
