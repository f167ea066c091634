"""30 and 90 days into a new job: offered to whoever told us of it, and to nobody else."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.care.vault.enums import Scope
from accounts.care.vault.models import Subject
from accounts.care.vault.registry import parts
from accounts.care.vault.services import grants
from accounts.care.vault.services.subjects import shred
from accounts.care.vault.wall import behind_the_wall
from accounts.identity.models import OutboxMessage
from accounts.lib.dates import today
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.models import CheckIn, Rhythm
from accounts.wellbeing.checkins.offers import job_round_of
from accounts.wellbeing.checkins.rules import new_job as rules, rhythm
from accounts.wellbeing.checkins.services import around, new_job, reminders
from accounts.wellbeing.checkins.tasks import purge_check_ins
from tests.accounts.wellbeing.checkins.make import keeping, move, reply, take
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.applications.make import make_application
from tests.make import make_posting, sign_in
from tests.wall import step_outside

pytestmark = pytest.mark.django_db
CARE, START = "/care/", "/care/check-ins/"
JOB = "/care/check-ins/new-job/"
OFFER = 'name="what" value="job"'
NOW_FORMS = {"cbi-work", "cbi-client-now"}


@pytest.fixture
def person(client: StrictClient, cast: Cast) -> StrictClient:
    sign_in(client, cast.seeker.user)
    return client


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def working(cast: Cast, days: int) -> Subject:
    """Somebody who told us of a job that began so many days ago."""
    subject = keeping(cast.seeker.user)
    new_job.tell(subject=subject, began_on=ago(days))
    return subject


def later(subject: Subject, days: int) -> None:
    """As if the job had begun so many days ago, with all that came of it."""
    with behind_the_wall():
        Rhythm.objects.filter(subject=subject).update(job_began_on=ago(days))


def held() -> Rhythm:
    with behind_the_wall():
        return Rhythm.objects.get()


def is_offered(person: StrictClient) -> bool:
    """On both pages, or on neither."""
    found = {OFFER in person.get(url).content.decode() for url in (CARE, START)}
    assert len(found) == 1
    return found.pop()


def answer_all(person: StrictClient) -> str:
    """From the offer to the page of the result."""
    person.post(reverse("checkins:begin"), {"what": "job"})
    page = reply(person, answer=1)
    while page["Location"] == reverse("checkins:question"):
        page = reply(person, answer=1)
    return str(person.get(page["Location"]).content.decode())


# ---- Told by the person, and by nobody else


def test_a_day_is_told_put_right_and_taken_back(
    cast: Cast, person: StrictClient
) -> None:
    keeping(cast.seeker.user)
    assert f'href="{JOB}"' in person.get(START).content.decode()
    assert f'value="{today():%Y-%m-%d}"' in person.get(JOB).content.decode()
    for days in (40, 38):
        page = person.post(JOB, {"began_on": f"{ago(days):%Y-%m-%d}"})
        assert page["Location"] == START
        assert held().job_began_on == ago(days)
    assert f'value="{ago(38):%Y-%m-%d}"' in person.get(JOB).content.decode()
    assert is_offered(person)
    person.post(JOB, {"do": "remove"})
    assert held().job_began_on is None
    assert not is_offered(person)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("", "填一下新工作的第一天"),
        ("gestern", "看不出是哪一天"),
        ("2026-02-30", "看不出是哪一天"),
        (-91, "过去 90 多天"),
        (31, "30 天以后"),
    ],
)
def test_a_day_that_cannot_be(
    cast: Cast, person: StrictClient, told: str | int, said: str
) -> None:
    keeping(cast.seeker.user)
    day = told if isinstance(told, str) else f"{ago(-told):%Y-%m-%d}"
    page = person.post(JOB, {"began_on": day})
    assert page.status_code == 422
    assert said in page.content.decode()
    with behind_the_wall():
        assert not Rhythm.objects.exists()


@pytest.mark.parametrize("days", [90, 0, -30])
def test_the_furthest_days_there_are(
    cast: Cast, person: StrictClient, days: int
) -> None:
    keeping(cast.seeker.user)
    assert person.post(JOB, {"began_on": str(ago(days))}).status_code == 302
    assert held().job_began_on == ago(days)


def test_a_day_held_for_long_may_be_sent_again(
    cast: Cast, person: StrictClient
) -> None:
    later(working(cast, 30), 100)
    assert person.post(JOB, {"began_on": str(ago(100))}).status_code == 302
    assert person.post(JOB, {"began_on": str(ago(101))}).status_code == 422


def test_without_a_yes_to_keeping_there_is_no_such_page(
    cast: Cast, person: StrictClient
) -> None:
    assert person.get(JOB).status_code == 404
    assert person.post(JOB, {"began_on": str(today())}).status_code == 404
    assert JOB not in person.get(START).content.decode()
    subject = working(cast, 30)
    grants.revoke_scope(subject=subject, scope=Scope.CHECKIN_STORE)
    assert held().job_began_on is None
    assert not is_offered(person)
    assert person.post(JOB, {"began_on": str(today())}).status_code == 404


def test_being_taken_on_tells_nobody_here(cast: Cast, person: StrictClient) -> None:
    keeping(cast.seeker.user)
    posting = make_posting(cast.organization)
    make_application(cast.seeker, posting, state="hired")
    assert "新工作的第一天：" not in person.get(START).content.decode()
    with behind_the_wall():
        assert not Rhythm.objects.exists()


def test_what_knows_of_applications_cannot_read_or_write_it(cast: Cast) -> None:
    """It stands in front of the wall."""
    working(cast, 30)
    step_outside()
    for ask in (
        Rhythm.objects.count,
        lambda: Rhythm.objects.update(job_began_on=today()),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            ask()
    step_outside("none")


# ---- Offered, never pushed


@pytest.mark.parametrize(
    ("days", "offered"),
    [(-30, 0), (0, 0), (29, 0), (30, 1), (89, 1), (90, 1), (117, 1), (118, 0)],
)
def test_from_which_day_to_which(
    cast: Cast, person: StrictClient, days: int, offered: int
) -> None:
    later(working(cast, 0), days)
    assert is_offered(person) == bool(offered)
    begun = person.post(reverse("checkins:begin"), {"what": "job"})
    assert (begun["Location"] == reverse("checkins:question")) == bool(offered)


def test_a_day_begins_at_midnight_in_shanghai(cast: Cast) -> None:
    row = Rhythm(subject=keeping(cast.seeker.user), job_began_on=date(2026, 11, 1))
    # The first of December there, still the thirtieth of November in Greenwich.
    midnight = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    with behind_the_wall():
        assert job_round_of(row, now=midnight) is not None
        assert job_round_of(row, now=midnight - timedelta(seconds=1)) is None


def test_taken_it_is_gone_and_comes_back_at_ninety(
    cast: Cast, person: StrictClient
) -> None:
    subject = working(cast, 30)
    assert "有 13 道题" in person.get(CARE).content.decode()
    answer_all(person)
    with behind_the_wall():
        rows = CheckIn.objects.all()
        assert set(rows.values_list("form", flat=True)) == NOW_FORMS
        sitting = rows.select_related("sitting")[0].sitting
    move(sitting, timezone.now() - timedelta(days=59))
    later(subject, 89)
    assert not is_offered(person)
    later(subject, 90)
    assert is_offered(person)
    answer_all(person)
    assert held().job_asked == 90
    assert not is_offered(person)


def test_not_this_time_is_one_tap_for_one_round(
    cast: Cast, person: StrictClient
) -> None:
    subject = working(cast, 30)
    url = reverse("checkins:not_now")
    assert f'action="{url}"' in person.get(CARE).content.decode()
    person.post(url, {"round": "30"})
    assert not is_offered(person)
    later(subject, 90)
    assert is_offered(person)
    # A page that stood open since the first round declines that one alone.
    person.post(url, {"round": "30"})
    assert is_offered(person)
    person.post(url, {"round": "90"})
    assert not is_offered(person)
    for other in ("", "31", "x"):
        assert person.post(url, {"round": other}).status_code == 404


def test_stopping_half_way_takes_nothing(cast: Cast, person: StrictClient) -> None:
    working(cast, 30)
    person.post(reverse("checkins:begin"), {"what": "job"})
    reply(person, answer=1)
    # While it is being answered there is only the way on.
    assert not is_offered(person)
    reply(person, go="stop")
    assert is_offered(person)


@pytest.mark.parametrize("wish", ["skip", "pause", "stop"])
def test_whoever_wants_quiet_has_it(
    cast: Cast, person: StrictClient, wish: str
) -> None:
    working(cast, 30)
    url = reverse("checkins:rhythm")
    person.post(url, {"do": wish})
    assert not is_offered(person)
    person.post(url, {"do": "go_on"})
    assert is_offered(person)


@pytest.mark.parametrize("form", ["cbi-work", "cbi-client"])
def test_it_waits_for_the_four_weeks_of_its_questions(
    cast: Cast, person: StrictClient, form: str
) -> None:
    """Also where the same questions were answered about the last job."""
    subject = working(cast, 35)
    sitting = take(subject, (form,), at=timezone.now() - timedelta(days=27))
    assert not is_offered(person)
    move(sitting, timezone.now() - timedelta(days=28))
    assert is_offered(person)
    answer_all(person)


def test_tiredness_alone_does_not_stand_in_its_way(
    cast: Cast, person: StrictClient
) -> None:
    take(working(cast, 30))
    assert is_offered(person)


def test_the_work_is_not_offered_twice_on_one_page(
    cast: Cast, person: StrictClient
) -> None:
    subject = working(cast, 29)
    assert 'value="cbi-work"' in person.get(START).content.decode()
    later(subject, 30)
    page = person.get(START).content.decode()
    assert 'value="cbi-work"' not in page
    assert 'value="cbi-client"' in page


def test_another_job_is_asked_about_anew_and_a_slip_is_not(
    cast: Cast, person: StrictClient
) -> None:
    working(cast, 60)
    person.post(reverse("checkins:not_now"), {"round": "30"})
    person.post(JOB, {"began_on": str(ago(31))})
    assert not is_offered(person)
    person.post(JOB, {"began_on": str(ago(61))})
    assert is_offered(person)


# ---- The questions


def speaks(cast: Cast, person: StrictClient, language: str) -> None:
    cast.seeker.user.language = language
    cast.seeker.user.save()
    person.cookies["django_language"] = language


def test_in_traditional_the_work_alone_is_asked(
    cast: Cast, person: StrictClient
) -> None:
    speaks(cast, person, "zh-hant")
    working(cast, 30)
    assert is_offered(person)
    answer_all(person)
    with behind_the_wall():
        assert CheckIn.objects.get().form == "cbi-work"
    assert held().job_asked == 30


def test_it_asks_about_the_present_job_and_says_so(
    cast: Cast, person: StrictClient
) -> None:
    """The makers' own use, in their own English: neither a recall nor a draft."""
    speaks(cast, person, "en")
    working(cast, 30)
    person.post(reverse("checkins:begin"), {"what": "job"})
    pages = []
    page = person.get(reverse("checkins:question"))
    while page.status_code == 200:
        pages.append(page.content.decode())
        reply(person, answer=1)
        page = person.get(reverse("checkins:question"))
    text = "\n".join(pages)
    assert len(pages) == 13
    assert text.count("in the job you have now") == 6
    assert "your last job" not in text
    assert "has not been tested" not in text
    with behind_the_wall():
        assert CheckIn.objects.get(form="cbi-client-now").family == "cbi-client"


