"""The OpenAPI document: the library's, with what it does not know of our routes."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

from django.conf import settings
from ninja.openapi.schema import OpenAPISchema

from jobs.api.rest.problems import CONTENT_TYPE
from jobs.api.rest.routes import api
from jobs.api.rest.schemas.common import ProblemOut
from jobs.api.rules.answers import LONGEST_NAME
from jobs.api.rules.problems import PROBLEMS

ROOT = "/api/v1/"
_BODY = frozenset({"post", "patch"})
_NUMBER = {"type": "string", "pattern": "^[0-9]+$"}
RATE = {
    "RateLimit-Limit": "Requests a minute",
    "RateLimit-Remaining": "How many are left",
    "RateLimit-Reset": "Seconds until the count begins anew",
}
Document = dict[str, Any]


@cache
def _document(site: str) -> Document:
    found: Document = dict(OpenAPISchema(api, ROOT.strip("/")))
    found = deepcopy(found)
    found["servers"] = [{"url": site}]
    found["components"]["schemas"]["Problem"] = ProblemOut.model_json_schema(
        ref_template="#/components/schemas/{model}", by_alias=True
    )
    defs = found["components"]["schemas"]["Problem"].pop("$defs", {})
    found["components"]["schemas"] |= defs
    for _path, method, operation in operations(found):
        _complete(method, operation)
    return found


def document() -> Document:
    return _document(settings.SITE_URL)


def operations(found: Document) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def queries_of(path: str, method: str) -> frozenset[str]:
    """The query parameters of an address; none but the lists have any."""
    return _queries().get((path, method.lower()), frozenset())


@cache
def _queries() -> dict[tuple[str, str], frozenset[str]]:
    return {
        (path, method): frozenset(
            one["name"] for one in operation["parameters"] if one["in"] == "query"
        )
        for path, method, operation in operations(document())
    }


def _complete(method: str, operation: dict[str, Any]) -> None:
    slugs = _problems_of(method, operation)
    responses = operation["responses"]
    for status, answer in list(responses.items()):
        answer["headers"] = _headers(method, operation, status)
        responses[str(status)] = responses.pop(status)
    if method == "get":
        responses["304"] = {
            "description": "Not Modified",
            "headers": _headers(method, operation, 304),
        }
    for status in sorted({PROBLEMS[slug].status for slug in slugs}):
        own = [slug for slug in slugs if PROBLEMS[slug].status == status]
        responses[str(status)] = _failure(status, own, operation)
    _add_parameters(method, operation)
    operation.pop("x-problems", None)
    if operation.get("x-scope") is None:
        operation.pop("x-scope", None)


def _problems_of(method: str, operation: dict[str, Any]) -> list[str]:
    slugs = list(operation.get("x-problems", []))
    slugs.append("server-error")
    if operation.get("security"):
        slugs += ["unauthenticated", "too-many-requests"]
    if operation.get("x-scope"):
        slugs.append("missing-scope")
    if operation.get("security"):
        slugs.append("invalid-input")
    if method in _BODY and operation.get("security"):
        slugs.append("writing-closed")
    if method in _BODY:
        slugs += ["too-large", "unsupported-media-type", "malformed-request"]
    if method in _BODY:
        slugs += ["request-in-progress", "idempotency-key-reused"]
    return list(dict.fromkeys(slugs))


def _failure(status: int, slugs: list[str], operation: dict[str, Any]) -> Document:
    headers: dict[str, Any] = {}
    if status == 401:
        headers["WWW-Authenticate"] = {"required": True, "schema": {"type": "string"}}
    elif operation.get("security"):
        headers |= _rate_headers()
    if status == 429:
        headers["Retry-After"] = {"required": True, "schema": _NUMBER}
    return {
        "description": "; ".join(PROBLEMS[slug].title for slug in slugs),
        "headers": headers,
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        "x-problems": slugs,
    }


def _rate_headers() -> dict[str, Any]:
    return {
        name: {"description": text, "required": True, "schema": _NUMBER}
        for name, text in RATE.items()
    }


def _headers(method: str, operation: dict[str, Any], status: Any) -> dict[str, Any]:
    headers = _rate_headers() if operation.get("security") else {}
    if method == "get" or "posting" in operation["operationId"]:
        headers["ETag"] = {"required": True, "schema": {"type": "string"}}
    if operation["operationId"].startswith("list_") and operation.get("x-scope"):
        headers["Link"] = {"schema": {"type": "string"}}
    if str(status) == "201":
        schema = {"type": "string", "format": "uri"}
        headers["Location"] = {"required": True, "schema": schema}
    return headers


def _add_parameters(method: str, operation: dict[str, Any]) -> None:
    parameters = operation["parameters"]
    for parameter in parameters:
        if parameter["name"] == "If-Match":
            parameter["required"] = True
            parameter["schema"] = {"type": "string", "minLength": 1}
            parameter["description"] = "The ETag that you read; `*` for any."
    if method in _BODY:
        pattern = rf"^[\x21-\x7e]{{1,{LONGEST_NAME}}}$"
        parameters.append(
            {
                "in": "header",
                "name": "Idempotency-Key",
                "required": False,
                "description": "A new one, such as a UUID, for each new request. Sent "
                "again within 24 hours, the first answer is given again.",
                "schema": {"type": "string", "pattern": pattern},
            }
        )
    if method == "get":
        parameters.append(
            {
                "in": "header",
                "name": "If-None-Match",
                "required": False,
                "description": "An ETag that you have: 304 if nothing has changed.",
                "schema": {"type": "string"},
            }
        )
