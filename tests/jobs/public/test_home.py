from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from accounts.employers.models import Organization
from accounts.identity.models import User
from accounts.seekers.models import SeekerProfile
from jobs.applications.services.messages import send_message
from jobs.matching.models import StoredMatches
from jobs.matching.services.nightly import store_matches
from jobs.postings.registry import tell_followers
from tests.cast import Cast
from tests.jobs.applications.make import make_application, send
from tests.jobs.applications.make_interviews import offer, settle, take_slot
from tests.make import make_counselor, make_posting, make_user, sign_in


def home(client: Client, user: User) -> str:
    sign_in(client, user)
    return unescape(client.get("/").content.decode())


def test_a_new_seeker_is_asked_to_begin(client: Client, db: None) -> None:
    text = home(client, make_user("seeker", email="new@example.com"))
    assert reverse("seekers:start") in text
    assert gettext("Tell us about yourself") in text


def test_a_half_filled_profile_is_taken_up_again(client: Client, cast: Cast) -> None:
    SeekerProfile.objects.update(completed_at=None, done_steps=["place"])
    text = home(client, cast.seeker.user)
    assert gettext("Carry on with your profile") in text


def test_with_a_profile_the_matches_come_next(client: Client, cast: Cast) -> None:
    text = home(client, cast.seeker.user)
    assert gettext("Your first application") in text
    assert reverse("matching:list") in text


@pytest.mark.parametrize(
    ("state", "title"),
    [("offered", "You have an offer"), ("interview", "Your interview")],
)
def test_what_has_to_be_decided_comes_first(
    client: Client, cast: Cast, state: str, title: str
) -> None:
    posting = make_posting(cast.organization, title="打字客服")
    application = make_application(cast.seeker, posting, state=state)
    text = home(client, cast.seeker.user)
    assert gettext(title) in text
    assert text.count("打字客服") == 1  # not a second time in the list below
    assert str(application.public_id) in text


def test_what_is_under_way_is_listed(client: Client, cast: Cast) -> None:
    send(cast.seeker, make_posting(cast.organization, title="打字客服"))
    text = home(client, cast.seeker.user)
    assert "打字客服" in text
    assert gettext("More jobs that fit you") in text


def test_an_employer_without_organisation_is_asked_for_one(
    client: Client, db: None
) -> None:
    text = home(client, make_user("employer", email="alone@example.com"))
    assert gettext("Add your organisation") in text


def test_an_unchecked_organisation_is_told(client: Client, cast: Cast) -> None:
    Organization.objects.update(verification="submitted")
    told = gettext("Your organisation is not checked yet")
    assert told in home(client, cast.employer)


def test_a_check_that_ran_out_is_told_before_the_task_sees_it(
    client: Client, cast: Cast
) -> None:
    told = gettext("Your organisation is not checked yet")
    assert told not in home(client, cast.employer)
    Organization.objects.update(verification_expires_at="2026-01-01T00:00Z")
    assert told in home(client, cast.employer)


def test_an_employer_sees_who_waits_and_nobody_elses(
    client: Client, cast: Cast
) -> None:
    send(cast.seeker, make_posting(cast.organization))
    assert "林小舟" in home(client, cast.employer)
    assert "林小舟" not in home(client, cast.other_employer)


@pytest.mark.parametrize(
    ("role", "target"),
    [
        ("counselor", "cases:today"),
        ("moderator", "screening:queue"),
        ("operator", "operations:overview"),
    ],
)
def test_others_go_straight_to_their_work(
    client: Client, cast: Cast, role: str, target: str
) -> None:
    user = cast.user(role)
    sign_in(client, user)
    assert client.get("/")["Location"] == reverse(target)


def test_a_counselor_who_is_not_checked_meets_no_dead_ends(
    client: Client, db: None
) -> None:
    counselor = make_counselor(verification="submitted")
    sign_in(client, counselor.user)
    assert client.get("/")["Location"] == reverse("counselors:mine")
    page = client.get(reverse("counselors:mine")).content.decode()
    for name in ("cases:today", "calendar:week", "safety:flags", "notes:desk"):
        assert client.get(reverse(name)).status_code == 404
        assert f'href="{reverse(name)}"' not in page


def test_the_home_pages_need_few_queries(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for state in ("submitted", "offered", "interview", "viewed") * 2:
        make_application(cast.seeker, make_posting(cast.organization), state=state)
    # Eight places are asked what waits for a seeker, once each, however much it is; an
    # employer that sees names leaves a line about it for the people named.
    for user, most in ((cast.seeker.user, 14), (cast.employer, 20)):
        sign_in(client, user)
        with django_assert_max_num_queries(most):
            client.get("/")


def test_the_seekers_home_counts_what_is_new(client: Client, cast: Cast) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state="viewed"
    )
    now = timezone.now().replace(hour=4)  # noon in Shanghai, on any day
    send_message(
        application=application,
        actor=cast.employer,
        text="周五下午方便吗？",
        now=now - timedelta(days=1),
    )
    sign_in(client, cast.seeker.user)
    assert "1 条新消息" in client.get("/").content.decode()


def test_one_next_step_and_the_rest_in_order(client: Client, cast: Cast) -> None:
    offered = make_posting(cast.organization, title="打字客服")
    make_application(cast.seeker, offered, state="offered")
    talk = make_application(
        cast.seeker, make_posting(cast.organization, title="热线坐席"), state="viewed"
    )
    settle(talk, place="示例路1号")
    text = home(client, cast.seeker.user)
    assert text.index("打字客服") < text.index("热线坐席")
    assert text.count('class="card card-sea"') == 1
    # The time stands there, the place does not.
    assert "示例路1号" not in text


def test_times_to_pick_are_asked_for_until_they_are_picked(
    client: Client, cast: Cast
) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state="viewed"
    )
    interview = offer(application)
    assert gettext("Pick a time to talk") in home(client, cast.seeker.user)
    take_slot(interview)
    assert gettext("Pick a time to talk") not in home(client, cast.seeker.user)


def test_what_is_new_on_the_list_is_shown_and_counted(
    client: Client, cast: Cast
) -> None:
    store_matches(profile=cast.seeker)
    StoredMatches.objects.update(new_since=timezone.now() - timedelta(hours=1))
    posting = make_posting(cast.organization, title="新来的职位")
    tell_followers([posting])
    store_matches(profile=cast.seeker)
    StoredMatches.objects.update(new_since=timezone.now() - timedelta(hours=1))
    sign_in(client, cast.seeker.user)
    page = client.get("/")
    assert [card.title for card in page.context["fresh"]] == ["新来的职位"]
    assert page.context["next"].kind == "new"
    # Answers changed: the list is not the one it was.
    SeekerProfile.objects.update(version=cast.seeker.version + 1)
    assert client.get("/").context["fresh"] == []


def test_everything_is_two_taps_away(client: Client, cast: Cast) -> None:
    """One tap opens home, the second any of these; each of them answers."""
    text = home(client, cast.seeker.user)
    places = text.split('aria-labelledby="places-title"')[1].split("</nav>")[0]
    urls = re.findall(r'<a href="([^"]+)"', places)
    assert len(urls) == 11
    assert {client.get(url).status_code for url in urls} == {200}
