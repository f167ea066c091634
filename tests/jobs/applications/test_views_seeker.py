from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _
from pytest_django import DjangoAssertNumQueries

from accounts.seekers.models import CompanyBlock, SeekerProfile
from jobs.applications.models import Application
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.jobs.applications.make import make_application, send, sent_days_ago, take
from tests.make import make_posting, make_user, sign_in

ANSWERS = {
    "name": "林小舟",
    "phone": "138 0013 8000",
    "message": "下周一就能上班。",
    "consent": "on",
}

HIDDEN = (
    "You asked to stay hidden from this employer. "
    "Change that in your profile first if you want to apply."
)
REMINDED = (
    "We have reminded the employer. If no answer comes by %(day)s, "
    "we close the wait and note it on their record."
)
CHANGED = "The offer has changed in the meantime. Please read it again."


@pytest.fixture
def seeker(cast: Cast, client: Client) -> SeekerProfile:
    sign_in(client, cast.seeker.user)
    return cast.seeker


@pytest.fixture
def posting(cast: Cast) -> Posting:
    return make_posting(cast.organization)


def apply_url(posting: Posting) -> str:
    return reverse("applications:apply", args=[posting.public_id])


def page(client: Client, application: Application) -> str:
    url = reverse("applications:detail", args=[application.public_id])
    return unescape(client.get(url).content.decode())


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def test_applying_leads_to_the_timeline(
    client: Client, seeker: SeekerProfile, posting: Posting
) -> None:
    response = client.post(apply_url(posting), ANSWERS)
    application = Application.objects.get()
    assert response["Location"] == reverse(
        "applications:detail", args=[application.public_id]
    )
    assert application.snapshot["phone"] == "+8613800138000"
    assert application.message == "下周一就能上班。"


def test_the_page_knows_the_seeker_and_says_what_is_sent(
    client: Client, seeker: SeekerProfile, posting: Posting
) -> None:
    text = text_of(client.get(apply_url(posting)))
    assert 'value="林小舟"' in text
    assert "初中" in text
    assert "4500" not in text  # the pay floor stays with the seeker


def test_a_second_application_starts_from_the_first(
    client: Client, seeker: SeekerProfile, posting: Posting, cast: Cast
) -> None:
    SeekerProfile.objects.update(contact_name="", contact_phone="")
    client.post(apply_url(posting), ANSWERS | {"name": "小林"})
    text = text_of(client.get(apply_url(make_posting(cast.organization))))
    assert 'value="小林"' in text
    assert 'value="+8613800138000"' in text


BAD = [
    (
        {"phone": "12345"},
        _("This does not look like a mobile number. Please check the digits."),
    ),
    (
        {"phone": "1380013800"},
        _("This does not look like a mobile number. Please check the digits."),
    ),
    ({"phone": ""}, _("This field is required.")),
    ({"name": "\u200b "}, _("This field is required.")),
    ({"name": "长" * 41}, "40"),
    ({"message": "长" * 501}, "500"),
    ({"consent": ""}, _("Without your yes nothing is sent. Please tick the box.")),
]


@pytest.mark.parametrize(("change", "sentence"), BAD)
def test_a_wrong_answer_is_explained_and_nothing_is_lost(
    client: Client,
    seeker: SeekerProfile,
    posting: Posting,
    change: dict[str, str],
    sentence: str | Promise,
) -> None:
    answers = ANSWERS | {"message": "我写了很久的话"} | change
    response = client.post(apply_url(posting), answers)
    text = text_of(response)
    assert response.status_code == 422
    assert str(sentence) in text
    assert answers["message"] in text
    assert not Application.objects.exists()


def test_sending_twice_lands_on_the_same_page(
    client: Client, seeker: SeekerProfile, posting: Posting
) -> None:
    first = client.post(apply_url(posting), ANSWERS)
    second = client.post(apply_url(posting), ANSWERS)
    assert first["Location"] == second["Location"]
    assert Application.objects.count() == 1


@pytest.mark.parametrize("state", ["closed", "filled", "expired", "removed", "paused"])
def test_a_job_that_ended_meanwhile_says_so_and_keeps_the_words(
    client: Client, seeker: SeekerProfile, posting: Posting, state: str
) -> None:
    Posting.objects.update(state=state)
    response = client.post(apply_url(posting), ANSWERS)
    text = text_of(response)
    assert response.status_code == 410
    assert gettext("This job takes no applications now") in text
    assert ANSWERS["message"] in text


