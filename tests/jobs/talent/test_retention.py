"""What a team noted goes with its time, and with the person it is about."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.consent.registry import erase_person
from jobs.applications.models import Application
from jobs.talent.models import CardMark, Note, PoolEntry, Scorecard
from jobs.talent.services.retention import erase_old_team_records
from tests.cast import Cast
from tests.config.test_nothing_is_left import everything
from tests.jobs.applications.make import take
from tests.jobs.talent.make import SECRET, judged, kept, name_colleague, noted, received

COMMENT = "独有的一句评语"


@pytest.fixture
def application(cast: Cast) -> Application:
    found = received(cast)
    noted(found, cast.employer)
    judged(found, cast.employer, comment=COMMENT)
    return found


@pytest.mark.parametrize(
    ("event", "days"), [("decline", 180), ("withdraw", 7)], ids=["no", "taken back"]
)
def test_it_goes_when_its_time_is_over(
    cast: Cast, application: Application, event: str, days: int
) -> None:
    actor = cast.employer if event == "decline" else cast.seeker.user
    ended = take(application, event, actor).processed_at
    assert ended is not None
    due = ended + timedelta(days=days)
    assert erase_old_team_records(now=due - timedelta(minutes=1)) == {
        "notes": 0,
        "cards": 0,
        "pool": 0,
    }
    done = erase_old_team_records(now=due)
    assert (done["notes"], done["cards"]) == (1, 1)
    assert not CardMark.objects.exists()
    assert not any(erase_old_team_records(now=due).values())


def test_nothing_goes_while_the_application_runs(application: Application) -> None:
    erase_old_team_records(now=timezone.now() + timedelta(days=999))
    assert Note.objects.count() == Scorecard.objects.count() == 1


def test_the_command_is_dry_by_default(cast: Cast, application: Application) -> None:
    take(application, "decline", cast.employer)
    Application.objects.update(processed_at=timezone.now() - timedelta(days=181))
    told = StringIO()
    call_command("erase_old_team_records", stdout=told)
    assert "1 applications" in told.getvalue()
    assert Note.objects.exists()
    call_command("erase_old_team_records", "--apply", stdout=told)
    assert not Note.objects.exists()


def test_old_questions_go_once_they_may_be_asked_again(
    noon: object, cast: Cast
) -> None:
    entry = kept(cast)
    PoolEntry.objects.filter(pk=entry.pk).update(
        state="revoked", ended_at=timezone.now()
    )
    now = entry.asked_at
    assert erase_old_team_records(now=now + timedelta(days=209))["pool"] == 0
    assert erase_old_team_records(now=now + timedelta(days=210))["pool"] == 1


def test_erasing_the_applicant_leaves_nothing(
    noon: object, cast: Cast, application: Application
) -> None:
    kept(cast, with_name=True)
    erase_person(cast.seeker.user)
    assert not Note.objects.exists()
    assert not Scorecard.objects.exists()
    assert not PoolEntry.objects.exists()
    left = everything()
    assert SECRET not in left
    assert COMMENT not in left


def test_erasing_a_colleague_takes_their_name_out_of_notes(
    cast: Cast, application: Application
) -> None:
    name_colleague(cast, "独一名")
    noted(application, cast.employer, "@独一名 请听录音")
    own = noted(application, cast.colleague, "我听过了")
    erase_person(cast.colleague)
    assert "独一名" not in everything()
    assert Note.objects.filter(pk=own.pk).exists(), "it is about the applicant"
