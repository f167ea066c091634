from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.identity.models import AuditEvent, User
from jobs.applications.models import Application
from jobs.hiring.rules.board import possible_moves
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.jobs.applications.make import PATHS, make_application, take
from tests.make import make_posting, sign_in

PART = {"HX-Request": "true"}


@pytest.fixture
def employer(cast: Cast, client: Client) -> User:
    sign_in(client, cast.employer)
    return cast.employer


@pytest.fixture
def seen(cast: Cast, employer: User) -> Application:
    return make_application(
        cast.seeker, make_posting(cast.organization), state="viewed"
    )


def url_of(application: Application) -> str:
    return reverse("hiring:move", args=[application.public_id])


def send(
    client: Client,
    application: Application,
    event: str,
    *,
    part: bool = False,
    back: str = "",
    **answers: Any,
) -> Any:
    """The form of `event`, as it was drawn when `application` was read."""
    values: dict[str, Any] = {"version": application.version} | answers
    data = {f"{event}-{name}": v for name, v in values.items()}
    headers = PART if part else {}
    data |= {"event": event, "back": back}
    return client.post(url_of(application), data, headers=headers)


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


@pytest.mark.parametrize("state", PATHS)
def test_exactly_what_the_table_allows_is_offered(
    client: Client, cast: Cast, employer: User, state: str
) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state=state
    )
    choices = client.get(url_of(application)).context["choices"]
    wanted = {move.event for move in possible_moves(state=state)}
    assert {choice.move.event for choice in choices} == wanted
    pages = [choice.url for choice in choices if choice.url]
    assert {client.get(page).status_code for page in pages} <= {200}


@pytest.mark.parametrize(
    ("event", "answers", "state"),
    [
        ("shortlist", {}, "shortlisted"),
        ("postpone", {"reason": "等名额"}, "on_hold"),
        ("decline", {"reason": "pay", "message": "预算低。"}, "declined"),
    ],
)
def test_a_step_is_taken_and_leads_back_to_the_same_filters(
    client: Client,
    seen: Application,
    event: str,
    answers: dict[str, Any],
    state: str,
) -> None:
    back = "view=list&stage=viewed"
    response = send(client, seen, event, back=back, **answers)
    assert response["Location"] == f"/hiring/?{back}"
    seen.refresh_from_db()
    assert seen.state == state
    assert seen.transitions.filter(to_state=state).count() == 1


def test_the_way_back_never_leads_off_the_site(
    client: Client, seen: Application
) -> None:
    back = "//evil.example.com/&next=https://evil.example.com&sort=newest"
    assert send(client, seen, "shortlist", back=back)["Location"] == (
        "/hiring/?sort=newest"
    )


def test_an_offer_is_taken_back_with_a_reason(
    client: Client, cast: Cast, employer: User
) -> None:
    posting = make_posting(cast.organization)
    offered = make_application(cast.seeker, posting, state="offered")
    assert send(client, offered, "retract", reason="").status_code == 422
    send(client, offered, "retract", reason="项目停了")
    offered.refresh_from_db()
    assert (offered.state, offered.message_to_seeker) == ("retracted", "项目停了")


@pytest.mark.parametrize(
    ("event", "answers", "kept"),
    [
        ("decline", {"reason": "", "message": "写了很久的话"}, "写了很久的话"),
        ("decline", {"reason": "other", "message": ""}, "请"),
        ("postpone", {"reason": "长" * 301}, "长" * 301),
        ("decline", {"reason": "pay", "message": "请带上征信报告再来"}, "征信报告"),
        (
            "decline",
            {"reason": "pay", "message": "打给 13911112222 或 13933334444"},
            "13933334444",
        ),
    ],
)
def test_a_wrong_answer_keeps_the_words_and_moves_nothing(
    client: Client,
    seen: Application,
    event: str,
    answers: dict[str, Any],
    kept: str,
) -> None:
    response = send(client, seen, event, **answers)
    assert response.status_code == 422
    assert kept in text_of(response)
    (choice,) = [c for c in response.context["choices"] if c.is_open]
    assert choice.form.errors
    seen.refresh_from_db()
    assert seen.state == "viewed"


