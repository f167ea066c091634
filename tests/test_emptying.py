"""What one test commits, the next does not find."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction

from accounts.identity.models import Announcement, User
from tests.cast import Cast
from tests.emptying import KEPT, empty_tables
from tests.make import make_posting, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def filled_tables() -> set[str]:
    names = connection.introspection.django_table_names(
        only_existing=True, include_views=False
    )
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names
            )
        )
        return {name for (name,) in cursor.fetchall()}


def test_rows_go_also_those_that_may_only_be_added(cast: Cast, now: datetime) -> None:
    make_posting(cast.organization)
    Announcement.objects.create(
        zh_hans="今晚维护",
        starts_at=now,
        ends_at=now + timedelta(hours=1),
        written_by=cast.operator,
    )
    permissions = set(Permission.objects.values_list("pk", "codename"))
    assert len(filled_tables()) > len(KEPT)
    empty_tables()
    assert filled_tables() == KEPT
    assert set(Permission.objects.values_list("pk", "codename")) == permissions


def test_constraints_and_triggers_hold_afterwards() -> None:
    empty_tables()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('session_replication_role')")
        assert cursor.fetchone() == ("origin",)


def test_whoever_still_writes_is_waited_for() -> None:
    wrote, may_end = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            make_user()
            wrote.set()
            may_end.wait(10)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert wrote.wait(10)
    threading.Timer(0.3, may_end.set).start()
    empty_tables()
    writer.join()
    assert not User.objects.exists()
