"""The reference for people, drawn from the document that programs read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jobs.api.enums import Scope
from jobs.api.rest.document import ROOT, document, operations
from jobs.api.rest.gate import LARGEST
from jobs.api.rules.answers import KEPT_FOR
from jobs.api.rules.problems import PROBLEMS
from jobs.api.rules.rates import LIMITS
from jobs.api.texts import ADVICE, TITLES


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: str
    is_needed: bool
    about: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One operation as the page draws it."""

    id: str
    method: str
    path: str
    about: str
    scope: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answers: tuple[tuple[str, str, tuple[str, ...]], ...]

    @property
    def short(self) -> str:
        return f"/{self.path.removeprefix(ROOT)}"


@login_not_required
@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    response = HttpResponse(_as_text(), content_type="application/json")
    response["Cache-Control"] = "public, max-age=300"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@login_not_required
@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    context = {
        "groups": _groups(),
        "root": f"{settings.SITE_URL}{ROOT.rstrip('/')}",
        "scopes": Scope.choices,
        "problems": [(slug, PROBLEMS[slug].status, TITLES[slug]) for slug in PROBLEMS],
        "reads": LIMITS["read"],
        "writes": LIMITS["write"],
        "kilobytes": LARGEST // 1024,
        "hours": int(KEPT_FOR.total_seconds() // 3600),
    }
    return render(request, "jobs/api/docs.html", context)


@login_not_required
@require_safe
def problem(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the `type` of an error leads."""
    if slug not in PROBLEMS:
        raise Http404
    context = {
        "problem": PROBLEMS[slug],
        "title": TITLES[slug],
        "advice": ADVICE[slug],
        "used_by": [
            shown
            for _tag, found in _groups()
            for shown in found
            if any(slug in slugs for _status, _text, slugs in shown.answers)
        ],
    }
    return render(request, "jobs/api/problem.html", context)


def _as_text() -> str:
    return json.dumps(document(), ensure_ascii=False, indent=1)


@cache
def _groups() -> list[tuple[str, list[Shown]]]:
    groups: dict[str, list[Shown]] = {}
    for path, method, operation in operations(document()):
        groups.setdefault(operation["tags"][0], []).append(
            _shown(path, method, operation)
        )
    return list(groups.items())


def _shown(path: str, method: str, operation: dict[str, Any]) -> Shown:
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    return Shown(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        about=operation.get("description", ""),
        scope=operation.get("x-scope", ""),
        parameters=tuple(
            Field(
                parameter["name"],
                _kind(parameter["schema"]),
                bool(parameter["required"]),
                parameter.get("description", ""),
                parameter["in"],
            )
            for parameter in operation["parameters"]
        ),
        body=tuple(_fields(_resolved(schema))),
        answers=tuple(
            (status, answer["description"], tuple(answer.get("x-problems", ())))
            for status, answer in operation["responses"].items()
        ),
    )


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    for option in schema.get("anyOf", []):
        if "$ref" in option:
            schema = option
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = document()["components"]["schemas"].get(name, schema)
    return found


def _fields(schema: dict[str, Any]) -> list[Field]:
    needed = schema.get("required", [])
    return [
        Field(name, _kind(details), name in needed)
        for name, details in schema.get("properties", {}).items()
    ]


def _kind(schema: dict[str, Any]) -> str:
    """A type in one line: string ≤ 60; day | night; integer 1–31."""
    if "anyOf" in schema:
        kinds = [_kind(one) for one in schema["anyOf"] if one.get("type") != "null"]
        return " | ".join(kinds)
    if "$ref" in schema:
        return _kind(_resolved(schema))
    if "enum" in schema:
        values = [str(value) for value in schema["enum"]]
        return " | ".join(values)
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    kind = str(schema.get("format") or schema.get("type", ""))
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        kind += f" {low:g}–{high:g}"
    if "maxLength" in schema:
        kind += f" ≤ {schema['maxLength']}"
    return kind
