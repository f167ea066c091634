from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from jobs.api.enums import Scope
from jobs.api.rest.auth import ApiRequest
from jobs.api.rest.schemas.common import (
    CatalogueName,
    CatalogueOut,
    CataloguesOut,
    IndexOut,
    OrganisationOut,
    VerificationOut,
)
from jobs.api.rest.service import api, route
from jobs.api.texts import CATALOGUES

router = Router(tags=["General"])


def address(path: str = "") -> str:
    return f"{settings.SITE_URL}{reverse('rest:index')}{path}"


@route(router, "GET", "/", is_open=True, response=IndexOut, operation_id="index")
def index(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - the library wants it
    """Where everything is. Needs no key."""
    names = ("catalogue", "organisation", "organisation/verification")
    lists = ("postings", "applications")
    return {
        "name": api.title,
        "version": api.version,
        "documentation": address("docs"),
        "openapi": address("openapi.json"),
        "links": {name: address(name) for name in (*names, *lists)},
    }


@route(
    router,
    "GET",
    "/organisation",
    response=OrganisationOut,
    operation_id="organisation",
)
def organisation(request: ApiRequest) -> dict[str, Any]:
    """The organisation that the key belongs to."""
    own = request.auth.organization
    return {
        "id": str(own.public_id),
        "name": own.display_name,
        "legal_name": own.legal_name,
        "credit_code": own.uscc,
        "kind": own.kind,
        "city_code": own.city_code,
        "district": own.district,
        "address": own.address,
        "industry": own.industry,
        "about": own.about,
        "is_checked": own.is_verified(now=timezone.now()),
    }


@route(
    router,
    "GET",
    "/organisation/verification",
    scope=Scope.VERIFICATION_READ,
    response=VerificationOut,
    operation_id="verification",
)
def verification(request: ApiRequest) -> dict[str, Any]:
    """How the check of the organisation stands, and until when it is good."""
    own = request.auth.organization
    return {
        "state": own.verification,
        "is_checked": own.is_verified(now=timezone.now()),
        "submitted_at": own.submitted_at,
        "checked_at": own.verified_at,
        "expires_at": own.verification_expires_at,
        "note": own.verification_note,
        "has_promised_to_answer": own.has_promised,
    }


@route(
    router, "GET", "/catalogue", response=CataloguesOut, operation_id="list_catalogues"
)
def catalogues(request: ApiRequest) -> dict[str, Any]:  # noqa: ARG001 - the library wants it
    """The names of the lists that hold our codes."""
    return {"data": sorted(CATALOGUES)}


@route(
    router,
    "GET",
    "/catalogue/{name}",
    response=CatalogueOut,
    operation_id="get_catalogue",
    problems=["invalid-input"],
)
def catalogue(request: ApiRequest, name: CatalogueName) -> dict[str, Any]:  # noqa: ARG001
    """One list of codes with their names, in the language of Accept-Language."""
    code = str(name.value)
    return {
        "name": code,
        "data": [
            {"code": code, "name": label, "group": group}
            for code, label, group in CATALOGUES[code]()
        ],
    }