def test_a_result_like_any_other_and_apart_from_the_last_job(
    cast: Cast, person: StrictClient
) -> None:
    subject = working(cast, 30)
    take(subject, ("cbi-client",), default=0, at=timezone.now() - timedelta(days=50))
    text = answer_all(person)
    assert "75 分，满分 100 分" in text
    assert "跟人打交道很耗你的力气" in text
    assert "还没有上一次可以比" in text
    assert "大陆" in text  # our Simplified wording is a draft here as well
    history = person.get(reverse("checkins:history")).content.decode()
    assert history.count("<table") == 3


# ---- Reminders


def test_one_neutral_message_for_each_round(cast: Cast) -> None:
    subject = working(cast, 29)
    now = timezone.now()
    around.remind(subject=subject, wanted=True)
    assert reminders.remind_due(now=now, apply=True) == 0
    later(subject, 30)
    assert reminders.remind_due(now=now, apply=False) == 1
    assert reminders.remind_due(now=now, apply=True) == 1
    for days in (0, 8, 20, 50):
        assert (
            reminders.remind_due(now=now + timedelta(days=days, hours=1), apply=True)
            == 0
        )
    assert reminders.remind_due(now=now + timedelta(days=60), apply=True) == 1
    assert reminders.remind_due(now=now + timedelta(days=80), apply=True) == 0
    told = {f"{one.subject}{one.template}" for one in OutboxMessage.objects.all()}
    assert told == {"你有一条新消息notices/waiting"}


