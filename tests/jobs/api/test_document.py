from __future__ import annotations

import json
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from jobs.api.enums import Scope
from jobs.api.rest.document import document, operations
from jobs.api.rules.problems import PROBLEMS
from jobs.api.texts import ADVICE, TITLES


def test_every_problem_has_its_words() -> None:
    assert set(PROBLEMS) == set(TITLES) == set(ADVICE)


def test_the_document_is_openapi_3_1() -> None:
    found = document()
    assert found["openapi"].startswith("3.1.")
    assert found["servers"] == [{"url": settings.SITE_URL}]
    text = json.dumps(found)
    for name in re.findall(r'"#/components/schemas/(\w+)"', text):
        assert name in found["components"]["schemas"], name


def test_every_operation_says_what_it_needs_and_how_it_fails() -> None:
    names = set()
    for path, method, operation in operations(document()):
        names.add(operation["operationId"])
        assert operation["description"], path
        statuses = set(operation["responses"])
        assert "500" in statuses
        if operation.get("security"):
            assert {"401", "429"} <= statuses, path
            assert operation["security"] == [{"OrganisationKey": []}]
        if operation.get("x-scope"):
            assert operation["x-scope"] in Scope.values
            assert "403" in statuses
        for status, answer in operation["responses"].items():
            if status >= "400":
                assert set(answer["content"]) == {"application/problem+json"}
                assert answer["x-problems"]
        if method in {"post", "patch"}:
            headers = [one["name"] for one in operation["parameters"]]
            assert "Idempotency-Key" in headers
    assert len(names) == 20


@pytest.mark.django_db
def test_it_is_served_to_whoever_asks() -> None:
    response = Client().get(reverse("rest:openapi"))
    assert response.json() == document()
    assert response["Content-Type"] == "application/json"
    assert "max-age" in response["Cache-Control"]
