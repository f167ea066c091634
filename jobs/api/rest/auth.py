from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja.security.base import AuthBase

from accounts.identity.models import User
from jobs.api.enums import Scope
from jobs.api.models import ApiKey
from jobs.api.rest.problems import Problem

REALM = 'Bearer realm="Ashore API"'


class ApiRequest(HttpRequest):
    """A request that has passed the gate; `auth` is its key."""

    auth: ApiKey


class OrganisationKey(AuthBase):
    """The gate has found the key already; this asks what it may do."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_description = "A key of your organisation, made under “Connections”."

    def __init__(self, scope: Scope | None = None) -> None:
        self.scope = scope
        super().__init__()

    def __call__(self, request: HttpRequest) -> ApiKey:
        key: ApiKey | None = getattr(request, "api_key", None)
        if key is None:
            given = "Authorization" in request.headers
            challenge = f'{REALM}, error="invalid_token"' if given else REALM
            raise Problem("unauthenticated", headers={"WWW-Authenticate": challenge})
        if self.scope is not None and self.scope not in key.scopes:
            challenge = (
                f'{REALM}, error="insufficient_scope", scope="{self.scope.value}"'
            )
            raise Problem(
                "missing-scope",
                headers={"WWW-Authenticate": challenge},
                scope=self.scope.value,
            )
        return key


def actor_of(request: ApiRequest) -> User:
    """In whose name the key acts."""
    return request.auth.created_by


def check_may_write(request: ApiRequest, *, now: datetime | None = None) -> None:
    """What brings people and work together needs a checked organisation.

    Declining, pausing, filling and closing do not: they only protect whoever waits.
    """
    if not request.auth.organization.is_verified(now=now or timezone.now()):
        raise Problem("organisation-not-checked")
