"""The applicant's number on no page, in no message, under no circumstances but one."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings, strategies as st

from accounts.identity.models import AuditEvent, OutboxMessage
from jobs.applications.enums import ApplicationState
from jobs.applications.models import Application
from jobs.applications.rules.snapshot import build_snapshot
from jobs.applications.views.presentation import snapshot_facts
from tests.cast import Cast
from tests.jobs.applications.clock import SetClock
from tests.jobs.applications.make_contact import look, received, say, with_check
from tests.make import sign_in

DIGITS = "13800000000"


def holds_number(text: str) -> bool:
    """In whatever way it is cut up."""
    return DIGITS in re.sub(r"[^0-9]", "", re.sub(r"<[^>]*>", "", text))


def employer_urls(application: Application) -> list[str]:
    """Every page that an organisation has about an applicant, and their own."""
    organization, posting = application.organization, application.posting
    inbox = reverse("applications:inbox")
    tabs = ("waiting", "shortlisted", "interview", "offered", "on_hold", "ended")
    return [
        reverse("applications:received", args=[application.public_id]),
        reverse("applications:record", args=[organization.public_id]),
        reverse("postings:mine"),
        reverse("postings:posting", args=[posting.public_id]),
        reverse("public:job", args=[posting.public_id]),
        reverse("employers:overview"),
        "/account/",
        "/",
        "/hiring/",
        "/hiring/?view=list",
        reverse("hiring:move", args=[application.public_id]),
        *(f"{inbox}?tab={tab}" for tab in tabs),
    ]


def read(client: Client, urls: list[str]) -> dict[str, str]:
    pages: dict[str, Any] = {url: client.get(url, follow=True) for url in urls}
    assert {r.status_code for r in pages.values()} <= {200, 404}
    return {url: page.content.decode() for url, page in pages.items()}


@pytest.mark.parametrize("state", ApplicationState.values)
def test_no_page_of_the_employer_holds_it(
    client: Client, cast: Cast, noon: datetime, state: str
) -> None:
    application = received(cast, state=state)
    for person in (cast.employer, cast.moderator):
        sign_in(client, person)
        pages = read(client, employer_urls(application))
        assert [url for url, page in pages.items() if holds_number(page)] == []


def test_no_step_form_that_is_shown_again_holds_it(
    client: Client, cast: Cast, noon: datetime
) -> None:
    application = received(cast)
    sign_in(client, cast.employer)
    for name, data in (("write", {"text": ""}), ("note_outcome", {})):
        url = reverse(f"applications:{name}", args=[application.public_id])
        assert not holds_number(client.post(url, data).content.decode())
    url = reverse("applications:step", args=[application.public_id, "decline"])
    assert not holds_number(client.post(url, {}).content.decode())


def test_only_the_look_shows_it_and_only_on_that_page(
    client: Client, cast: Cast, noon: datetime, set_clock: SetClock
) -> None:
    application = received(cast)
    look(application, cast.employer)
    sign_in(client, cast.employer)
    pages = read(client, employer_urls(application))
    assert [url for url, page in pages.items() if holds_number(page)] == [
        reverse("applications:received", args=[application.public_id])
    ]
    sign_in(client, cast.colleague)
    pages = read(client, employer_urls(application))
    assert not any(holds_number(page) for page in pages.values())


@pytest.mark.parametrize("state", ["hired", "withdrawn", "no_response", "retracted"])
def test_no_message_and_no_line_of_the_trail_holds_it(
    cast: Cast, noon: datetime, state: str
) -> None:
    talked = with_check(cast, state="offered")
    look(talked, cast.employer)
    say(talked, cast.employer)
    say(talked, cast.seeker.user)
    received(cast, state=state)
    for message in OutboxMessage.objects.all():
        assert not holds_number(message.subject + message.body)
    for event in AuditEvent.objects.all():
        assert not holds_number(str(event.detail))


def snapshot(phone: str) -> dict[str, object]:
    return build_snapshot(
        name="林小舟",
        phone=phone,
        city_code="3101",
        district="浦东新区",
        education="none",
        years=2,
        past_roles=["qa"],
        did=[],
        skills=[],
        can_start="now",
    )


@given(st.from_regex(r"\+861[3-9]\d{9}", fullmatch=True))
@settings(max_examples=50)
def test_the_facts_for_an_employer_never_hold_it(phone: str) -> None:
    shown = str(snapshot_facts(snapshot(phone)))
    assert phone[3:] not in re.sub(r"\D", "", shown)


def test_nobody_elses_data_is_sent() -> None:
    """Third parties cannot be reached: there is no key for them."""
    assert set(snapshot("")) == {
        "name",
        "phone",
        "city_code",
        "district",
        "education",
        "years",
        "past_roles",
        "did",
        "skills",
        "can_start",
    }
