from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.consent.registry import export_person
from accounts.identity.models import AuditEvent, OutboxMessage
from accounts.lib.dates import today
from jobs.applications.models import Application, RetentionCheck
from jobs.applications.services import retention
from jobs.applications.services.parties import NotInvolved
from tests.cast import Cast
from tests.jobs.applications.clock import SetClock, shanghai
from tests.jobs.applications.make import make_application
from tests.make import make_posting


def began(application: Application, days: int) -> Application:
    """As if the first day had been that many days ago."""
    start = today() - timedelta(days=days)
    Application.objects.filter(pk=application.pk).update(offer_start=start)
    application.refresh_from_db()
    return application


@pytest.fixture
def hired(cast: Cast) -> Application:
    return make_application(cast.seeker, make_posting(cast.organization), state="hired")


def ask() -> int:
    return retention.ask_retention(now=timezone.now())


def said(application: Application, day: int, side: str, answer: str) -> None:
    RetentionCheck.objects.update_or_create(
        application=application,
        day=day,
        respondent=side,
        defaults={
            "asked_at": timezone.now(),
            "answer": answer,
            "answered_at": timezone.now() if answer else None,
        },
    )


@pytest.mark.parametrize(
    ("days", "asked"), [(6, []), (7, [7, 7]), (21, []), (30, [30, 30]), (90, [90, 90])]
)
def test_both_sides_are_asked_on_the_day_and_once(
    hired: Application, days: int, asked: list[int]
) -> None:
    began(hired, days)
    assert (ask(), ask()) == (len(asked), 0)
    found = RetentionCheck.objects.order_by("pk").values_list("day", flat=True)
    assert list(found) == asked


@pytest.mark.parametrize("state", ["offered", "withdrawn", "retracted", "declined"])
def test_only_who_began_is_asked(cast: Cast, state: str) -> None:
    row = make_application(cast.seeker, make_posting(cast.organization), state=state)
    if row.offer_start:
        began(row, 7)
    assert ask() == 0


def test_the_question_is_neutral_and_waits_for_the_morning(
    hired: Application, set_clock: SetClock
) -> None:
    began(hired, 7)
    retention.ask_retention(now=set_clock("03:00"))
    rows = OutboxMessage.objects.filter(template__startswith="applications/checkin")
    assert sorted(rows.values_list("template", flat=True)) == [
        "applications/checkin",
        "applications/checkin_employer",
        "applications/checkin_employer",
    ]
    for row in rows:
        assert row.due_at == shanghai("08:00")
        assert hired.posting.title not in row.subject + row.body


def test_nobody_is_asked_again_after_a_no(hired: Application) -> None:
    began(hired, 30)
    said(hired, 7, "seeker", "no")
    assert ask() == 1
    assert RetentionCheck.objects.get(day=30).respondent == "employer"


def test_one_answer_by_the_side_that_was_asked(cast: Cast, hired: Application) -> None:
    began(hired, 7)
    ask()
    check = RetentionCheck.objects.get(respondent="seeker")
    with pytest.raises(NotInvolved):
        retention.answer_check_in(check=check, actor=cast.employer, answer="yes")
    kept = retention.answer_check_in(
        check=check,
        actor=cast.seeker.user,
        answer="yes",
        promised="pay",
        debt_contact="less",
        wants_help=True,
    )
    assert (kept.promised, kept.debt_contact, kept.wants_help) == ("pay", "less", True)
    with pytest.raises(retention.CheckInOver):
        retention.answer_check_in(check=check, actor=cast.seeker.user, answer="no")
    assert RetentionCheck.objects.get(respondent="seeker").answer == "yes"


def test_after_a_month_it_is_no_longer_answered(cast: Cast, hired: Application) -> None:
    began(hired, 7)
    ask()
    began(hired, 38)
    check = RetentionCheck.objects.get(respondent="seeker")
    with pytest.raises(retention.CheckInOver):
        retention.answer_check_in(check=check, actor=cast.seeker.user, answer="yes")


def test_an_employers_answer_leaves_no_trace_with_the_seeker(
    cast: Cast, hired: Application
) -> None:
    began(hired, 7)
    ask()
    check = RetentionCheck.objects.get(respondent="employer")
    retention.answer_check_in(
        check=check, actor=cast.colleague, answer="no", promised="pay"
    )
    check.refresh_from_db()
    assert (check.answer, check.promised) == ("no", "")
    trail = AuditEvent.objects.filter(subject_id=cast.seeker.user_id)
    assert not trail.filter(action="application.check_in").exists()
    assert export_person(cast.seeker.user)["jobs.applications.check_ins"] == [
        {
            "posting": hired.posting.title,
            "day": 7,
            "answer": "",
            "promised": "",
            "debt_contact": "",
            "wants_help": False,
            "answered_at": "",
        }
    ]


def test_erasing_takes_both_sides_answers(cast: Cast, hired: Application) -> None:
    said(hired, 7, "seeker", "yes")
    said(hired, 7, "employer", "yes")
    retention.forget_check_ins(cast.other_seeker.user)
    assert RetentionCheck.objects.count() == 2
    retention.forget_check_ins(cast.seeker.user)
    assert RetentionCheck.objects.count() == 0


def command() -> str:
    out = StringIO()
    call_command("count_retention", stdout=out)
    return out.getvalue()


def test_the_share_is_shown_from_ten_answers_on(cast: Cast) -> None:
    rows = [
        make_application(cast.seeker, make_posting(cast.organization), state="hired")
        for _n in range(11)
    ]
    for row in rows[:9]:
        said(row, 90, "seeker", "yes")
    said(rows[10], 90, "seeker", "")  # asked, and never answered
    assert "Fewer than 10" in command()
    said(rows[9], 7, "employer", "no")
    assert "90 % still there" in command()
    assert "(9 of 10 who answered, 11 asked)" in command()