@pytest.mark.parametrize("wish", ["quiet", "pause", "stop"])
def test_no_message_for_whoever_wants_none(
    cast: Cast, person: StrictClient, wish: str
) -> None:
    around.remind(subject=working(cast, 30), wanted=True)
    person.post(reverse("checkins:rhythm"), {"do": wish})
    assert reminders.remind_due(now=timezone.now(), apply=True) == 0


def test_no_message_about_what_was_declined_or_waits(cast: Cast) -> None:
    subject = working(cast, 30)
    around.remind(subject=subject, wanted=True)
    sitting = take(subject, ("cbi-work",), at=timezone.now() - timedelta(days=10))
    assert reminders.remind_due(now=timezone.now(), apply=True) == 0
    move(sitting, timezone.now() - timedelta(days=400))
    with behind_the_wall():
        Rhythm.objects.update(reminded_at=timezone.now() - timedelta(days=15))
    assert reminders.remind_due(now=timezone.now(), apply=False) == 1
    new_job.close_round(subject=subject, number=30)
    assert reminders.remind_due(now=timezone.now(), apply=False) == 0


def test_never_two_messages_within_a_round(cast: Cast) -> None:
    """The usual one and that of the job keep two weeks between them, either way round."""
    subject = working(cast, 25)
    now = timezone.now()
    take(subject, ("phq-2",), at=now - timedelta(days=14))
    around.remind(subject=subject, wanted=True)
    sent = [
        day
        for day in range(40)
        if reminders.remind_due(now=now + timedelta(days=day), apply=True)
    ]
    # The usual one today; the job's, due after five days, waits for its turn.
    assert sent == [0, 14]
    with behind_the_wall():
        CheckIn.objects.all().delete()
        Rhythm.objects.update(reminded_at=None, job_reminded=0)
    later(subject, 30)
    take(subject, ("phq-2",), at=now - timedelta(days=10))
    sent = [
        day
        for day in range(30)
        if reminders.remind_due(now=now + timedelta(days=day), apply=True)
    ]
    # The job's today; the usual one, due after four days, waits.
    assert sent == [0, 14]


