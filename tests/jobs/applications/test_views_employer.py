from __future__ import annotations

from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _
from pytest_django import DjangoAssertNumQueries

from accounts.employers.models import Membership
from accounts.identity.models import User
from accounts.lib.dates import SHANGHAI
from jobs.applications.models import Application
from tests.cast import Cast
from tests.jobs.applications.make import make_application, send, sent_days_ago, take
from tests.make import make_posting, make_seeker, make_user, sign_in

INBOX = "applications:inbox"


@pytest.fixture
def employer(cast: Cast, client: Client) -> User:
    sign_in(client, cast.employer)
    return cast.employer


@pytest.fixture
def seen(cast: Cast, employer: User) -> Application:
    return make_application(
        cast.seeker, make_posting(cast.organization), state="viewed"
    )


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def read(client: Client, application: Application) -> str:
    url = reverse("applications:received", args=[application.public_id])
    return text_of(client.get(url))


def act(client: Client, application: Application, event: str, **answers: object) -> Any:
    """Send the form of `event`, drawn from the application as it stands here."""
    url = reverse("applications:step", args=[application.public_id, event])
    values = {"version": application.version} | answers
    return client.post(url, {f"{event}-{name}": v for name, v in values.items()})


def local(days: int) -> str:
    moment = (timezone.now() + timedelta(days=days)).astimezone(SHANGHAI)
    return moment.strftime("%Y-%m-%dT14:30")


def test_opening_it_counts_as_seen_once(
    client: Client, cast: Cast, employer: User
) -> None:
    application = send(cast.seeker, make_posting(cast.organization))
    assert "林小舟" in read(client, application)
    read(client, application)
    application.refresh_from_db()
    assert (application.state, application.version) == ("viewed", 2)


def test_a_program_that_asks_for_the_head_has_not_read_it(
    client: Client, cast: Cast, employer: User
) -> None:
    application = send(cast.seeker, make_posting(cast.organization))
    client.head(f"/applications/inbox/{application.public_id}/")
    application.refresh_from_db()
    assert application.state == "submitted"


def test_looking_at_the_inbox_is_not_opening(
    client: Client, cast: Cast, employer: User
) -> None:
    application = send(cast.seeker, make_posting(cast.organization))
    client.get(reverse(INBOX))
    application.refresh_from_db()
    assert application.state == "submitted"


GOOD: list[tuple[str, dict[str, object], str]] = [
    ("shortlist", {}, "shortlisted"),
    ("postpone", {"reason": "等名额"}, "on_hold"),
    ("decline", {"reason": "pay", "message": "预算低。"}, "declined"),
]


@pytest.mark.parametrize(("event", "answers", "state"), GOOD)
def test_a_step_is_taken(
    client: Client,
    seen: Application,
    event: str,
    answers: dict[str, object],
    state: str,
) -> None:
    response = act(client, seen, event, **answers)
    assert response["Location"] == reverse(
        "applications:received", args=[seen.public_id]
    )
    seen.refresh_from_db()
    assert seen.state == state


FAR = (datetime.now(SHANGHAI) + timedelta(days=200)).strftime("%Y-%m-%d")
BAD: list[tuple[str, dict[str, object], str | Promise]] = [
    ("postpone", {"reason": ""}, _("This field is required.")),
    ("postpone", {"reason": "长" * 301}, "300"),
    (
        "decline",
        {"reason": "", "message": "写了很久的话"},
        _("This field is required."),
    ),
    ("decline", {"reason": "mood", "message": "写了很久的话"}, "写了很久的话"),
    (
        "decline",
        {"reason": "other", "message": "  "},
        _("Please say in a few words which one."),
    ),
]


@pytest.mark.parametrize(("event", "answers", "sentence"), BAD)
def test_a_wrong_answer_is_explained_and_nothing_is_lost(
    client: Client,
    seen: Application,
    event: str,
    answers: dict[str, object],
    sentence: str | Promise,
) -> None:
    response = act(client, seen, event, **answers)
    text = text_of(response)
    assert response.status_code == 422
    assert str(sentence) in text
    typed = [str(value) for value in answers.values() if str(value).strip("\u200b ")]
    assert all(value in text for value in typed if value != "mood")
    seen.refresh_from_db()
    assert seen.state == "viewed"


@pytest.mark.parametrize(("pay", "start"), [("100", FAR), ("", ""), ("9999999", FAR)])
def test_an_offer_needs_a_sane_pay_and_day(
    client: Client, cast: Cast, employer: User, pay: str, start: str
) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state="shortlisted"
    )
    response = act(client, application, "offer", pay=pay, start=start)
    assert response.status_code == 422
    assert text_of(response).count("field-error") >= 2


def test_the_slower_colleague_is_told_and_keeps_the_words(
    client: Client, cast: Cast, seen: Application
) -> None:
    cast.colleague.display_name = "邵一鸣"
    cast.colleague.save()
    take(seen, "shortlist", cast.colleague)
    response = act(client, seen, "decline", reason="pay", message="写了很久的话")
    text = text_of(response)
    assert response.status_code == 409
    assert gettext("Somebody was quicker. Nothing of yours was sent.") in text
    assert "邵一鸣" in text
    assert "写了很久的话" in text
    seen.refresh_from_db()
    assert seen.state == "shortlisted"


