from __future__ import annotations

from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.identity.models import AuditEvent, OutboxMessage, User
from jobs.applications.models import Application, ApplicationTransition
from jobs.hiring.models import Batch, BatchRow
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.jobs.applications.clock import SetClock, set_clock
from tests.jobs.applications.make import take
from tests.jobs.hiring.make import crowd, value
from tests.make import make_posting, sign_in

__all__ = ["set_clock"]
URL = "/hiring/many/"


@pytest.fixture
def employer(cast: Cast, client: Client) -> User:
    sign_in(client, cast.employer)
    return cast.employer


@pytest.fixture
def posting(cast: Cast) -> Posting:
    return make_posting(cast.organization)


@pytest.fixture
def three(employer: User, posting: Posting) -> list[Application]:
    return crowd(posting, ["甲某", "乙某", "丙某"])


def send(client: Client, rows: list[Application], action: str, **data: Any) -> Any:
    picked = data.pop("picked", [value(row) for row in rows])
    return client.post(URL, {"picked": picked, "action": action, **data})


def states(rows: list[Application]) -> list[str]:
    found = dict(Application.objects.values_list("pk", "state"))
    return [found[row.pk] for row in rows]


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def test_declining_many_from_the_first_page_to_the_last(
    client: Client, three: list[Application]
) -> None:
    asked = send(client, three, "decline")
    assert "甲某" in text_of(asked)
    token = asked.context["token"]
    answers = {"token": token, "reason": "schedule", "message": "这班要上夜班。"}
    looked = send(client, three, "decline", go="look", **answers)
    assert "时间或上班的日子不合适。" in text_of(looked) or looked.context["sentences"]
    assert looked.context["words"] == "这班要上夜班。"
    assert states(three) == ["submitted"] * 3
    sent = send(client, three, "decline", go="send", **answers)
    assert sent["Location"] == reverse("hiring:batch", args=[token])
    assert states(three) == ["declined"] * 3
    told = OutboxMessage.objects.filter(template="applications/declined")
    assert told.count() == 3
    words = Application.objects.values_list("message_to_seeker", "decline_reason")
    assert set(words) == {("这班要上夜班。", "schedule")}
    page = text_of(client.get(sent["Location"]))
    assert all(row.applicant_name in page for row in three)


def test_shortlisting_needs_no_words_but_a_look(
    client: Client, three: list[Application]
) -> None:
    looked = send(client, three, "shortlist")
    assert states(three) == ["submitted"] * 3
    send(client, three, "shortlist", go="send", token=looked.context["token"])
    assert states(three) == ["shortlisted"] * 3


def test_holding_needs_a_reason(client: Client, three: list[Application]) -> None:
    data = {"go": "send", "token": uuid4()}
    response = send(client, three, "postpone", reason="", **data)
    assert response.status_code == 422
    assert states(three) == ["submitted"] * 3
    send(client, three, "postpone", reason="等名额", **data)
    assert states(three) == ["on_hold"] * 3
    reasons = ApplicationTransition.objects.filter(event="postpone")
    assert set(reasons.values_list("reason", flat=True)) == {"等名额"}


@pytest.mark.parametrize(
    "answers",
    [
        {"reason": "", "message": "写了很久的话"},
        {"reason": "other", "message": ""},
        {"reason": "mood", "message": "写了很久的话"},
        {"reason": "pay", "message": "请带上征信报告再来"},
        {"reason": "pay", "message": "打给 13911112222 或 13933334444"},
    ],
)
def test_a_wrong_answer_keeps_the_words_and_sends_nothing(
    client: Client, three: list[Application], answers: dict[str, str]
) -> None:
    data = answers | {"token": str(uuid4())}
    for go in ("look", "send"):
        response = send(client, three, "decline", go=go, **data)
        assert response.status_code == 422
        assert answers["message"] in text_of(response)
        assert len(response.context["possible"]) == 3
    assert states(three) == ["submitted"] * 3
    assert not Batch.objects.exists()


def test_the_words_can_be_changed_after_the_look(
    client: Client, three: list[Application]
) -> None:
    answers = {"reason": "pay", "message": "预算低。", "token": str(uuid4())}
    response = send(client, three, "decline", go="change", **answers)
    assert "预算低。" in text_of(response)
    assert not Batch.objects.exists()