def test_one_message_serves_both(cast: Cast) -> None:
    subject = working(cast, 30)
    now = timezone.now()
    take(subject, ("phq-2",), at=now - timedelta(days=15))
    around.remind(subject=subject, wanted=True)
    assert reminders.remind_due(now=now, apply=True) == 1
    assert OutboxMessage.objects.count() == 1
    assert reminders.remind_due(now=now + timedelta(days=30), apply=True) == 0


# ---- Held, handed out, forgotten


def test_a_copy_holds_it_and_who_leaves_takes_it_along(cast: Cast) -> None:
    subject = working(cast, 35)
    new_job.close_round(subject=subject, number=30)
    part = next(one for one in parts() if one.code == "checkins")
    with behind_the_wall():
        told = json.loads(json.dumps(part.copy(subject)))["rhythm"]
    assert told["new_job_began_on"] == str(ago(35))
    assert told["new_job_asked_after_days"] == 30
    assert shred(user=cast.seeker.user)
    with behind_the_wall():
        assert not Rhythm.objects.exists()


def test_it_is_forgotten_four_weeks_after_the_last_question(cast: Cast) -> None:
    subject = working(cast, 30)
    new_job.close_round(subject=subject, number=30)
    around.remind(subject=subject, wanted=True)
    later(subject, 145)
    assert purge_check_ins() == 0
    assert held().job_began_on is not None
    later(subject, 146)
    assert purge_check_ins() == 1
    assert (held().job_began_on, held().job_asked, held().reminds) == (None, 0, True)
    assert purge_check_ins() == 0


