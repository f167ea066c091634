from __future__ import annotations

import pytest

from jobs.applications.enums import ApplicationState
from jobs.applications.rules.checks import may_ask

ALLOWED = {
    ("interview", "interview"),
    ("interview", "offered"),
    ("offered", "offered"),
}


@pytest.mark.parametrize("stage", ["", "interview", "offered"])
@pytest.mark.parametrize("state", ApplicationState.values)
def test_only_from_the_declared_stage_on(stage: str, state: str) -> None:
    allowed = may_ask(
        "credit_report", declared="credit_report", stage=stage, state=state
    )
    assert allowed == ((stage, state) in ALLOWED)


@pytest.mark.parametrize(
    ("kind", "declared"),
    [("credit_report", "no_conviction"), ("credit_report", "none"), ("none", "none")],
)
def test_only_what_was_declared(kind: str, declared: str) -> None:
    assert not may_ask(kind, declared=declared, stage="interview", state="offered")
