from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

import accounts
from accounts.identity.models import AuditEvent, User
from accounts.identity.services.audit import record_event
from accounts.identity.words import WORDS
from tests.make import make_user, sign_in
from tests.words import says

pytestmark = pytest.mark.django_db


def note(user: User, action: str = "identity.signed_in", **fields: Any) -> AuditEvent:
    return record_event(action=action, about=user, **({"actor": user} | fields))


def test_a_person_reads_what_is_about_them(client: Client) -> None:
    mine, other = make_user(), make_user(email="other@example.com")
    note(mine)
    note(other, "identity.password_changed")
    sign_in(client, mine)
    page = client.get("/account/trail/").content.decode()
    assert says(page, "Signed in")
    assert not says(page, "Password changed")


def test_who_did_it_is_said_by_role_never_by_name(client: Client) -> None:
    mine = make_user()
    moderator = make_user("moderator", email="m@example.com", display_name="赵某")
    note(mine, "identity.password_set", actor=moderator)
    sign_in(client, mine)
    page = client.get("/account/trail/").content.decode()
    assert says(page, "someone who checks the board")
    assert "赵某" not in page


def test_long_trails_have_pages(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    mine = make_user()
    for _ in range(35):
        note(mine)
    sign_in(client, mine)
    with django_assert_max_num_queries(4):
        page = client.get("/account/trail/")
    assert len(page.context["lines"]) == 30
    older = client.get(page.context["older"])
    assert len(older.context["lines"]) == 5
    assert older.context["older"] == ""


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "1;drop"])
def test_a_broken_page_number_shows_the_newest(client: Client, before: str) -> None:
    mine = make_user()
    note(mine)
    sign_in(client, mine)
    response = client.get("/account/trail/", {"before": before})
    assert len(response.context["lines"]) == 1


@pytest.mark.parametrize("how", ["update", "delete"])
def test_the_database_refuses_to_change_the_trail(how: str) -> None:
    note(make_user())
    events = AuditEvent.objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        events.update(action="x") if how == "update" else events.delete()
    assert AuditEvent.objects.get().action == "identity.signed_in"


def test_deleting_a_person_leaves_their_trail() -> None:
    user = make_user()
    event = note(user)
    user.delete()
    assert AuditEvent.objects.filter(pk=event.pk).exists()


def test_every_action_written_here_has_words() -> None:
    root = Path(accounts.__path__[0])
    written = {
        found
        for path in root.rglob("*.py")
        for found in re.findall(r'action="(identity\.\w+)"', path.read_text())
    }
    assert written
    assert written <= set(WORDS)