def test_each_row_says_what_became_of_it(
    client: Client, cast: Cast, three: list[Application], posting: Posting
) -> None:
    first, second, third = three
    moved = value(second)
    take(take(second, "view", cast.colleague), "shortlist", cast.colleague)
    gone = value(third)
    take(third, "withdraw", third.seeker.user)
    picked = [value(first), moved, gone]
    answers = {"reason": "pay", "message": "预算低。", "token": str(uuid4())}
    sent = send(client, three, "decline", go="send", picked=picked, **answers)
    outcomes = dict(BatchRow.objects.values_list("application", "outcome"))
    assert outcomes == {first.pk: "done", second.pk: "moved", third.pk: "moved"}
    assert states(three) == ["declined", "shortlisted", "withdrawn"]
    page = client.get(sent["Location"])
    assert (page.context["done"], page.context["left"]) == (1, 2)


def test_a_step_that_is_not_possible_is_said_before(
    client: Client, employer: User, posting: Posting
) -> None:
    rows = crowd(posting, ["甲某"], member=employer, state="offered")
    rows += crowd(posting, ["乙某"])
    response = send(client, rows, "postpone")
    names = [p.application.applicant_name for p in response.context["others"]]
    assert names == ["甲某"]
    assert [p.application.pk for p in response.context["possible"]] == [rows[1].pk]


def test_a_second_tap_does_nothing_twice(
    client: Client, three: list[Application]
) -> None:
    answers = {"reason": "pay", "message": "预算低。", "token": str(uuid4())}
    for _ in range(2):
        sent = send(client, three, "decline", go="send", **answers)
        assert sent.status_code == 302
    assert Batch.objects.count() == 1
    assert BatchRow.objects.filter(outcome="done").count() == 3
    assert ApplicationTransition.objects.filter(event="decline").count() == 3


def test_a_token_means_one_thing(
    client: Client, cast: Cast, three: list[Application]
) -> None:
    """Neither another step nor another person can use it again."""
    token = str(uuid4())
    send(client, three[:1], "shortlist", go="send", token=token)
    other = {"reason": "pay", "message": "", "token": token}
    assert send(client, three[1:], "decline", go="send", **other).status_code == 302
    sign_in(client, cast.colleague)
    send(client, three[1:], "shortlist", go="send", token=token)
    assert states(three) == ["shortlisted", "submitted", "submitted"]


def test_others_applications_are_not_among_them(
    client: Client, cast: Cast, three: list[Application]
) -> None:
    (foreign,) = crowd(make_posting(cast.other_organization), ["别家"])
    data = {"go": "send", "token": str(uuid4())}
    send(client, [*three, foreign], "shortlist", **data)
    assert states([foreign]) == ["submitted"]
    assert not BatchRow.objects.filter(application=foreign).exists()
    page = text_of(send(client, [foreign], "shortlist"))
    assert "别家" not in page


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"action": "decline"},
        {"action": "nonsense", "picked": "x"},
        {"action": "decline", "picked": ["x", "y.1", ".", f"{uuid4()}.x"]},
        {"action": "decline", "picked": [f"{uuid4()}.1" for _ in range(101)]},
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_sent(
    client: Client, three: list[Application], data: dict[str, Any]
) -> None:
    response = client.post(URL, data | {"back": "view=list"}, follow=True)
    assert response.redirect_chain == [("/hiring/?view=list", 302)]
    (message,) = response.context["messages"]
    assert "。" in str(message)
    assert states(three) == ["submitted"] * 3


def test_at_night_the_page_says_that_it_waits(
    client: Client, three: list[Application], set_clock: SetClock
) -> None:
    set_clock("23:30")
    assert "8:00" in send(client, three, "shortlist").context["when"]
    set_clock("12:00")
    assert "8:00" not in send(client, three, "shortlist").context["when"]


def test_everybody_on_the_page_can_read_that_they_were(
    client: Client, three: list[Application]
) -> None:
    send(client, three, "decline")
    lines = AuditEvent.objects.filter(action="application.listed")
    assert lines.count() == 3
