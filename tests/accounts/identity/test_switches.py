from __future__ import annotations

import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.identity import switches
from accounts.identity.enums import SwitchState
from accounts.identity.models import (
    Announcement,
    AuditEvent,
    FeatureSwitch,
    SwitchChange,
    User,
)
from accounts.identity.services.switches import (
    NotForThisSwitch,
    SwitchMoved,
    change_switch,
    write_announcement,
)
from accounts.identity.switches import SWITCHES, is_on
from tests.make import make_organization, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(db: None) -> User:
    return make_user("operator", email="operator@example.com")


def turn(name: str, state: SwitchState, actor: User, version: int = 0) -> FeatureSwitch:
    return change_switch(
        name=name, state=state, actor=actor, note="维护", version=version
    )


@pytest.mark.parametrize("name", SWITCHES)
def test_without_a_row_it_stands_as_declared(name: str) -> None:
    assert is_on(name) is (SWITCHES[name].default == SwitchState.ON)


@pytest.mark.parametrize("name", SWITCHES)
def test_every_switch_is_asked_somewhere_and_says_what_it_does(name: str) -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("accounts", "jobs")
        for path in sorted((Path(project.BASE_DIR) / folder).rglob("*.py"))
    )
    asked = re.search(rf'is_on\(\s*"{name}"', code)
    assert asked
    assert str(SWITCHES[name].title)
    assert str(SWITCHES[name].what)


def test_nobody_asks_for_a_switch_that_is_not_declared() -> None:
    with pytest.raises(KeyError):
        is_on("no_such_switch")


def test_a_change_holds_at_once_and_is_written_down(operator: User) -> None:
    row = turn("registration", SwitchState.OFF, operator)
    assert not is_on("registration")
    turn("registration", SwitchState.ON, operator, version=row.version)
    assert is_on("registration")
    steps = SwitchChange.objects.order_by("pk").values_list("from_state", "state")
    assert list(steps) == [("on", "off"), ("off", "on")]
    lines = AuditEvent.objects.filter(action="operations.switch_changed")
    assert [line.detail for line in lines.order_by("pk")] == [
        {"name": "registration", "from": "on", "to": "off"},
        {"name": "registration", "from": "off", "to": "on"},
    ]


def test_a_command_sets_it_when_no_page_opens() -> None:
    for state in ("off", "on", "off"):
        call_command("set_switch", "registration", state, note="搬家", verbosity=0)
    assert not is_on("registration")
    assert SwitchChange.objects.count() == 3
    with pytest.raises(CommandError):
        call_command("set_switch", "nothing", "off", note="x")


def test_the_slower_of_two_is_told(operator: User) -> None:
    turn("registration", SwitchState.OFF, operator)
    with pytest.raises(SwitchMoved):
        turn("registration", SwitchState.ON, operator)
    assert not is_on("registration")
    assert SwitchChange.objects.count() == 1


def test_some_switches_know_no_organisations(operator: User) -> None:
    with pytest.raises(NotForThisSwitch):
        turn("registration", SwitchState.PERCENTAGE, operator)


def test_for_some_organisations_only(operator: User) -> None:
    chosen = make_organization()
    change_switch(
        name="api_writes",
        state=SwitchState.ORGANIZATIONS,
        actor=operator,
        note="先试一家",
        version=0,
        organizations=[chosen.public_id],
    )
    assert is_on("api_writes", organization=chosen.public_id)
    assert not is_on("api_writes", organization=operator.public_id)
    assert not is_on("api_writes")


def test_one_question_answers_many(django_assert_num_queries: object) -> None:
    switches.forget()
    with django_assert_num_queries(3):  # type: ignore[operator] # a savepoint, the rows
        for _time in range(5):
            for name in SWITCHES:
                is_on(name)


def test_another_process_sees_it_after_ten_seconds(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SWITCHES_KEPT_FOR = 10
    clock = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    switches.forget()
    assert is_on("registration")
    # As another process would write it.
    FeatureSwitch.objects.create(name="registration", state="off", note="别处")
    clock[0] += 9
    assert is_on("registration")
    clock[0] += 2
    assert not is_on("registration")


def test_a_database_that_fails_changes_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, operator: User
) -> None:
    turn("registration", SwitchState.OFF, operator)
    assert not is_on("registration")
    settings.SWITCHES_KEPT_FOR = 0

    def fail() -> None:
        raise DatabaseError

    monkeypatch.setattr(switches, "_asked", fail)
    assert not is_on("registration")
    switches.forget()
    assert is_on("registration")


@pytest.mark.parametrize(
    "values",
    [
        {"state": "half"},
        {"state": "percentage"},
        {"state": "on", "percentage": 5},
        {"state": "percentage", "percentage": 100},
        {"state": "organizations"},
    ],
)
def test_the_database_refuses_settings_that_say_nothing(
    values: dict[str, object],
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FeatureSwitch.objects.create(name="api_writes", note="x", **values)


@pytest.mark.parametrize("table", ["switchchange", "announcement"])
def test_the_history_is_never_rewritten(operator: User, table: str) -> None:
    turn("announcement", SwitchState.ON, operator)
    announce(operator)
    for statement in ("UPDATE {} SET at = now()", "DELETE FROM {}"):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(f"accounts_identity_{table}"))


def announce(
    actor: User, *, begins: int = -1, ends: int = 1, text: str = "今晚维护"
) -> Announcement:
    now = timezone.now()
    return write_announcement(
        texts={"zh_hans": text, "zh_hant": "今晚維護", "en": "Maintenance tonight"},
        starts_at=now + timedelta(hours=begins),
        ends_at=now + timedelta(hours=ends),
        actor=actor,
    )


def test_it_shows_between_its_start_and_its_end_while_it_is_on(operator: User) -> None:
    announce(operator)
    assert switches.announcement() is None
    turn("announcement", SwitchState.ON, operator)
    shown = switches.announcement()
    assert shown is not None
    after = timezone.now() + timedelta(hours=1)
    assert switches.announcement(now=after) is None
    assert switches.announcement(now=timezone.now() - timedelta(hours=2)) is None


def test_the_newest_counts(operator: User) -> None:
    turn("announcement", SwitchState.ON, operator)
    announce(operator, text="旧的")
    announce(operator, text="新的")
    shown = switches.announcement()
    assert shown is not None
    assert shown.zh_hans == "新的"
