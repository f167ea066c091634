from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.identity.models import AuditEvent
from accounts.identity.services.audit import record_event
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.applications.make import make_application
from tests.make import make_posting, sign_in


@pytest.fixture
def reader(cast: Cast) -> Any:
    cast.moderator.display_name = "何清"
    cast.moderator.save()
    cast.seeker.user.display_name = "林小舟本人"
    cast.seeker.user.save()
    client = StrictClient()
    sign_in(client, cast.operator)
    return client


@pytest.fixture
def events(cast: Cast) -> list[AuditEvent]:
    organization = cast.organization
    return [
        record_event(action="posting.approve", actor=cast.moderator, on=organization),
        record_event(
            action="seeker.shown",
            actor=cast.employer,
            on=organization,
            about=cast.seeker.user,
        ),
        record_event(action="posting.expire", actor=None, on=organization),
    ]


def actions(reader: Any, query: str) -> list[str]:
    lines = reader.get(f"{reverse('operations:trail')}{query}").context["lines"]
    # Without the looks of this test itself.
    return [
        line.event.action
        for line in lines
        if not line.event.action.startswith("operations.")
    ]


def test_each_box_narrows_it_down(
    reader: Any, cast: Cast, events: list[AuditEvent]
) -> None:
    approve, shown, expire = (event.action for event in events)
    assert actions(reader, "") == [expire, shown, approve]
    assert actions(reader, f"?who={cast.moderator.pk}") == [approve]
    assert actions(reader, f"?number={cast.seeker.user.pk}") == [shown]
    assert actions(reader, f"?number={cast.employer.pk}") == [shown]
    assert actions(reader, "?kind=system") == [expire]
    assert actions(reader, "?action=posting.") == [expire, approve]
    assert actions(reader, f"?object={cast.organization.public_id}") == [
        expire,
        shown,
        approve,
    ]
    assert actions(reader, "?object=nothing") == []
    assert actions(reader, "?until=2020-01-01") == []


def test_a_broken_box_says_so_and_finds_nothing(
    reader: Any, events: list[AuditEvent]
) -> None:
    url = reverse("operations:trail")
    for query in ("?number=abc", "?since=2026-02-02&until=2026-02-01", "?since=x"):
        response = reader.get(f"{url}{query}")
        assert response.status_code == 422
        assert response.context["lines"] == []


def test_people_in_an_office_have_names_and_others_have_numbers(
    reader: Any, cast: Cast, events: list[AuditEvent]
) -> None:
    make_application(cast.seeker, make_posting(cast.organization))
    record_event(action="seeker.profile_saved", actor=cast.seeker.user)
    text = reader.get(reverse("operations:trail")).content.decode()
    assert "何清" in text
    assert f"№ {cast.seeker.user.pk}" in text
    for secret in ("林小舟", cast.seeker.user.email, cast.seeker.pseudonym):
        assert secret not in text


def test_looking_is_a_line_itself(reader: Any, cast: Cast) -> None:
    number = cast.seeker.user.pk
    reader.get(f"{reverse('operations:trail')}?number={number}&action=seeker.")
    line = AuditEvent.objects.get(action="operations.trail_read")
    assert line.actor_id == cast.operator.pk
    # Which boxes, not what was typed; the person looked up can read it.
    assert line.detail == {"by": ["action", "number"]}
    assert line.subject_id == number
    own = StrictClient()
    sign_in(own, cast.seeker.user)
    page = own.get(reverse("identity:trail")).content.decode()
    assert "网站运营查了操作记录" in page


def test_pages_show_every_line_once(reader: Any, cast: Cast) -> None:
    for number in range(70):
        record_event(action="posting.approve", actor=None, detail={"n": number})
    url = f"{reverse('operations:trail')}"
    first = reader.get(f"{url}?action=posting.")
    older = reader.get(f"{url}{first.context['page'].older}")
    found = [
        line.event.detail["n"]
        for page in (first, older)
        for line in page.context["lines"]
    ]
    assert found == list(range(69, -1, -1))
