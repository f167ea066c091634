from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.consent.access import looks_at
from accounts.identity.models import User
from jobs.applications.models import Application
from jobs.applications.services.steps import view_application
from jobs.hiring.rules.board import COLUMN_OF
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.jobs.applications.make import PATHS, make_application, sent_days_ago, take
from tests.jobs.applications.make_interviews import offer
from tests.jobs.applications.make_people import agree, ask
from tests.jobs.hiring.make import crowd, plain_rows, send_as
from tests.make import make_posting, make_user, sign_in

DESK = "/hiring/"


@pytest.fixture
def employer(cast: Cast, client: Client) -> User:
    sign_in(client, cast.employer)
    return cast.employer


@pytest.fixture
def posting(cast: Cast) -> Posting:
    return make_posting(cast.organization)


def shown(client: Client, query: str = "") -> list[str]:
    """The names on the list, in their order."""
    response = client.get(f"{DESK}?view=list&{query}")
    return [c.application.applicant_name for c in response.context["cards"]]


def board(client: Client, query: str = "") -> dict[str, list[str]]:
    columns = client.get(f"{DESK}?{query}").context["columns"]
    return {
        column.name: [card.application.applicant_name for card in column.cards]
        for column in columns
        if column.cards
    }


@pytest.mark.parametrize("state", PATHS)
def test_each_stands_in_its_column(
    client: Client, cast: Cast, employer: User, posting: Posting, state: str
) -> None:
    application = make_application(cast.seeker, posting, state=state)
    found = board(client)
    assert found == {COLUMN_OF[state]: [application.applicant_name]}


def test_looking_at_the_board_is_not_opening(
    client: Client, cast: Cast, employer: User, posting: Posting
) -> None:
    application = send_as(cast.seeker, posting)
    client.get(DESK)
    application.refresh_from_db()
    assert application.state == "submitted"


def test_whoever_is_shown_can_read_it(
    client: Client, cast: Cast, employer: User, posting: Posting
) -> None:
    send_as(cast.seeker, posting)
    client.get(DESK)
    client.get(f"{DESK}?view=list")
    (line,) = looks_at(cast.seeker.user)
    assert line.who == cast.organization.display_name


def test_others_see_nothing_of_it(client: Client, cast: Cast, posting: Posting) -> None:
    send_as(cast.seeker, posting)
    sign_in(client, cast.other_employer)
    assert "林小舟" not in client.get(DESK).content.decode()


def test_without_an_organisation_one_is_set_up_first(client: Client, db: None) -> None:
    sign_in(client, make_user("employer", email="new.hr@example.com"))
    assert client.get(DESK)["Location"] == reverse("employers:overview")


def test_in_a_column_the_longest_wait_comes_first(
    client: Client, employer: User, posting: Posting
) -> None:
    _first, second, third = crowd(posting, ["甲", "乙", "丙"])
    sent_days_ago(second, 9)
    sent_days_ago(third, 4)
    assert board(client)["submitted"] == ["乙", "丙", "甲"]
    assert board(client, "sort=newest")["submitted"] == ["甲", "丙", "乙"]


def test_the_time_to_answer_is_shown(
    client: Client, employer: User, posting: Posting
) -> None:
    (late,) = crowd(posting, ["甲"])
    sent_days_ago(late, 12)
    (card,) = client.get(DESK).context["columns"][0].cards
    assert card.clock.days_left == 2
    assert card.clock.is_soon


def test_a_full_column_leads_to_the_rest(
    client: Client, employer: User, posting: Posting
) -> None:
    plain_rows(posting, 25)
    column = client.get(DESK).context["columns"][-1]
    assert (column.total, len(column.cards)) == (25, 20)
    assert client.get(DESK + column.more).context["total"] == 25


# ---- Filters


