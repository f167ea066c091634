from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.consent.models import Consent
from accounts.identity.models import AuditEvent, User
from accounts.seekers.models import CompanyBlock, SeekerProfile
from jobs.applications.models import Application, Invitation
from jobs.matching.enums import FeedbackReason
from jobs.matching.services.feedback import give_feedback
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.applications.clock import SetClock
from tests.jobs.applications.make_people import (
    agree,
    ask,
    make_visible,
    people_url,
    person_url,
)
from tests.make import make_posting, sign_in

LANGUAGES = ["zh-hans", "zh-hant", "en"]


@pytest.fixture(autouse=True)
def _day(set_clock: SetClock) -> None:
    set_clock("12:00")


@pytest.fixture
def posting(cast: Cast) -> Posting:
    return make_posting(cast.organization)


@pytest.fixture
def employer(cast: Cast, client: StrictClient) -> StrictClient:
    sign_in(client, cast.employer)
    return client


@pytest.fixture
def invited(cast: Cast, posting: Posting, client: StrictClient) -> Invitation:
    """And the seeker is the one who looks."""
    agree(cast.seeker)
    invitation = ask(posting, cast.seeker, cast.employer)
    sign_in(client, cast.seeker.user)
    return invitation


def text_of(client: StrictClient, url: str) -> str:
    return str(client.get(url).content.decode())


def invitation_url(invitation: Invitation, name: str = "invited") -> str:
    return reverse(f"applications:{name}", args=[invitation.public_id])


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_posting_to_the_invitation(
    cast: Cast, employer: StrictClient, posting: Posting, language: str
) -> None:
    seeker = make_visible()
    employer.cookies["django_language"] = language
    first = text_of(employer, reverse("postings:posting", args=[posting.public_id]))
    assert people_url(posting) in first
    words = {
        "zh-hans": ("正想做这类工作", "为什么合适", "还没有回音"),
        "zh-hant": ("正想做這類工作", "為什麼合適", "還沒有回音"),
        "en": ("Wants this kind of work", "Why they fit", "no answer yet"),
    }[language]
    assert words[0] in text_of(employer, people_url(posting))
    assert words[1] in text_of(employer, person_url(posting, seeker))
    confirm = person_url(posting, seeker, "invite")
    assert employer.get(confirm).status_code == 200
    assert employer.post(confirm).headers["Location"] == people_url(posting)
    assert words[2] in text_of(employer, people_url(posting))
    assert Invitation.objects.get().seeker == seeker
    employer.post(confirm)
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_list_tells_why_and_counts_nobody(
    cast: Cast, employer: StrictClient, posting: Posting, language: str
) -> None:
    who = make_visible()
    CompanyBlock.objects.create(profile=who, uscc=cast.organization.uscc)
    employer.cookies["django_language"] = language
    text = text_of(employer, people_url(posting))
    words = {
        "zh-hans": "现在没有可以列出的人",
        "zh-hant": "現在沒有可以列出的人",
        "en": "Nobody is listed right now",
    }
    assert words[language] in text


@pytest.mark.parametrize(
    ("organization", "state", "words"),
    [
        ({"verification": "expired"}, "published", "核验过的单位才能看"),
        ({}, "paused", "职位开放时才能看"),
        (
            {"covenant_version": "", "covenant_accepted_at": None},
            "published",
            "先承诺答复",
        ),
    ],
)
def test_what_is_missing_is_said(
    cast: Cast,
    employer: StrictClient,
    posting: Posting,
    organization: dict[str, Any],
    state: str,
    words: str,
) -> None:
    make_visible()
    type(cast.organization).objects.filter(pk=cast.organization.pk).update(
        **organization
    )
    Posting.objects.filter(pk=posting.pk).update(state=state)
    assert words in text_of(employer, people_url(posting))


def test_fifty_are_shown_and_the_queries_do_not_grow(
    employer: StrictClient, posting: Posting, django_assert_max_num_queries: Any
) -> None:
    for number in range(52):
        make_visible(number)
    with django_assert_max_num_queries(30):
        text = text_of(employer, people_url(posting))
    assert text.count("card-link person") == 50
    # Addresses hold random figures: only what is read counts.
    assert "52" not in strip_tags(text.split("<main")[1].split("<ol")[0])


