"""What every request passes, in this order: size, key, pace, repetition, entity tag."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from accounts.identity.services.audit import record_event
from accounts.identity.switches import is_on
from jobs.api.access import find_key
from jobs.api.enums import Pace
from jobs.api.models import ApiKey, StoredAnswer
from jobs.api.rest.document import queries_of
from jobs.api.rest.problems import Problem, as_problem, problem_response
from jobs.api.rules import answers as rules
from jobs.api.rules.rates import Standing
from jobs.api.rules.tags import is_known, tag_of
from jobs.api.services import answers
from jobs.api.services.keys import note_use
from jobs.api.services.rates import count_request

LARGEST = 64 * 1024
READING = frozenset({"GET", "HEAD", "OPTIONS"})
# May carry an Idempotency-Key: their answer may get lost on the way.
NAMED = frozenset({"POST", "PATCH"})
# Which headers of the first answer belong to its content.
_KEPT = ("Content-Type", "Content-Language", "ETag", "Location")
View = Callable[..., HttpResponse]


def guarded(view: View) -> View:
    """Keys only: no cookie counts here, so there is nothing to forge (CSRF)."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def inner(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            try:
                response = _pass(request, view, kwargs)
            except Problem as problem:
                response = problem_response(problem)
            if response.status_code >= 400:
                response = as_problem(response)
        _dress(request, response, language)
        return response

    return inner


def language_of(request: HttpRequest) -> str:
    """Of what people may read: as Accept-Language wishes, Simplified Chinese else."""
    known = {code for code, _name in settings.LANGUAGES}
    for wish in request.headers.get("Accept-Language", "").split(","):
        code = wish.split(";")[0].strip().lower()
        if code.startswith(("zh-tw", "zh-hk", "zh-mo", "zh-hant")):
            return "zh-hant"
        if code.startswith("zh"):
            return "zh-hans"
        if code.split("-")[0] in known:
            return code.split("-")[0]
    return settings.LANGUAGE_CODE


def _pass(request: HttpRequest, view: View, kwargs: dict[str, Any]) -> HttpResponse:
    _check_size(request)
    key = find_key(_token_in(request))
    request.api_key = key  # type: ignore[attr-defined]
    if key is not None:
        _check_pace(request, key)
    _check_media_type(request)
    _check_query(request, key)
    if request.method in READING:
        return _tagged(request, view(request, **kwargs))
    return _write(request, view, kwargs, key)


def _check_size(request: HttpRequest) -> None:
    stated = request.META.get("CONTENT_LENGTH") or "0"
    if not stated.isdecimal() or int(stated) > LARGEST:
        raise Problem("too-large")


def _token_in(request: HttpRequest) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _check_pace(request: HttpRequest, key: ApiKey) -> None:
    now = timezone.now()
    pace = Pace.READ if request.method in READING else Pace.WRITE
    standing = count_request(key, pace, now=now)
    request.api_standing = standing  # type: ignore[attr-defined]
    if standing.is_over:
        raise Problem("too-many-requests", headers={"Retry-After": str(standing.reset)})
    note_use(key, now=now)


def _check_open(key: ApiKey) -> None:
    if not is_on("api_writes", organization=key.organization.public_id):
        raise Problem("writing-closed")


def _check_media_type(request: HttpRequest) -> None:
    if request.method in READING:
        return
    if request.body and request.content_type != "application/json":
        raise Problem("unsupported-media-type", headers={"Accept": "application/json"})


def _check_query(request: HttpRequest, key: ApiKey | None) -> None:
    """A filter that is misspelt must not look like one that let everything through."""
    if key is None:
        return
    known = queries_of(request.path, str(request.method))
    errors = [
        {"in": "query", "pointer": name, "detail": "not known here"}
        for name in request.GET
        if name not in known
    ]
    if errors:
        raise Problem("invalid-input", errors=errors)


def _tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Who has these bytes already is told so, and sent nothing."""
    if response.status_code != 200:
        return response
    response.headers.setdefault("ETag", tag_of(response.content))
    tag = response["ETag"]
    if not is_known(request.headers.get("If-None-Match", ""), tag):
        return response
    unchanged = HttpResponseNotModified()
    for name in ("ETag", "Link"):
        if name in response:
            unchanged[name] = response[name]
    return unchanged


def _write(
    request: HttpRequest, view: View, kwargs: dict[str, Any], key: ApiKey | None
) -> HttpResponse:
    """The act, its line in the trail and the kept answer are one transaction."""
    if key is not None:
        _check_open(key)
    name = request.headers.get("Idempotency-Key")
    if key is None or request.method not in NAMED or name is None:
        with transaction.atomic():
            return _act(request, view, kwargs, key)
    if not rules.is_name(name):
        raise Problem("invalid-input", errors=[_bad_name()])
    mark = rules.fingerprint(
        method=str(request.method), path=request.get_full_path(), body=request.body
    )
    try:
        with transaction.atomic():
            before = answers.begin(key, name, mark, now=timezone.now())
            if before is not None:
                return _replay(before)
            response = _act(request, view, kwargs, key)
            if response.status_code < 300:
                _keep(key, name, mark, response)
            return response
    except answers.InProgress as error:
        raise Problem("request-in-progress", headers={"Retry-After": "1"}) from error
    except answers.NameReused as error:
        raise Problem("idempotency-key-reused") from error


def _bad_name() -> dict[str, str]:
    return {
        "in": "header",
        "pointer": "Idempotency-Key",
        "detail": "1–128 visible ASCII characters",
    }


def _act(
    request: HttpRequest, view: View, kwargs: dict[str, Any], key: ApiKey | None
) -> HttpResponse:
    response = view(request, **kwargs)
    if response.status_code >= 500:
        transaction.set_rollback(True)
    elif key is not None and response.status_code < 300:
        record_event(
            action="api.request_written",
            actor=key.created_by,
            on=key,
            detail={"method": str(request.method), "path": request.path},
        )
    return response


def _keep(key: ApiKey, name: str, mark: str, response: HttpResponse) -> None:
    answers.keep(
        key,
        name,
        mark,
        status=response.status_code,
        headers={name: response[name] for name in _KEPT if name in response},
        body=response.content.decode(),
    )


def _replay(before: StoredAnswer) -> HttpResponse:
    headers = before.headers | {"Idempotent-Replayed": "true"}
    return HttpResponse(before.body, status=before.status, headers=headers)


def _dress(request: HttpRequest, response: HttpResponse, language: str) -> None:
    patch_vary_headers(response, ("Accept-Language", "Authorization"))
    response.headers.setdefault("Content-Language", language)
    response.headers.setdefault("Cache-Control", "private, no-cache")
    standing: Standing | None = getattr(request, "api_standing", None)
    if standing is not None:
        response["RateLimit-Limit"] = str(standing.limit)
        response["RateLimit-Remaining"] = str(standing.remaining)
        response["RateLimit-Reset"] = str(standing.reset)
