"""Real transactions and threads: one form, sent by an impatient hand."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from accounts.identity.models import OutboxMessage
from jobs.applications.models import Application, ApplicationTransition
from jobs.hiring.enums import BatchAction
from jobs.hiring.models import BatchRow
from jobs.hiring.services import batches
from jobs.hiring.services.batches import Order, carry_out
from jobs.hiring.services.moves import move_application
from tests.jobs.applications.together import together
from tests.jobs.hiring.make import crowd
from tests.make import make_member, make_organization, make_posting

pytestmark = pytest.mark.django_db(transaction=True)
ORDER = Order(BatchAction.POSTPONE, {"reason": "等名额"})


def scene(names: str) -> tuple[dict[str, Any], list[Application]]:
    organization = make_organization()
    member = make_member(organization, role="admin")
    rows = crowd(make_posting(organization), names)
    picked = [(row, row.version) for row in rows]
    asked = {
        "token": uuid4(),
        "actor": member,
        "organization": organization,
        "order": ORDER,
        "picked": picked,
    }
    return asked, rows


def test_three_taps_at_once_are_one() -> None:
    asked, rows = scene("甲乙丙丁")
    found = together([partial(carry_out, **asked)] * 3)
    assert len({batch.pk for batch in found}) == 1
    assert BatchRow.objects.filter(outcome="done").count() == len(rows)
    assert ApplicationTransition.objects.filter(event="postpone").count() == len(rows)
    told = OutboxMessage.objects.filter(template="applications/on_hold")
    assert told.count() == len(rows)


def test_what_broke_off_goes_on_where_it_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, _rows = scene("甲乙丙")
    calls = []

    def break_off(**values: Any) -> Application:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("the process dies")
        return move_application(**values)

    monkeypatch.setattr(batches, "move_application", break_off)
    with pytest.raises(RuntimeError):
        carry_out(**asked)
    assert BatchRow.objects.count() == 1
    monkeypatch.undo()
    carry_out(**asked)
    assert BatchRow.objects.filter(outcome="done").count() == 3
    assert ApplicationTransition.objects.filter(event="postpone").count() == 3
