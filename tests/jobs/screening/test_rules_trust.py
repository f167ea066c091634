from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts.lib.workflow import Workflow
from jobs.screening.enums import AppealState, Concern, ReportState, SanctionState
from jobs.screening.rules.catalogue import default_catalogue
from jobs.screening.rules.receipts import ALPHABET, new_receipt, read_receipt
from jobs.screening.rules.trust import (
    APPEAL,
    MODERATOR,
    REPORT,
    RULES_OF_CONCERN,
    SANCTION,
    SYSTEM,
    due,
    may_appeal,
    suggested_urgency,
)

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
TABLES = [(REPORT, ReportState), (SANCTION, SanctionState), (APPEAL, AppealState)]


@pytest.mark.parametrize(("table", "words"), TABLES)
def test_every_state_has_a_word_and_a_way_in(table: Workflow, words: type) -> None:
    assert table.states == set(words)  # type: ignore[call-overload]
    reached = {row.target for row in table.rows} | {table.initial}
    assert reached == table.states


@pytest.mark.parametrize(("table", "_words"), TABLES)
def test_ends_are_ends(table: Workflow, _words: type) -> None:
    for row in table.rows:
        assert not row.sources & table.terminal


@pytest.mark.parametrize("state", ["open", "triaged", "evidence_requested"])
@pytest.mark.parametrize("event", ["remove", "suspend", "block"])
def test_what_is_grave_goes_through_a_proposal(state: str, event: str) -> None:
    assert REPORT.find(state=state, event=event, actor=MODERATOR) is None
    assert REPORT.find(state="proposed", event=event, actor=MODERATOR) is not None


def test_the_system_confirms_nothing() -> None:
    assert SANCTION.find(state="proposed", event="confirm", actor=SYSTEM) is None


@pytest.mark.parametrize(
    ("concern", "hours"), [("fee", 4), ("hidden-collection", 24), ("other", 72)]
)
def test_how_soon_a_report_is_due(concern: str, hours: int) -> None:
    moment = due(urgency=suggested_urgency(concern), since=NOW)
    assert moment == NOW + timedelta(hours=hours)


def test_an_objection_has_fifteen_days() -> None:
    assert may_appeal(in_force_at=NOW, now=NOW + timedelta(days=14, hours=23))
    assert not may_appeal(in_force_at=NOW, now=NOW + timedelta(days=15))
    assert not may_appeal(in_force_at=None, now=NOW)


def test_concerns_point_to_rules_that_exist() -> None:
    known = {rule.id for rule in default_catalogue().rules}
    assert set(RULES_OF_CONCERN) <= set(Concern.values)
    assert {rule for rules in RULES_OF_CONCERN.values() for rule in rules} <= known


def test_receipts_are_many_and_readable() -> None:
    found = {new_receipt() for _ in range(500)}
    assert len(found) == 500
    assert all(read_receipt(receipt) == receipt for receipt in found)
    assert not set("01OILSZB258U") & set(ALPHABET)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("r-7k3m-9qxf", "R-7K3M-9QXF"),
        (" 7K3M 9QXF ", "R-7K3M-9QXF"),
        ("Ｒ－７Ｋ３Ｍ－９ＱＸＦ", "R-7K3M-9QXF"),
        ("R3333333", "R-R333-3333"),
        ("7K3M-9QX", ""),
        ("R-7K3M-9QX0", ""),
        ("", ""),
    ],
)
def test_receipts_as_people_type_them(typed: str, read: str) -> None:
    assert read_receipt(typed) == read
