from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.lib.dates import today
from jobs.applications.models import Application
from jobs.applications.services.retention import ask_retention
from tests.access import check_access
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.make import make_posting

OWN = {"seeker": 200}
COLLEAGUES = {"employer": 200, "colleague": 200}


def at(name: str, application: Application) -> str:
    return reverse(name, args=[application.public_id])


@pytest.fixture
def offered(cast: Cast) -> Application:
    posting = make_posting(cast.organization)
    return make_application(cast.seeker, posting, state="offered")


@pytest.fixture
def hired(cast: Cast) -> Application:
    """A week ago, so that both sides have been asked."""
    posting = make_posting(cast.organization)
    application = make_application(cast.seeker, posting, state="hired")
    start = today() - timedelta(days=7)
    Application.objects.filter(pk=application.pk).update(offer_start=start)
    ask_retention(now=timezone.now())
    return application


def test_who_compares_offers(cast: Cast, offered: Application) -> None:
    url = reverse("applications:offers")
    check_access(cast, url, {"seeker": 200, "other_seeker": 200})


def test_who_writes_an_offer(cast: Cast, offered: Application) -> None:
    url = at("applications:write_offer", offered)
    check_access(cast, url, COLLEAGUES)
    wrong = dict.fromkeys(COLLEAGUES, 422)
    check_access(cast, url, wrong, method="post", data={"base_pay": ""})


def test_who_undoes(cast: Cast, offered: Application) -> None:
    url = at("applications:undo", offered)
    check_access(cast, url, {"seeker": 302}, method="post")
    check_access(cast, url, {}, default=405)


def test_who_decides_about_the_others(
    cast: Cast, hired: Application, offered: Application
) -> None:
    check_access(cast, at("applications:others", hired), OWN)
    check_access(cast, at("applications:others", offered), {})


def test_who_says_how_it_is_going(
    cast: Cast, hired: Application, offered: Application
) -> None:
    check_access(cast, at("applications:checkin", hired), OWN)
    check_access(cast, at("applications:received_checkin", hired), COLLEAGUES)
    check_access(cast, at("applications:checkin", offered), {})
    check_access(cast, at("applications:received_checkin", offered), {})


def test_who_answers_it(cast: Cast, hired: Application) -> None:
    url = at("applications:checkin", hired)
    check_access(cast, url, {"seeker": 422}, method="post", data={"answer": ""})
    url = at("applications:received_checkin", hired)
    wrong = dict.fromkeys(COLLEAGUES, 422)
    check_access(cast, url, wrong, method="post", data={"answer": ""})


@pytest.mark.parametrize("name", ["applications:sent", "applications:sent_text"])
def test_who_reads_what_was_sent(cast: Cast, offered: Application, name: str) -> None:
    check_access(cast, at(name, offered), OWN)