def test_looking_is_noted_for_the_person_and_named_on_their_page(
    cast: Cast, employer: StrictClient, posting: Posting
) -> None:
    seeker = make_visible()
    employer.head(people_url(posting))
    assert not AuditEvent.objects.filter(action="seeker.profile_shown").exists()
    for _time in range(2):
        employer.get(people_url(posting))
        employer.get(person_url(posting, seeker))
    assert AuditEvent.objects.filter(action="seeker.profile_shown").count() == 1
    own = StrictClient()
    sign_in(own, seeker.user)
    text = text_of(own, reverse("seekers:profile"))
    assert f"过去 30 天有 1 家公司看到过你的化名资料：{cast.organization}" in text
    assert "有公司在列表里看到你的化名资料" in text_of(own, reverse("identity:trail"))


def test_what_is_shown_rests_on_ticks_only(
    employer: StrictClient, posting: Posting
) -> None:
    """A wish's own words count in the order, and are told to nobody."""
    who = make_visible(wanted_occupations=[], wish_text="想接电话,做热线客服")
    text = text_of(employer, person_url(posting, who))
    assert "正想做这类工作" not in text
    assert "协商分期" in text


def test_a_full_day_is_said(
    employer: StrictClient, cast: Cast, posting: Posting
) -> None:
    people = [make_visible(number) for number in range(11)]
    for person in people[:10]:
        ask(posting, person, cast.colleague)
    url = person_url(posting, people[10], "invite")
    response = employer.post(url, follow=True)
    assert "10 份邀请已经用完" in response.content.decode()


def test_at_night_the_page_says_when_it_arrives(
    employer: StrictClient, posting: Posting, set_clock: SetClock
) -> None:
    set_clock("23:10")
    url = person_url(posting, make_visible(), "invite")
    assert "邀请会在明天 08:00 送到" in text_of(employer, url)


def test_who_is_invited_already_is_not_asked_about_again(
    employer: StrictClient, cast: Cast, posting: Posting
) -> None:
    who = make_visible()
    url = person_url(posting, who, "invite")
    assert employer.get(url).status_code == 200
    ask(posting, who, cast.colleague)
    assert employer.get(url).headers["Location"] == person_url(posting, who)


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_invitation_to_the_application(
    cast: Cast, client: StrictClient, invited: Invitation, language: str
) -> None:
    client.cookies["django_language"] = language
    assert invitation_url(invited) in text_of(client, reverse("applications:mine"))
    text = text_of(client, invitation_url(invited))
    words = {
        "zh-hans": "邀请你投递",
        "zh-hant": "邀請你應徵",
        "en": "invites you to apply",
    }
    assert words[language] in text
    url = reverse("applications:apply", args=[invited.posting.public_id])
    assert url in text
    invited.refresh_from_db()
    assert invited.state == "seen"
    form = client.get(url).context["form"]
    answers = {"name": form["name"].value(), "phone": form["phone"].value()}
    client.post(url, answers | {"consent": "on"})
    invited.refresh_from_db()
    assert invited.application == Application.objects.get()
    assert text_of(client, invitation_url(invited))
    own = StrictClient()
    sign_in(own, cast.employer)
    page = text_of(own, people_url(invited.posting))
    assert "林小舟" in page
    assert person_url(invited.posting, cast.seeker) not in page


def test_reading_and_a_no_change_nothing_for_the_employer(
    cast: Cast, client: StrictClient, invited: Invitation
) -> None:
    from tests.jobs.applications.test_people_stay_hidden import TOKEN

    own = StrictClient()
    sign_in(own, cast.employer)

    def pages() -> list[str]:
        urls = [people_url(invited.posting), person_url(invited.posting, cast.seeker)]
        return [TOKEN.sub("", text_of(own, url)) for url in urls]

    before = pages()
    client.get(invitation_url(invited))
    assert pages() == before
    answer = client.post(
        invitation_url(invited, "decline_invitation"), {"reason": "hours"}
    )
    mine = reverse("applications:mine")
    assert answer.headers["Location"] == mine
    invited.refresh_from_db()
    assert (invited.state, invited.pass_reason) == ("declined", "hours")
    assert pages() == before
    assert invitation_url(invited) not in text_of(client, mine)