class Crowd:
    """Six people, each of whom one filter finds."""

    def __init__(self, cast: Cast) -> None:
        self.posting = make_posting(cast.organization)
        self.elsewhere = make_posting(
            cast.organization, title="深圳质检员", city_code="4403"
        )
        (self.late,) = crowd(self.posting, ["久等"])
        sent_days_ago(self.late, 8)
        (self.far,) = crowd(self.elsewhere, ["远方"])
        (mine,) = crowd(self.posting, ["相识"])
        take(mine, "shortlist", cast.employer)
        (talk,) = crowd(self.posting, ["有约"])
        talk = view_application(application=talk, actor=cast.colleague)
        offer(talk, cast.colleague)
        agree(cast.seeker)
        ask(self.posting, cast.seeker, cast.colleague)
        send_as(cast.seeker, self.posting, name="受邀")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("waited=7", {"久等"}),
        ("unanswered=on", {"久等", "远方", "受邀"}),
        ("city=4403", {"远方"}),
        ("stage=shortlisted", {"相识", "有约"}),
        ("mine=on", {"相识"}),
        ("talk=open", {"有约"}),
        ("talk=settled", set()),
        ("talk=none", {"久等", "远方", "相识", "受邀"}),
        ("source=invited", {"受邀"}),
        ("source=applied", {"久等", "远方", "相识", "有约"}),
        ("q=久", {"久等"}),
        ("q=深圳质", {"远方"}),
        ("unanswered=on&city=3101&waited=3", {"久等"}),
    ],
)
def test_a_filter_finds(
    client: Client, cast: Cast, employer: User, query: str, names: set[str]
) -> None:
    Crowd(cast)
    assert set(shown(client, query)) == names
    response = client.get(f"{DESK}?view=list&{query}")
    assert response.context["total"] == len(names)


def test_one_posting_alone(client: Client, cast: Cast, employer: User) -> None:
    people = Crowd(cast)
    assert shown(client, f"posting={people.elsewhere.public_id}") == ["远方"]
    assert board(client, f"posting={people.elsewhere.public_id}") == {
        "submitted": ["远方"]
    }


def test_unanswered_ones_come_first(client: Client, cast: Cast, employer: User) -> None:
    people = Crowd(cast)
    sent_days_ago(Application.objects.get(snapshot__name="相识"), 12)
    assert shown(client)[0] == "久等"
    assert shown(client, "sort=longest")[0] == "相识"
    assert people.late.applicant_name == "久等"


def test_whoever_left_is_not_found_by_name(
    client: Client, cast: Cast, employer: User, posting: Posting
) -> None:
    application = send_as(cast.seeker, posting, name="柳离开")
    assert shown(client, "q=柳离") == ["柳离开"]
    take(application, "withdraw", cast.seeker.user)
    assert shown(client, "q=柳离") == []
    assert "柳离开" not in client.get(DESK).content.decode()


@pytest.mark.parametrize(
    "query",
    ["posting=nonsense", "stage=nowhere", "waited=x", "sort=up", "after=x", "talk=1"],
)
def test_a_filter_that_makes_no_sense_is_left_out(
    client: Client, cast: Cast, employer: User, posting: Posting, query: str
) -> None:
    send_as(cast.seeker, posting)
    assert shown(client, query) == ["林小舟"]


@pytest.mark.parametrize("sort", ["unanswered", "longest", "newest"])
def test_the_pages_hold_everybody_once(
    client: Client, cast: Cast, employer: User, posting: Posting, sort: str
) -> None:
    rows = plain_rows(posting, 70)
    moment = timezone.now()
    for number, row in enumerate(rows):
        # Many sent at the same moment: nobody falls between two pages.
        row.submitted_at = moment - timedelta(days=number // 40)
    Application.objects.bulk_update(rows, ["submitted_at"])
    send_as(cast.seeker, posting)
    seen, query = [], f"?view=list&sort={sort}"
    while query:
        response = client.get(DESK + query)
        seen += [card.application.pk for card in response.context["cards"]]
        query = response.context["older"]
    assert len(seen) == len(set(seen)) == 71


@pytest.mark.parametrize("view", ["board", "list"])
def test_as_many_questions_for_many_as_for_few(
    client: Client, cast: Cast, employer: User, posting: Posting, view: str
) -> None:
    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(f"{DESK}?view={view}")
        return len(asked)

    crowd(posting, ["甲", "乙"], member=employer, state="offered")
    crowd(posting, ["丙"])
    questions()
    few = questions()
    plain_rows(posting, 60)
    crowd(posting, [f"人{n}" for n in range(8)])
    questions()
    assert questions() == few


def test_the_part_alone_for_the_script(
    client: Client, cast: Cast, employer: User, posting: Posting
) -> None:
    send_as(cast.seeker, posting)
    response: Any = client.get(DESK, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert "<html" not in page
    assert 'data-ways="shortlisted:shortlist:now' in page
    assert "HX-Request" in response["Vary"]