def test_somebody_was_quicker_and_the_words_are_still_there(
    client: Client, cast: Cast, seen: Application
) -> None:
    cast.colleague.display_name = "苏敏"
    cast.colleague.save()
    stale = Application.objects.get(pk=seen.pk)
    take(seen, "shortlist", cast.colleague)
    response = send(client, stale, "postpone", reason="等总部批名额")
    assert response.status_code == 409
    page = text_of(response)
    assert "苏敏" in response.context["moved"]
    assert "等总部批名额" in page
    seen.refresh_from_db()
    assert seen.state == "shortlisted"
    # The form carries the state as it is now: sent again, it works.
    version = response.context["application"].version
    again = send(client, stale, "postpone", version=version, reason="等总部批名额")
    assert again.status_code == 302
    seen.refresh_from_db()
    assert seen.state == "on_hold"


def test_a_step_that_is_gone_still_shows_the_words(
    client: Client, cast: Cast, seen: Application
) -> None:
    stale = Application.objects.get(pk=seen.pk)
    take(seen, "withdraw", cast.seeker.user)
    response = send(client, stale, "decline", reason="pay", message="我写的话")
    assert response.status_code == 409
    assert response.context["unsent"][0][1] == "我写的话"
    assert "林小舟" not in text_of(response)


def test_a_look_by_a_colleague_is_no_reason_to_ask_again(
    client: Client, cast: Cast, employer: User
) -> None:
    fresh = make_application(cast.seeker, make_posting(cast.organization))
    stale = Application.objects.get(pk=fresh.pk)
    take(fresh, "view", cast.colleague)
    assert send(client, stale, "shortlist").status_code == 302
    fresh.refresh_from_db()
    assert fresh.state == "shortlisted"


def test_a_look_and_a_step_are_a_reason(
    client: Client, cast: Cast, employer: User
) -> None:
    fresh = make_application(cast.seeker, make_posting(cast.organization))
    stale = Application.objects.get(pk=fresh.pk)
    take(take(fresh, "view", cast.colleague), "postpone", cast.colleague)
    assert send(client, stale, "shortlist").status_code == 409


def test_a_posting_that_was_taken_down_only_lets_people_go(
    client: Client, seen: Application
) -> None:
    Posting.objects.filter(pk=seen.posting_id).update(state="removed")
    choices = client.get(url_of(seen)).context["choices"]
    assert [choice.move.event for choice in choices] == ["decline"]
    response = send(client, seen, "shortlist")
    assert response.status_code == 409
    assert "下架" in response.context["moved"]


def test_what_was_aimed_at_is_open(client: Client, seen: Application) -> None:
    choices = client.get(f"{url_of(seen)}?to=on_hold").context["choices"]
    assert next((c.move.event, c.is_open) for c in choices) == ("postpone", True)
    assert sum(choice.is_open for choice in choices) == 1


@pytest.mark.parametrize("event", ["", "view", "propose", "accept", "nonsense"])
def test_no_other_step_can_be_sent(
    client: Client, seen: Application, event: str
) -> None:
    assert send(client, seen, event).status_code == 404


def test_the_script_gets_a_part_and_one_sentence(
    client: Client, seen: Application
) -> None:
    part = client.get(url_of(seen), headers=PART).content.decode()
    assert "<html" not in part
    done = send(client, seen, "shortlist", part=True)
    assert done.json()["said"]
    assert "messages" not in client.cookies


def test_opening_the_sheet_leaves_a_line(client: Client, seen: Application) -> None:
    client.get(url_of(seen))
    lines = AuditEvent.objects.filter(
        action="application.listed", subject_id=seen.seeker.user_id
    )
    assert lines.count() == 1


def test_another_organisations_is_not_there(
    client: Client, cast: Cast, seen: Application
) -> None:
    sign_in(client, cast.other_employer)
    assert send(client, seen, "shortlist").status_code == 404
    seen.refresh_from_db()
    assert seen.state == "viewed"
