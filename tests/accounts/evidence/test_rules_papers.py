from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.employers.enums import OrganizationKind
from accounts.employers.models import Organization
from accounts.employers.rules.papers import FACTS, OPTIONAL, REQUIRED, SHOWN, kinds_for
from accounts.evidence.enums import DocumentKind, DocumentState
from accounts.evidence.rules.papers import (
    DATED,
    ERASED_ONCE_SEEN,
    RETENTION,
    Paper,
    erase_after,
    last_good_day,
    missing_to_confirm,
    missing_to_send,
)
from accounts.evidence.words import HELP

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, tzinfo=UTC)
LONGEST = timedelta(days=180)


@pytest.mark.parametrize(
    ("state", "ends", "to_send", "to_confirm"),
    [
        (None, None, True, True),
        ("waiting", None, False, True),
        ("accepted", None, False, False),
        ("refused", None, True, True),
        ("accepted", TODAY, False, False),
        ("accepted", TODAY - timedelta(days=1), True, True),
        ("waiting", TODAY - timedelta(days=1), True, True),
    ],
)
def test_what_is_missing(
    state: str | None, ends: date | None, *, to_send: bool, to_confirm: bool
) -> None:
    papers = [Paper("agent_id", state, ends)] if state else []
    required = ("agent_id",)
    assert bool(missing_to_send(required, papers, today=TODAY)) is to_send
    assert bool(missing_to_confirm(required, papers, today=TODAY)) is to_confirm


@pytest.mark.parametrize(
    ("ends", "last"),
    [
        ([], TODAY + LONGEST),
        ([None], TODAY + LONGEST),
        ([TODAY + timedelta(days=400)], TODAY + LONGEST),
        ([TODAY + timedelta(days=30), None], TODAY + timedelta(days=30)),
    ],
)
def test_a_check_lasts_no_longer_than_its_papers(
    ends: list[date | None], last: date
) -> None:
    papers = [Paper("hr_licence", "accepted", end) for end in ends]
    papers.append(Paper("financial_licence", "accepted", TODAY + timedelta(days=1)))
    required = ("hr_licence",)
    assert last_good_day(required, papers, today=TODAY, longest=LONGEST) == last


@pytest.mark.parametrize(
    ("kind", "state", "reviewed", "replaced", "days"),
    [
        ("business_licence", "waiting", None, None, None),
        ("business_licence", "accepted", NOW, None, None),
        ("business_licence", "refused", NOW, None, 30),
        ("business_licence", "accepted", NOW, NOW, 30),
        ("business_licence", "waiting", None, NOW, 0),
        ("agent_id", "waiting", None, None, None),
        ("agent_id", "accepted", NOW, None, 0),
        ("agent_id", "refused", NOW, None, 0),
    ],
)
def test_when_files_are_erased(
    kind: str,
    state: str,
    reviewed: datetime | None,
    replaced: datetime | None,
    days: int | None,
) -> None:
    moment = erase_after(
        kind=kind, state=state, reviewed_at=reviewed, replaced_at=replaced
    )
    assert moment == (None if days is None else NOW + timedelta(days=days))


def test_each_kind_of_organisation_has_its_papers() -> None:
    """The table of the notice; lenders' and outsourcers' papers on request."""
    assert REQUIRED.keys() == FACTS.keys() == set(OrganizationKind.values)
    assert "hr_licence" in REQUIRED["agency"]
    assert "dispatch_licence" in REQUIRED["dispatch"]
    assert REQUIRED["public"] == ("business_licence",)
    known = {kind for row in REQUIRED.values() for kind in row} | {*OPTIONAL, *SHOWN}
    assert known <= set(DocumentKind.values)
    fields = {field.name for field in Organization._meta.get_fields()}
    assert {fact for row in FACTS.values() for fact in row} <= fields
    assert len(set(kinds_for("agency"))) == len(kinds_for("agency"))


def test_every_kind_is_explained() -> None:
    assert set(HELP) == set(DocumentKind.values)
    assert set(DocumentKind.values) >= DATED | ERASED_ONCE_SEEN
    assert {state.value for state in DocumentState} == {
        "waiting",
        "accepted",
        "refused",
    }


def test_people_are_not_shown_to_job_seekers() -> None:
    assert not {kind for kind in SHOWN if kind.startswith("agent")}
    assert max(rule.days for rule in RETENTION.values()) <= 30
