from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.identity.models import OutboxMessage
from jobs.applications import emails
from jobs.applications.models import Application
from jobs.applications.services.deadlines import chase
from jobs.applications.tasks import chase_unanswered
from tests.cast import Cast
from tests.jobs.applications.make import (
    make_application,
    send,
    sent_days_ago,
    take,
)
from tests.make import make_posting


def chase_at(days: float, application: Application) -> dict[str, int]:
    """What the task does that many days after the application was sent."""
    return chase(now=application.submitted_at + timedelta(days=days))


@pytest.fixture
def waiting(cast: Cast) -> Application:
    return send(cast.seeker, make_posting(cast.organization))


@pytest.mark.parametrize(
    ("days", "closed", "warned"),
    [(0, 0, 0), (6.99, 0, 0), (7, 0, 1), (13.99, 0, 1), (14, 1, 0), (40, 1, 0)],
)
def test_seven_days_remind_and_fourteen_end_it(
    waiting: Application, days: float, closed: int, warned: int
) -> None:
    assert chase_at(days, waiting) == {"closed": closed, "warned": warned}


def test_the_reminder_comes_once(waiting: Application) -> None:
    assert [chase_at(day, waiting)["warned"] for day in (7, 8, 13)] == [1, 0, 0]


def test_the_end_comes_once_and_after_the_reminder(waiting: Application) -> None:
    assert [chase_at(day, waiting)["closed"] for day in (7, 14, 15)] == [0, 1, 0]
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decline_reason) == ("no_response", "")


@pytest.mark.parametrize(
    "state", ["shortlisted", "interview", "offered", "on_hold", "withdrawn", "declined"]
)
def test_whoever_answered_is_left_alone(cast: Cast, state: str) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state=state
    )
    assert chase_at(8, application) == {"closed": 0, "warned": 0}
    assert chase_at(20, application) == {"closed": 0, "warned": 0}


def test_having_looked_is_not_an_answer(cast: Cast, waiting: Application) -> None:
    take(waiting, "view", cast.employer)
    assert chase_at(14, waiting)["closed"] == 1


def test_one_that_fails_does_not_hold_up_the_others(
    cast: Cast, waiting: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = send(cast.other_seeker, waiting.posting)

    def fail_for_the_first(application: Application) -> None:
        if application.pk == waiting.pk:
            raise RuntimeError

    monkeypatch.setattr(emails, "tell_both_no_response", fail_for_the_first)
    assert chase_at(15, other)["closed"] == 1
    waiting.refresh_from_db()
    assert waiting.state == "submitted"  # whole, and tried again in an hour


def test_work_cut_off_in_the_middle_is_taken_up_again(
    cast: Cast, waiting: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker killed between rows: nothing is lost, nothing is done twice."""
    send(cast.other_seeker, waiting.posting)

    def die(_application: Application) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(emails, "tell_both_no_response", die)
        with pytest.raises(SystemExit):
            chase_at(15, waiting)
    assert chase_at(15, waiting)["closed"] == 2
    assert OutboxMessage.objects.filter(template__endswith="/no_response").count() == 2


def test_both_sides_hear_of_the_end(waiting: Application) -> None:
    chase_at(14, waiting)
    told = OutboxMessage.objects.filter(template__contains="no_response")
    assert sorted(told.values_list("template", flat=True)) == [
        "applications/no_response",
        "applications/no_response_employer",
        "applications/no_response_employer",
    ]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("chase_unanswered", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_only_shows_unless_told(waiting: Application) -> None:
    sent_days_ago(waiting, 15)
    assert "0 reminders, 1 waits ended" in run()
    assert Application.objects.get().state == "submitted"
    assert "Done" in run("--apply")
    assert Application.objects.get().state == "no_response"


def test_the_task_works_on_rows_alone(waiting: Application) -> None:
    sent_days_ago(waiting, 7.5)
    assert chase_unanswered() == {"closed": 0, "warned": 1}
    warned: datetime | None = Application.objects.get().employer_warned_at
    assert warned is not None
    assert warned <= timezone.now()