@pytest.mark.parametrize(
    "change",
    [{"job_asked": 31}, {"job_reminded": 60}, {"job_began_on": None}],
)
def test_the_database_knows_the_rounds(cast: Cast, change: dict[str, object]) -> None:
    new_job.close_round(subject=working(cast, 30), number=30)
    with (
        behind_the_wall(),
        pytest.raises(IntegrityError, match="care_rhythm"),
        transaction.atomic(),
    ):
        Rhythm.objects.update(**change)


def test_closing_a_round_that_nobody_told_of_does_nothing(cast: Cast) -> None:
    subject = keeping(cast.seeker.user)
    around.go_on(subject=subject)
    new_job.close_round(subject=subject, number=90)
    assert held().job_asked == 0
    with behind_the_wall():
        assert not access.rhythm_of(subject).is_quiet(timezone.now())


# ---- The rules alone


@pytest.mark.parametrize(
    ("days", "asked", "number"),
    [
        (29, 0, None),
        (30, 0, 30),
        (30, 30, None),
        (89, 0, 30),
        (89, 90, None),
        (90, 0, 90),
        (90, 30, 90),
        (90, 90, None),
        (117, 30, 90),
        (118, 0, None),
    ],
)
def test_which_round_is_open(days: int, asked: int, number: int | None) -> None:
    day = date(2026, 11, 27)
    began = day - timedelta(days=days)
    assert rules.open_round(began, today=day, asked=asked) == number


@pytest.mark.parametrize(
    ("days", "other"), [(0, False), (29, False), (30, True), (-30, True)]
)
def test_what_is_another_job(days: int, other: bool) -> None:
    day = date(2026, 3, 1)
    assert rules.is_other_job(day, day + timedelta(days=days)) is other


@pytest.mark.parametrize(("days", "apart"), [(None, True), (13, False), (14, True)])
def test_how_far_messages_lie_apart(days: int | None, apart: bool) -> None:
    now = datetime(2026, 11, 27, tzinfo=UTC)
    at = None if days is None else now - timedelta(days=days)
    assert rhythm.is_apart(at, now=now) is apart


def test_the_language_of_the_person_decides_what_waits(cast: Cast) -> None:
    """In Traditional the client questions are not asked, so they hold nothing up."""
    cast.seeker.user.language = "zh-hant"
    cast.seeker.user.save()
    subject = working(cast, 30)
    around.remind(subject=subject, wanted=True)
    with translation.override("zh-hans"):
        take(subject, ("cbi-client",))
        assert reminders.remind_due(now=timezone.now(), apply=False) == 1
