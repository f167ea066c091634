"""An employer's home: what waits, in order; how to begin; how long that takes."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.employers.models import GroupLink, Organization
from accounts.identity.models import AuditEvent
from accounts.identity.services.audit import record_event
from jobs.applications.models import Application
from jobs.insights.onboarding import onboarding_times
from jobs.postings.models import Posting, PostingTransition
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.jobs.applications.make_people import make_apart
from tests.make import (
    make_member,
    make_organization,
    make_papers,
    make_posting,
    make_user,
    sign_in,
)

pytestmark = pytest.mark.django_db


def home(client: Client, cast: Cast) -> Any:
    sign_in(client, cast.employer)
    return client.get("/")


def test_whoever_waits_longest_is_the_next_step(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    make_posting(cast.organization, state="changes_requested")
    late = make_application(cast.seeker, posting)
    make_application(cast.other_seeker, posting)
    Application.objects.filter(pk=late.pk).update(
        submitted_at=timezone.now() - timedelta(days=5)
    )
    page = home(client, cast)
    assert page.context["next"].kind == "answer"
    assert str(late.public_id) in page.context["next"].url
    assert [row.kind for row in page.context["errands"]] == ["changes"]
    assert "有 2 人在等你答复" in unescape(page.content.decode())


def test_a_name_on_the_home_page_leaves_a_line(client: Client, cast: Cast) -> None:
    make_application(cast.seeker, make_posting(cast.organization))
    home(client, cast)
    line = AuditEvent.objects.get(action="application.listed")
    assert line.subject_id == cast.seeker.user_id


def test_a_talk_of_today_comes_before_everything(client: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    make_application(cast.other_seeker, posting)
    talk = make_application(cast.seeker, posting, state="interview")
    noon = (timezone.now() + timedelta(days=1)).replace(hour=4, minute=0)
    Application.objects.filter(pk=talk.pk).update(
        interview_at=noon + timedelta(hours=2)
    )
    with time_machine.travel(noon, tick=False):
        found = home(client, cast).context
        assert found["next"].kind == "talk"
    # Tomorrow's talk is not today's.
    with time_machine.travel(noon - timedelta(hours=13), tick=False):
        assert home(client, cast).context["next"].kind == "answer"
    assert AuditEvent.objects.filter(
        action="application.listed", subject_id=cast.seeker.user_id
    ).exists()


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("draft", "draft"),
        ("closing", "closing"),
        ("check", "check"),
        ("group", "group"),
    ],
)
def test_what_waits_is_listed(client: Client, cast: Cast, what: str, kind: str) -> None:
    make_posting(cast.organization)
    if what == "draft":
        make_posting(cast.organization, state="draft", published_at=None)
    elif what == "closing":
        soon = timezone.now() + timedelta(days=3)
        make_posting(cast.organization, valid_through=soon)
    elif what == "check":
        ends = timezone.now() + timedelta(days=12)
        Organization.objects.filter(pk=cast.organization.pk).update(
            verification_expires_at=ends
        )
    else:
        GroupLink.objects.create(
            proposer=make_apart(3, "第三家"), partner=cast.organization
        )
    found = home(client, cast).context
    assert found["next"].kind == kind
    # Nobody else's home tells of it.
    other = type(client)()
    sign_in(other, make_member(make_apart(4, "第四家"), email="hr4@example.com"))
    assert other.get("/").context["next"] is None


def test_nothing_waits(client: Client, cast: Cast) -> None:
    make_posting(cast.organization)
    page = home(client, cast)
    assert page.context["next"] is None
    assert page.context["steps"] == []


def test_the_home_page_asks_a_bounded_number(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        make_posting(cast.organization, title=f"职位{number}")
        make_posting(cast.organization, state="draft", published_at=None)
    sign_in(client, cast.employer)
    client.get("/")
    with django_assert_max_num_queries(32):
        client.get("/")


# ---- To the first posting


def test_somebody_new_sees_the_way(client: Client, db: None) -> None:
    sign_in(client, make_user("employer"))
    page = client.get("/")
    lines = page.context["steps"]
    assert [line.step.code for line in lines if line.is_next] == ["organization"]
    assert page.context["minutes"] < 15
    assert reverse("employers:create") in page.content.decode()


def test_the_way_follows_what_is_done(client: Client, db: None) -> None:
    organization = make_organization(
        verified=False, covenant_version="", covenant_accepted_at=None
    )
    sign_in(client, make_member(organization, role="admin"))

    def next_code() -> list[str]:
        lines = client.get("/").context["steps"]
        return [line.step.code for line in lines if line.is_next]

    assert next_code() == ["papers"]
    make_papers(organization, state="waiting")
    # There, but not sent in: nobody looks at them yet.
    assert next_code() == ["papers"]
    Organization.objects.update(verification="submitted", submitted_at=timezone.now())
    assert next_code() == ["promise"]
    Organization.objects.update(
        covenant_version=make_apart(8, "别家").covenant_version,
        covenant_accepted_at=timezone.now(),
    )
    assert next_code() == ["posting"]
    posting = make_posting(
        organization, state="in_review", published_at=None, submitted_at=timezone.now()
    )
    assert next_code() == []
    assert client.get("/").context["minutes"] == 0
    Posting.objects.filter(pk=posting.pk).update(
        state="published",
        published_at=timezone.now(),
        valid_through=timezone.now() + timedelta(days=9),
    )
    assert client.get("/").context["steps"] == []


# ---- How long it takes


def begin(number: int, *, own: int, ours: int) -> None:
    """An organisation whose people took `own` minutes and whose check took `ours`."""
    begun = timezone.now() - timedelta(days=2)
    organization = make_apart(number, f"第{number}家", created_at=begun)
    user = make_member(organization, email=f"hr{number}@example.com", role="admin")
    asked = begun + timedelta(minutes=own)
    for action, at in (
        ("employers.check_requested", asked),
        ("employers.verified", asked + timedelta(minutes=ours)),
    ):
        # The trail is written once: its moment is set as it is written.
        line_at(action, organization, user, at)
    posting = make_posting(organization, state="in_review", published_at=None)
    PostingTransition.objects.create(
        posting=posting,
        event="submit",
        from_state="draft",
        to_state="in_review",
        actor_kind="employer",
        at=asked + timedelta(minutes=ours),
    )


def line_at(action: str, organization: Organization, user: Any, at: Any) -> None:
    with time_machine.travel(at, tick=False):
        record_event(action=action, actor=user, on=organization, about=user)


def test_our_own_time_is_taken_off(db: None) -> None:
    for number in range(5):
        begin(number, own=8 + number, ours=600)
    times = onboarding_times(now=timezone.now())
    assert (times.begun, times.sent_in) == (5, 5)
    assert (times.own, times.ours, times.whole) == (10, 600, 610)
    assert times.is_within_goal


def test_four_employers_are_too_few(client: Client, cast: Cast) -> None:
    for number in range(10, 14):
        begin(number, own=8, ours=60)
    times = onboarding_times(now=timezone.now())
    assert (times.sent_in, times.own) == (4, None)
    sign_in(client, cast.operator)
    assert "太少" in client.get(reverse("insights:onboarding")).content.decode()