def test_after_being_told_the_same_form_can_be_sent(
    client: Client, cast: Cast, seen: Application
) -> None:
    current = take(seen, "shortlist", cast.colleague)
    response = act(client, seen, "decline", reason="pay", message="写了很久的话")
    field = f'name="decline-version" value="{current.version}"'
    assert field in text_of(response)
    act(client, current, "decline", reason="pay", message="写了很久的话")
    seen.refresh_from_db()
    assert (seen.state, seen.message_to_seeker) == ("declined", "写了很久的话")


def test_words_are_shown_even_when_the_step_is_gone(
    client: Client, cast: Cast, seen: Application
) -> None:
    take(seen, "withdraw", cast.seeker.user)
    response = act(client, seen, "decline", reason="pay", message="写了很久的话")
    assert response.status_code == 409
    assert "写了很久的话" in text_of(response)


def test_whoever_withdrew_is_no_longer_shown(
    client: Client, cast: Cast, seen: Application
) -> None:
    take(seen, "withdraw", cast.seeker.user)
    for text in (
        read(client, seen),
        text_of(client.get(reverse(INBOX) + "?tab=ended")),
    ):
        assert "林小舟" not in text
        assert "138 0000 0000" not in text


def test_a_removed_posting_offers_only_a_goodbye(
    client: Client, seen: Application
) -> None:
    type(seen.posting).objects.update(state="removed")
    text = read(client, seen)
    assert "decline-message" in text
    assert "shortlist-version" not in text
    assert reverse("applications:propose", args=[seen.public_id]) not in text
    response = act(client, seen, "shortlist")
    assert response.status_code == 409


def test_leaving_the_organisation_ends_the_access(
    client: Client, cast: Cast, seen: Application
) -> None:
    sign_in(client, cast.colleague)
    assert "林小舟" in read(client, seen)
    Membership.objects.filter(user=cast.colleague).update(is_active=False)
    url = reverse("applications:received", args=[seen.public_id])
    assert client.get(url).status_code == 404
    assert act(client, seen, "shortlist").status_code == 404


def test_without_an_organisation_the_inbox_leads_to_founding_one(
    client: Client, db: None
) -> None:
    sign_in(client, make_user("employer", email="alone@example.com"))
    response = client.get(reverse(INBOX))
    assert response["Location"] == reverse("employers:overview")


def test_an_unknown_step_does_not_exist(client: Client, seen: Application) -> None:
    assert act(client, seen, "view").status_code == 404


@pytest.mark.parametrize(
    ("state", "tab"),
    [
        ("submitted", "waiting"),
        ("viewed", "waiting"),
        ("shortlisted", "shortlisted"),
        ("interview", "interview"),
        ("offered", "offered"),
        ("on_hold", "on_hold"),
        ("hired", "ended"),
        ("no_response", "ended"),
    ],
)
def test_each_stage_has_its_tab(
    client: Client, cast: Cast, employer: User, state: str, tab: str
) -> None:
    make_application(cast.seeker, make_posting(cast.organization), state=state)
    tabs = ("waiting", "shortlisted", "interview", "offered", "on_hold", "ended")
    found = [
        t for t in tabs if "林小舟" in text_of(client.get(f"{reverse(INBOX)}?tab={t}"))
    ]
    assert found == [tab]


def test_those_waiting_longest_come_first(
    client: Client, cast: Cast, employer: User
) -> None:
    posting = make_posting(cast.organization)
    newer = send(cast.seeker, posting)
    older = sent_days_ago(send(cast.other_seeker, posting), 9)
    text = text_of(client.get(reverse(INBOX)))
    assert text.index(str(older.public_id)) < text.index(str(newer.public_id))


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 5000, ""])
def test_a_broken_page_number_is_the_first_page(
    client: Client, seen: Application, page: str
) -> None:
    assert "林小舟" in text_of(client.get(reverse(INBOX), {"page": page}))


def test_a_long_inbox_comes_in_pages_with_few_queries(
    client: Client,
    cast: Cast,
    employer: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    posting = make_posting(cast.organization)
    for n in range(32):
        send(make_seeker(email=f"s{n}@example.com"), posting)
    # A first look leaves a line for each person who is named on it.
    with django_assert_max_num_queries(14):
        first = text_of(client.get(reverse(INBOX)))
    second = text_of(client.get(reverse(INBOX), {"page": "2"}))
    assert (first.count('scope="row"'), second.count('scope="row"')) == (30, 2)
    assert "?page=2" in first


def test_the_inbox_can_be_narrowed_to_one_posting(
    client: Client, cast: Cast, seen: Application
) -> None:
    other = make_posting(cast.organization, title="打字客服")
    send(cast.other_seeker, other)
    text = text_of(client.get(reverse(INBOX), {"posting": str(other.public_id)}))
    assert str(seen.public_id) not in text
    assert "打字客服" in text