def test_a_job_past_its_last_day_cannot_be_applied_to(
    client: Client, seeker: SeekerProfile, posting: Posting
) -> None:
    """The task that marks it may be late; the page never is."""
    Posting.objects.update(valid_through=timezone.now() - timedelta(minutes=1))
    assert client.get(apply_url(posting)).status_code == 410


def test_who_hides_from_an_employer_is_told_before_writing(
    client: Client, seeker: SeekerProfile, posting: Posting, cast: Cast
) -> None:
    CompanyBlock.objects.create(
        profile=seeker, uscc=cast.organization.uscc, reason="former"
    )
    response = client.get(apply_url(posting), follow=True)
    assert gettext(HIDDEN) in text_of(response)


def test_without_a_profile_the_questions_come_first(
    client: Client, posting: Posting
) -> None:
    sign_in(client, make_user("seeker", email="new@example.com"))
    response = client.get(apply_url(posting))
    assert response["Location"] == reverse("seekers:start")


TELLS = [
    ("submitted", _("You sent the application")),
    ("viewed", _("The employer opened it")),
    ("shortlisted", _("Next: the employer suggests a time to talk.")),
    ("interview", "示例路1号"),
    ("offered", "4800元/月"),
    ("on_hold", "等总部批名额"),
    ("hired", _("You have the job")),
    ("declined", "这班要上夜班。"),
    ("no_response", _("The employer did not answer")),
    ("retracted", "项目停了"),
    ("withdrawn", _("You withdrew the application")),
]


@pytest.mark.parametrize(("state", "sentence"), TELLS)
def test_the_page_says_where_it_stands(
    client: Client,
    seeker: SeekerProfile,
    posting: Posting,
    state: str,
    sentence: str | Promise,
) -> None:
    application = make_application(seeker, posting, state=state)
    assert str(sentence) in page(client, application)


def test_a_late_employer_has_been_reminded(
    client: Client, seeker: SeekerProfile, posting: Posting
) -> None:
    application = sent_days_ago(send(seeker, posting), 8)
    assert gettext(REMINDED).split("%")[0] in page(client, application)


def accept(client: Client, application: Application, version: object) -> Any:
    url = reverse("applications:accept", args=[application.public_id])
    return client.post(url, {"version": version}, follow=True)


def test_accepting_asks_about_the_other_applications(
    client: Client, seeker: SeekerProfile, posting: Posting, cast: Cast
) -> None:
    other = send(seeker, make_posting(cast.organization, title="打字客服"))
    offer = make_application(seeker, posting, state="offered")
    text = text_of(accept(client, offer, offer.version))
    assert gettext("What about your other applications?") in text
    assert f'name="other-{other.public_id}"' in text
    assert "打字客服" in text


@pytest.mark.parametrize("version", ["1", "", "abc", "9" * 5000])
def test_an_offer_that_was_not_read_is_not_accepted(
    client: Client, seeker: SeekerProfile, posting: Posting, version: str
) -> None:
    offer = make_application(seeker, posting, state="offered")
    assert gettext(CHANGED) in text_of(accept(client, offer, version))
    offer.refresh_from_db()
    assert offer.state == "offered"


def test_an_offer_taken_back_meanwhile_cannot_be_accepted(
    client: Client, seeker: SeekerProfile, posting: Posting, cast: Cast
) -> None:
    offer = make_application(seeker, posting, state="offered")
    take(offer, "retract", cast.employer)
    assert gettext(CHANGED) in text_of(accept(client, offer, offer.version))


def test_withdrawing_is_asked_first_and_said_afterwards(
    client: Client, seeker: SeekerProfile, posting: Posting
) -> None:
    application = send(seeker, posting)
    url = reverse("applications:withdraw", args=[application.public_id])
    assert gettext("Withdraw this application?") in text_of(client.get(url))
    done = gettext(
        "Withdrawn. You can undo this for 10 minutes; only then are they told."
    )
    assert done in text_of(client.post(url, follow=True))
    ended = gettext("This application has already ended.")
    assert ended in text_of(client.post(url, follow=True))


def test_the_list_is_drawn_with_few_queries(
    client: Client,
    seeker: SeekerProfile,
    cast: Cast,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for state in ("submitted", "interview", "offered", "declined", "withdrawn") * 3:
        make_application(seeker, make_posting(cast.organization), state=state)
    # One of them asks whether a company would like to keep the person in mind.
    with django_assert_max_num_queries(9):
        text = text_of(client.get(reverse("applications:mine")))
    assert text.count("/applications/") >= 15


def test_an_empty_list_says_where_to_begin(
    client: Client, seeker: SeekerProfile
) -> None:
    text = text_of(client.get(reverse("applications:mine")))
    assert gettext("Nothing sent yet") in text
    assert reverse("matching:list") in text
