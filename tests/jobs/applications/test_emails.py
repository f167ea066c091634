from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from accounts.employers.models import Membership
from accounts.identity.models import OutboxMessage
from jobs.applications import emails
from jobs.applications.rules.leaving import UNDO_FOR
from jobs.applications.services import steps
from tests.cast import Cast
from tests.jobs.applications.clock import SetClock, shanghai
from tests.jobs.applications.make import make_application, send, take
from tests.make import make_posting

EMAILS = Path(settings.BASE_DIR) / "templates" / "emails"
TEMPLATES = sorted(str(path.relative_to(EMAILS)) for path in EMAILS.rglob("*.txt"))
# Whoever sees the phone learns nothing about the trade, about money or about health.
BANNED = re.compile(
    "催收|讨债|討債|心理|债|債|逾期|欠款|老赖|老賴|抑郁|憂鬱|焦虑|焦慮|咨询师|諮商|辅导员|輔導員|"
    r"collection|collector|\bdebt|counsel|mental|therap|depress|anxi",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_no_message_says_what_nobody_else_should_read(language: str) -> None:
    assert len(TEMPLATES) > 50
    with translation.override(language):
        texts = {name: render_to_string(f"emails/{name}", {}) for name in TEMPLATES}
    assert {n: BANNED.findall(t) for n, t in texts.items() if BANNED.search(t)} == {}


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_every_message_of_ours_is_translated(language: str) -> None:
    ours = [name for name in TEMPLATES if name.startswith("applications/")]
    with translation.override(language):
        for name in ours:
            text = render_to_string(f"emails/{name}", {"site_name": "", "link": ""})
            assert not re.search("[A-Za-z]{3,}", text), name


def templates_to(email: str) -> list[str]:
    rows = OutboxMessage.objects.filter(user__email=email).order_by("pk")
    return [name.split("/")[1] for name in rows.values_list("template", flat=True)]


@pytest.mark.parametrize(
    ("state", "heard"),
    [
        ("submitted", ["sent"]),
        ("viewed", ["sent"]),
        ("interview", ["sent", "interview"]),
        ("offered", ["sent", "shortlisted", "offer"]),
        ("on_hold", ["sent", "on_hold"]),
        ("declined", ["sent", "declined"]),
        ("no_response", ["sent", "no_response"]),
        ("retracted", ["sent", "shortlisted", "offer", "retracted"]),
        ("withdrawn", ["sent"]),
    ],
)
def test_the_seeker_hears_of_every_step_of_the_employer(
    cast: Cast, state: str, heard: list[str]
) -> None:
    make_application(cast.seeker, make_posting(cast.organization), state=state)
    assert templates_to("seeker@example.com") == heard


@pytest.mark.parametrize(
    ("event", "start"),
    [
        ("shortlist", "viewed"),
        ("propose", "viewed"),
        ("propose", "interview"),
        ("offer", "shortlisted"),
        ("postpone", "viewed"),
        ("decline", "viewed"),
        ("retract", "offered"),
    ],
)
@pytest.mark.parametrize(
    ("clock", "arrives", "days"),
    [("02:00", "08:00", 0), ("14:00", "14:00", 0), ("23:00", "08:00", 1)],
)
def test_a_step_of_the_night_is_told_at_eight(
    cast: Cast,
    set_clock: SetClock,
    event: str,
    start: str,
    clock: str,
    arrives: str,
    days: int,
) -> None:
    posting = make_posting(cast.organization)
    application = make_application(cast.seeker, posting, state=start)
    set_clock(clock)
    take(application, event, cast.employer)
    told = OutboxMessage.objects.filter(user=cast.seeker.user).latest("pk")
    assert told.due_at == shanghai(arrives, days=days)


def test_the_seekers_own_steps_are_told_at_once(
    cast: Cast, set_clock: SetClock
) -> None:
    """But for leaving, which can be undone for ten minutes."""
    now = set_clock("23:00")
    application = send(cast.seeker, make_posting(cast.organization))
    take(application, "withdraw", cast.seeker.user)
    told = OutboxMessage.objects.filter(template__startswith="applications/")
    due = {
        name.split("/")[1]: at - now
        for name, at in told.values_list("template", "due_at")
    }
    at_once = timedelta(0)
    assert due == {"new": at_once, "sent": at_once, "withdrawn": UNDO_FOR}


@pytest.mark.parametrize(
    ("state", "heard"),
    [
        ("submitted", ["new"]),
        ("hired", ["new", "accepted"]),
        ("withdrawn", ["new", "withdrawn"]),
        ("no_response", ["new", "no_response_employer"]),
    ],
)
def test_every_colleague_hears_of_the_seekers_steps(
    cast: Cast, state: str, heard: list[str]
) -> None:
    make_application(cast.seeker, make_posting(cast.organization), state=state)
    assert templates_to("hr@example.com") == heard
    assert templates_to("colleague@example.com") == heard
    assert templates_to("other.hr@example.com") == []


def test_whoever_left_hears_nothing(cast: Cast) -> None:
    Membership.objects.filter(user=cast.colleague).update(is_active=False)
    send(cast.seeker, make_posting(cast.organization))
    assert templates_to("colleague@example.com") == []


def test_the_same_news_is_written_once(cast: Cast) -> None:
    application = send(cast.seeker, make_posting(cast.organization))
    emails.tell_employer_new(application)
    emails.tell_seeker_sent(application)
    assert templates_to("seeker@example.com") == ["sent"]
    assert templates_to("hr@example.com") == ["new"]


def test_a_second_wait_is_news_again(cast: Cast) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state="on_hold"
    )
    application = take(application, "shortlist", cast.employer)
    take(application, "postpone", cast.employer)
    assert templates_to("seeker@example.com") == [
        "sent",
        "on_hold",
        "shortlisted",
        "on_hold",
    ]


def test_a_refused_step_sends_nothing(cast: Cast) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state="viewed"
    )
    with pytest.raises(steps.AlreadyMoved):
        steps.shortlist_application(
            application=application, actor=cast.employer, version=1
        )
    assert templates_to("seeker@example.com") == ["sent"]


def test_the_message_names_neither_job_nor_person(cast: Cast) -> None:
    application = send(cast.seeker, make_posting(cast.organization))
    bodies = " ".join(message.body for message in OutboxMessage.objects.all())
    assert application.posting.title not in bodies
    assert "林小舟" not in bodies
    assert str(application.public_id) in bodies
