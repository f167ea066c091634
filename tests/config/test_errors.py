"""A report of an error names the place and hides what somebody typed there."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.views.debug import get_exception_reporter_class

from accounts.care.vault.rules import chain

CANARY = "我昨晚一夜没睡"


class Unreadable:
    def __str__(self) -> str:
        raise ZeroDivisionError


def report_of(request: HttpRequest) -> dict[str, Any]:
    """What the debug page, or a message to whoever runs the site, is made of."""
    secret = [CANARY, Unreadable()]
    try:
        chain.digest_of(CANARY, secret)
    except ZeroDivisionError:
        found: Any = sys.exc_info()
        made: Any = get_exception_reporter_class(request)
        reporter = made(request, *found)
        data: dict[str, Any] = reporter.get_traceback_data()
        return data
    raise AssertionError


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("path", ["/care/notes/new/", "/check-in/phq/"])
def test_nothing_that_was_typed(settings: Any, debug: bool, path: str) -> None:
    settings.DEBUG = debug
    request = RequestFactory().post(path, {"body": CANARY})
    report = report_of(request)
    assert CANARY not in str(list(report["filtered_POST_items"]))
    inside = [f for f in report["frames"] if f["filename"].endswith("rules/chain.py")]
    assert {"previous", "parts"} <= dict(inside[0]["vars"]).keys(), "it says where"
    assert CANARY not in str([frame["vars"] for frame in inside])


def test_other_pages_are_reported_as_before(settings: Any) -> None:
    settings.DEBUG = True
    request = RequestFactory().post("/jobs/", {"city": "3101"})
    assert "3101" in str(list(report_of(request)["filtered_POST_items"]))
