"""How an employer stands: its own record, the board's, who was hired and stayed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.employers.models import Organization, ResponseRecord
from accounts.lib.dates import today
from accounts.seekers.models import SeekerProfile
from jobs.applications.models import Application, RetentionCheck
from jobs.insights.services.hiring import count_hiring
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.jobs.applications.make_people import make_apart
from tests.make import make_posting, make_seeker, sign_in

pytestmark = pytest.mark.django_db


def record(client: Client, cast: Cast) -> Any:
    sign_in(client, cast.employer)
    return client.get(reverse("insights:record"))


def write(organization: Organization, **fields: Any) -> ResponseRecord:
    values: dict[str, Any] = {"waits": 10, "answered": 9, "median_hours": 50}
    return ResponseRecord.objects.create(organization=organization, **(values | fields))


def hire(posting: Posting, number: int, *, days_ago: int = 100) -> Application:
    """Somebody who began that many days ago."""
    seeker: SeekerProfile = make_seeker(email=f"hired{number}@example.com")
    application = make_application(seeker, posting, state="hired")
    start = today() - timedelta(days=days_ago)
    Application.objects.filter(pk=application.pk).update(offer_start=start)
    return application


def say(application: Application, answer: str, *, side: str = "seeker") -> None:
    RetentionCheck.objects.create(
        application=application,
        day=90,
        respondent=side,
        asked_at=timezone.now(),
        answer=answer,
        answered_at=timezone.now() if answer else None,
    )


def test_too_few_say_nothing(client: Client, cast: Cast) -> None:
    write(cast.organization, waits=4, answered=4)
    page = record(client, cast)
    assert page.context["percent"] is None
    assert "还太少" in page.content.decode()


def test_the_own_share_stands_beside_the_boards(client: Client, cast: Cast) -> None:
    write(cast.organization)
    for number in range(1, 5):
        write(make_apart(number, f"第{number}家"), answered=number)
    context = record(client, cast).context
    assert context["percent"] == 90
    assert context["record"].board.percent == 30


def test_four_employers_are_no_board(client: Client, cast: Cast) -> None:
    write(cast.organization)
    for number in range(1, 4):
        write(make_apart(number, f"第{number}家"))
    assert record(client, cast).context["record"].board.percent is None


def test_who_waits_comes_first(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    old = make_application(cast.seeker, posting)
    make_application(cast.other_seeker, posting)
    sent = timezone.now() - timedelta(days=12)
    Application.objects.filter(pk=old.pk).update(submitted_at=sent)
    page = record(client, cast)
    assert (page.context["record"].waiting, page.context["record"].late_soon) == (2, 1)
    text = page.content.decode()
    assert "有 2 人在等答复" in text
    assert reverse("applications:inbox") in text
    assert cast.seeker.contact_name not in text


def test_silence_is_told_with_what_ends_the_pause(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    make_application(cast.seeker, posting, state="no_response")
    found = record(client, cast).context["record"]
    assert (found.breaches, found.breaches_left) == (1, 2)


def test_hires_and_who_stayed_are_counted(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    hired = [hire(posting, number) for number in range(6)]
    for application in hired[:4]:
        say(application, "yes")
    say(hired[4], "no")
    say(hired[5], "")
    assert count_hiring(now=timezone.now()) == 1
    row = ResponseRecord.objects.get()
    assert (row.hires, row.stay_answers, row.stay_percent) == (6, 5, 80)


def test_four_answers_are_no_share(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    for number in range(6):
        say(hire(posting, number), "yes" if number < 4 else "")
    count_hiring(now=timezone.now())
    row = ResponseRecord.objects.get()
    assert (row.hires, row.stay_answers, row.stay_percent) == (6, 4, None)


def test_counting_again_takes_back_what_is_over(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    for number in range(5):
        say(hire(posting, number), "yes")
    count_hiring(now=timezone.now())
    count_hiring(now=timezone.now() + timedelta(days=400))
    row = ResponseRecord.objects.get()
    assert (row.hires, row.stay_answers, row.stay_percent) == (0, 0, None)


def test_the_answers_of_the_record_stay(cast: Cast) -> None:
    write(cast.organization)
    hire(make_posting(cast.organization), 1)
    count_hiring(now=timezone.now())
    row = ResponseRecord.objects.get()
    assert (row.waits, row.answered, row.hires) == (10, 9, 1)


@pytest.mark.parametrize(
    ("hires", "words"),
    [(4, []), (6, ["一年里在这里录用了 6 人", "每 100 人里大约 80 人还在职"])],
)
def test_seekers_read_it_on_the_posting(
    client: Client, cast: Cast, hires: int, words: list[str]
) -> None:
    write(cast.organization, hires=hires, stay_answers=5, stay_percent=80)
    posting = make_posting(cast.organization)
    url = reverse("public:job", args=[posting.public_id])
    text = client.get(url).content.decode()
    assert all(word in text for word in words)
    assert ("一年里在这里录用" in text) is bool(words)


def test_the_database_refuses_a_share_of_few(cast: Cast) -> None:
    for stay in ({"stay_answers": 4, "stay_percent": 50}, {"stay_percent": 100}):
        with pytest.raises(IntegrityError), transaction.atomic():
            write(cast.organization, **stay)
