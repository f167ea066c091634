from __future__ import annotations

import io
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.identity.models import User
from tests.make import make_user

ADDRESS = "hai.feng@example.com"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the site's own handler would print."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    logs: dict[str, Any] = settings.LOGGING
    plain = dict(logs["formatters"]["plain"])  # what reads it takes parts out
    made = logging.config.DictConfigurator({"version": 1}).configure_formatter(plain)
    handler.setFormatter(made)
    logging.getLogger().addHandler(handler)
    yield text
    logging.getLogger().removeHandler(handler)


def break_a_rule() -> None:
    with transaction.atomic():
        User.objects.create_user(ADDRESS)


@pytest.mark.django_db
def test_a_broken_rule_is_logged_without_the_row(log: io.StringIO) -> None:
    make_user("seeker", email=ADDRESS)
    try:
        break_a_rule()
    except IntegrityError as error:
        logging.getLogger("jobs").exception("not saved")
        logging.getLogger("jobs").error("not saved: %r", error)
    assert "duplicate key" in log.getvalue()
    assert "not saved: IntegrityError" in log.getvalue()
    assert ADDRESS not in log.getvalue()


def test_no_link_that_opens_a_resume_is_logged(log: io.StringIO) -> None:
    path = "/resume/s/0123456789abcdef0123456789abcdef/"
    logging.getLogger("django.request").error("Internal Server Error: %s", path)
    assert "0123456789" not in log.getvalue()
    assert "/resume/s/…/" in log.getvalue()


def test_a_log_says_that_it_was_care_and_no_more(log: io.StringIO) -> None:
    path = "/care/cases/6f1f9a52-6d4c-4a53-9d8e-0c7d3a1f2b11/notes/?before=7"
    logger = logging.getLogger("django.request")
    logger.error("Internal Server Error: %s", path)
    logger.error("from https://ashore.example%s was refused", path)
    assert "6f1f9a52" not in log.getvalue()
    assert "cases" not in log.getvalue()
    assert log.getvalue().count("/care/…") == 2


def test_a_traceback_still_says_where(log: io.StringIO) -> None:
    logging.getLogger("jobs").error('File "/srv/accounts/care/vault/keys.py", line 3')
    assert "accounts/care/vault/keys.py" in log.getvalue()