def test_an_unknown_reason_is_a_no_all_the_same(
    client: StrictClient, invited: Invitation
) -> None:
    client.post(invitation_url(invited, "decline_invitation"), {"reason": "x" * 99})
    invited.refresh_from_db()
    assert (invited.state, invited.pass_reason) == ("declined", "")


def test_never_again_takes_the_person_off_the_list(
    cast: Cast, client: StrictClient, invited: Invitation
) -> None:
    client.post(invitation_url(invited, "never_again"))
    own = StrictClient()
    sign_in(own, cast.employer)
    assert own.get(person_url(invited.posting, cast.seeker)).status_code == 404
    assert "青禾消费金融" in text_of(client, reverse("seekers:profile"))


def test_hiding_takes_one_tap(
    cast: Cast, client: StrictClient, invited: Invitation
) -> None:
    profile = reverse("seekers:profile")
    assert reverse("seekers:hide") in text_of(client, profile)
    assert client.get(reverse("seekers:hide")).status_code == 405
    text = client.post(reverse("seekers:hide"), follow=True).content.decode()
    assert reverse("seekers:hide") not in text
    assert SeekerProfile.objects.get(pk=cast.seeker.pk).visibility == 0
    assert Consent.objects.get(purpose="show_profile").withdrawn_at is not None
    # What was asked already may still be answered.
    assert client.get(invitation_url(invited)).status_code == 200


def test_an_invitation_that_ran_out_says_so(
    client: StrictClient, invited: Invitation, set_clock: SetClock
) -> None:
    Posting.objects.update(valid_through=set_clock("12:00", days=30))
    set_clock("12:00", days=15)
    text = text_of(client, invitation_url(invited))
    assert "这份邀请结束了" in text
    assert reverse("public:job", args=[invited.posting.public_id]) in text
    assert invitation_url(invited) not in text_of(client, reverse("applications:mine"))


def test_a_closed_job_says_so(client: StrictClient, invited: Invitation) -> None:
    Posting.objects.update(state="closed")
    assert "职位已经不开放了" in text_of(client, invitation_url(invited))


def test_who_agreed_to_older_words_is_asked_again(
    cast: Cast, client: StrictClient, posting: Posting
) -> None:
    agree(cast.seeker, version="2026-11")
    own = StrictClient()
    sign_in(own, cast.employer)
    assert own.get(person_url(posting, cast.seeker)).status_code == 404
    sign_in(client, cast.seeker.user)
    assert "现在没有公司能找到你" in text_of(client, reverse("seekers:profile"))
    contact = reverse("seekers:step", args=["contact"])
    answers = {"pseudonym": "海风", "visibility": "1", "calls": "any"}
    assert client.post(f"{contact}?from=summary", answers).status_code == 302
    assert "现在没有公司能找到你" not in text_of(client, reverse("seekers:profile"))
    assert own.get(person_url(posting, cast.seeker)).status_code == 200


@pytest.mark.parametrize(
    ("saved", "signed_in", "status"),
    [(89, None, 200), (91, None, 404), (400, 5, 200), (400, 91, 404)],
)
def test_whoever_was_away_for_long_is_not_listed(
    employer: StrictClient,
    posting: Posting,
    set_clock: SetClock,
    saved: int,
    signed_in: int | None,
    status: int,
) -> None:
    who, now = make_visible(), set_clock("12:00")
    SeekerProfile.objects.update(updated_at=now - timedelta(days=saved))
    if signed_in is not None:
        User.objects.filter(pk=who.user_id).update(
            last_login=now - timedelta(days=signed_in)
        )
    assert employer.get(person_url(posting, who)).status_code == status


def test_home_shows_what_waits(client: StrictClient, invited: Invitation) -> None:
    assert invitation_url(invited) in text_of(client, "/")
    client.post(invitation_url(invited, "decline_invitation"))
    assert invitation_url(invited) not in text_of(client, "/")


def test_who_said_no_to_the_posting_is_not_on_its_list(
    employer: StrictClient, posting: Posting
) -> None:
    one = make_visible(1)
    make_visible(2)
    assert text_of(employer, people_url(posting)).count("card-link person") == 2
    give_feedback(
        profile=one,
        actor=one.user,
        posting=posting,
        reason=FeedbackReason.OTHER,
    )
    assert text_of(employer, people_url(posting)).count("card-link person") == 1
