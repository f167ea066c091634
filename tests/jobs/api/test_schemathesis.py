"""The whole API as its own document describes it, asked by a machine, in process.

Made-up requests, good and bad, to every operation: no server error, and nothing that the
document does not say. Half of them ask about rows that exist.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation

from jobs.api.rest import document
from jobs.api.rules import rates
from tests.cast import Cast
from tests.jobs.api.make import new_key
from tests.jobs.applications.make import make_application
from tests.make import make_posting

pytestmark = pytest.mark.django_db
# What the schema cannot say: an old ETag (412), none (428), or that two right fields
# contradict each other (422).
CONFIG: dict[str, Any] = {
    # The key is given below; the check of ignored keys leaves it out by itself.
    # A NUL in a string is refused (400), which a schema has no words for.
    "generation": {"with-security-parameters": False, "allow-x00": False},
    "checks": {
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "3xx", "403", "404", "409", "412", "422"]
        },
        "missing_required_header": {"expected-statuses": ["401", "422", "428"]},
        "negative_data_rejection": {
            "expected-statuses": [
                "400",
                "401",
                "404",
                "405",
                "412",
                "415",
                "422",
                "428",
            ]
        },
    },
}
# Any text is a cursor to the schema; only our own ones are to us (400).
CONFIG["operations"] = [
    {
        "include-name": f"GET /api/v1/{name}",
        "checks": {
            "positive_data_acceptance": {
                "expected-statuses": [
                    "400",
                    *CONFIG["checks"]["positive_data_acceptance"]["expected-statuses"],
                ]
            }
        },
    }
    for name in ("postings", "applications")
]
IN_CI = bool(os.environ.get("CI"))
ENOUGH = 2_000
asked: Counter[str] = Counter()


def described() -> Any:
    config = SchemathesisConfig.from_dict(CONFIG)
    schema = schemathesis.openapi.from_dict(document.document(), config=config)
    schema.app = get_wsgi_application()
    return schema


OPERATIONS = {one.ok().label: one.ok() for one in described().get_all_operations()}


class Stage:
    def __init__(self, cast: Cast) -> None:
        self.token = new_key(cast.employer).token
        self.postings = [
            make_posting(cast.organization, state=state)
            for state in ("draft", "published", "paused", "expired", "in_review")
        ]
        self.applications = [
            make_application(seeker, self.postings[1], state=state)
            for seeker, state in (
                (cast.seeker, "submitted"),
                (cast.other_seeker, "shortlisted"),
            )
        ]
        self.pool = {
            "posting_id": [str(one.public_id) for one in self.postings],
            "application_id": [str(one.public_id) for one in self.applications],
        }


@pytest.fixture
def stage(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Stage:
    for pace in rates.LIMITS:
        monkeypatch.setitem(rates.LIMITS, pace, 10**9)
    return Stage(cast)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The test's own transaction must outlive each request, as Django's client sees to."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask(case: Any, stage: Stage, number: int) -> None:
    """One made-up request; what it changed is undone, so that the rows stay."""
    wrong = case.meta.is_negative_at(ParameterLocation.PATH)
    for name, ids in stage.pool.items():
        if name in (case.path_parameters or {}) and number < len(ids) and not wrong:
            case.path_parameters[name] = ids[number]
    with transaction.atomic():
        case.call_and_validate(headers={"Authorization": f"Bearer {stage.token}"})
        transaction.set_rollback(True)
    asked[case.operation.label] += 1


FEW = settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def ask_often(label: str, stage: Stage, how: settings) -> None:
    """Right and wrong requests to one operation.

    Not `schema.parametrize`: its tests all have one name, of which xdist runs one.
    """
    cases = st.one_of(
        *(
            OPERATIONS[label].as_strategy(generation_mode=mode)
            for mode in GenerationMode
        )
    )

    @how
    @given(case=cases, number=st.integers(0, 9))
    def run(case: Any, number: int) -> None:
        ask(case, stage, number)

    run()


@pytest.mark.parametrize("label", OPERATIONS)
def test_nothing_breaks_and_everything_is_as_described(
    label: str, stage: Stage
) -> None:
    ask_often(label, stage, FEW)


@pytest.mark.slow
@pytest.mark.skipif(not IN_CI, reason="takes minutes: CI=1 pytest -m slow")
def test_nothing_breaks_in_thousands_of_cases(stage: Stage) -> None:
    """One test: what it counts is in this process, wherever tests are handed to."""
    asked.clear()
    for label in OPERATIONS:
        ask_often(label, stage, settings(FEW, max_examples=130))
    assert sum(asked.values()) >= ENOUGH, asked
    assert set(asked) == {
        f"{method.upper()} {path}"
        for path, method, _operation in document.operations(document.document())
    }
