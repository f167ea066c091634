"""The web server loads the site once, and hands nothing open on to its workers."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import get_resolver

from config import web


@pytest.fixture
def _thawed() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_thawed")
def test_before_a_worker_all_is_loaded_and_nothing_open() -> None:
    connection.ensure_connection()
    resolver = get_resolver()
    before = gc.get_freeze_count()
    web.pre_fork(None, None)
    # Two workers on one connection would read each other's answers.
    assert connection.connection is None
    assert vars(resolver)["_populated"]
    assert gc.get_freeze_count() > before


def test_whoever_serves_the_site_loads_it_so() -> None:
    for name in ("Dockerfile", "config/run.py"):
        text = (Path(settings.BASE_DIR) / name).read_text(encoding="utf-8")
        assert re.search(r'"-c",\s*"python:config\.web"', text), name
    assert web.preload_app
    assert web.limit_request_line == 0
