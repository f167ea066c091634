from __future__ import annotations

from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _
from pytest_django import DjangoAssertNumQueries

from accounts.seekers.enums import CallWish
from jobs.applications.enums import CallRefusal, MessageRefusal
from jobs.applications.models import (
    Application,
    CheckRequest,
    ContactStop,
    Message,
)
from jobs.applications.views.talk import CALL_SENTENCES, MESSAGE_SENTENCES
from tests.cast import Cast
from tests.jobs.applications.clock import SetClock
from tests.jobs.applications.make_contact import (
    look,
    phone_talk,
    received,
    say,
    second,
    with_check,
)
from tests.make import make_posting, sign_in

NUMBER = "138 0000 0000"
WORDS = "周五下午三点方便吗？"
# Where the form for messages leads; the team has a form of its own on the page.
WRITING = "/write/"


@pytest.fixture
def application(cast: Cast, noon: datetime) -> Application:
    return received(cast)


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def employer_page(client: Client, cast: Cast, application: Application) -> str:
    sign_in(client, cast.employer)
    url = reverse("applications:received", args=[application.public_id])
    return text_of(client.get(url))


def seeker_page(client: Client, cast: Cast, application: Application) -> str:
    sign_in(client, cast.seeker.user)
    url = reverse("applications:detail", args=[application.public_id])
    return text_of(client.get(url))


def post(
    client: Client, user: Any, name: str, application: Application, **data: str
) -> Any:
    sign_in(client, user)
    url = reverse(f"applications:{name}", args=[application.public_id])
    return client.post(url, data, follow=True)


def test_the_number_is_hidden_until_asked_for(
    client: Client, cast: Cast, application: Application
) -> None:
    page = employer_page(client, cast, application)
    assert NUMBER not in page
    assert _("Call now: show the number") in page
    assert NUMBER in text_of(post(client, cast.employer, "show_number", application))


def test_it_is_shown_to_that_person_for_a_quarter_of_an_hour(
    client: Client, cast: Cast, application: Application, set_clock: SetClock
) -> None:
    """From whichever browser, and to no colleague."""
    post(client, cast.employer, "show_number", application)
    assert NUMBER in employer_page(Client(), cast, application)
    other = Client()
    sign_in(other, cast.colleague)
    url = reverse("applications:received", args=[application.public_id])
    assert NUMBER not in text_of(other.get(url))
    set_clock("12:15")
    assert NUMBER not in employer_page(client, cast, application)


def test_the_fourth_tap_is_answered_with_a_sentence(
    client: Client, cast: Cast, application: Application, set_clock: SetClock
) -> None:
    for clock in ("09:00", "10:00", "11:00"):
        set_clock(clock)
        post(client, cast.employer, "show_number", application)
    set_clock("18:00")
    assert _("Call now: show the number") not in employer_page(
        client, cast, application
    )
    page = text_of(post(client, cast.colleague, "show_number", application))
    assert str(CALL_SENTENCES[CallRefusal.TOO_OFTEN]) in page
    assert NUMBER not in page
    url = reverse("applications:record", args=[cast.organization.public_id])
    for reader in (cast.employer, cast.moderator):
        sign_in(client, reader)
        assert str(CallRefusal.TOO_OFTEN.label) in text_of(client.get(url))


def test_at_night_there_is_no_button(
    client: Client, cast: Cast, application: Application, set_clock: SetClock
) -> None:
    set_clock("22:30")
    page = employer_page(client, cast, application)
    assert str(CALL_SENTENCES[CallRefusal.AT_NIGHT]) in page
    assert _("Call now: show the number") not in page


def test_the_seeker_sees_every_look_and_every_refusal(
    client: Client, cast: Cast, application: Application, set_clock: SetClock
) -> None:
    post(client, cast.employer, "show_number", application)
    set_clock("22:30")
    post(client, cast.employer, "show_number", application)
    page = seeker_page(client, cast, application)
    assert _("They looked at your number to call you") in page
    assert _("They wanted your number. We did not show it") in page
    assert str(CallRefusal.AT_NIGHT.label) in page


def test_how_a_call_went_is_noted(
    client: Client, cast: Cast, application: Application
) -> None:
    attempt = look(application, cast.employer)
    page = employer_page(client, cast, application)
    assert f'name="attempt" value="{attempt.pk}"' in page
    post(
        client,
        cast.colleague,
        "note_outcome",
        application,
        attempt=str(attempt.pk),
        outcome="asked_to_stop",
    )
    assert ContactStop.objects.get().channel == "phone"
    page = employer_page(client, cast, application)
    assert str(CALL_SENTENCES[CallRefusal.STOPPED]) in page
    assert 'name="attempt"' not in page


def test_a_missing_outcome_is_asked_for_again(
    client: Client, cast: Cast, application: Application
) -> None:
    attempt = look(application, cast.employer)
    response = post(
        client, cast.employer, "note_outcome", application, attempt=str(attempt.pk)
    )
    assert response.status_code == 422
    assert _("This field is required.") in text_of(response)


def test_one_tap_ends_calls(
    client: Client, cast: Cast, application: Application
) -> None:
    page = seeker_page(client, cast, application)
    assert _("Please don’t call me any more") in page
    page = text_of(post(client, cast.seeker.user, "stop", application, channel="phone"))
    assert _("This employer no longer sees your number.") in page
    assert _("Please don’t call me any more") not in page
    page = text_of(post(client, cast.employer, "show_number", second(cast)))
    assert str(CALL_SENTENCES[CallRefusal.STOPPED]) in page


def test_a_garbled_stop_still_stops_calls(
    client: Client, cast: Cast, application: Application
) -> None:
    post(client, cast.seeker.user, "stop", application, channel="?")
    assert ContactStop.objects.get().channel == "phone"


def test_no_messages_either(
    client: Client, cast: Cast, application: Application
) -> None:
    post(client, cast.seeker.user, "stop", application, channel="message")
    page = employer_page(client, cast, application)
    assert str(MESSAGE_SENTENCES[MessageRefusal.STOPPED]) in page
    assert WRITING not in page
    assert _("Decline with a reason") in page


def test_the_wish_can_be_changed_for_one_employer(
    client: Client, cast: Cast, application: Application
) -> None:
    post(client, cast.seeker.user, "calls", application, calls="write")
    page = employer_page(client, cast, application)
    assert str(CALL_SENTENCES[CallRefusal.WRITE_ONLY]) in page
    post(client, cast.seeker.user, "calls", application, calls="nonsense")
    application.refresh_from_db()
    assert application.calls == CallWish.WRITE


def test_the_wish_goes_along_with_the_application(client: Client, cast: Cast) -> None:
    cast.seeker.calls = CallWish.AGREED
    cast.seeker.save()
    sign_in(client, cast.seeker.user)
    answers = {"name": "林小舟", "phone": "138 0013 8000", "consent": "on"}
    for wish, kept in (("write", "write"), ("", "agreed")):
        posting = make_posting(cast.organization)
        url = reverse("applications:apply", args=[posting.public_id])
        assert "checked" in text_of(client.get(url))
        client.post(url, answers | {"calls": wish})
        assert Application.objects.get(posting=posting).calls == kept


def test_an_interview_by_phone_opens_the_number_around_its_time(
    client: Client, cast: Cast, application: Application, set_clock: SetClock
) -> None:
    application.calls = CallWish.AGREED
    application.save()
    talk = set_clock("09:00") + timedelta(days=1, hours=6)
    sign_in(client, cast.employer)
    phone_talk(application, cast.employer, talk)
    assert str(CALL_SENTENCES[CallRefusal.NOT_AGREED]) in employer_page(
        client, cast, application
    )
    set_clock("14:45", days=1)
    assert NUMBER in text_of(post(client, cast.employer, "show_number", application))


def test_both_sides_talk(client: Client, cast: Cast, application: Application) -> None:
    page = text_of(post(client, cast.employer, "write", application, text=WORDS))
    assert WORDS in page
    assert WORDS in seeker_page(client, cast, application)
    post(client, cast.seeker.user, "reply", application, text="可以的，\n谢谢。")
    page = employer_page(client, cast, application)
    assert "可以的，\n谢谢。" in page
    assert page.index(WORDS) < page.index("可以的")  # the newest stands last
    assert _("%(when)s · read") % {"when": ""} in page


def test_opening_the_page_is_reading_and_asking_for_the_head_is_not(
    client: Client, cast: Cast, application: Application
) -> None:
    say(application, cast.employer)
    sign_in(client, cast.seeker.user)
    url = reverse("applications:detail", args=[application.public_id])
    client.head(url)
    assert Message.objects.get().read_at is None
    client.get(url)
    assert Message.objects.get().read_at is not None


def test_lists_count_what_is_new(
    client: Client, cast: Cast, application: Application
) -> None:
    say(application, cast.employer)
    say(application, cast.seeker.user)
    for user, name, query in (
        (cast.seeker.user, "mine", ""),
        (cast.employer, "inbox", "?tab=waiting"),
    ):
        sign_in(client, user)
        page = text_of(client.get(reverse(f"applications:{name}") + query))
        assert "1 条新消息" in page


def test_a_message_of_the_night_waits_and_says_so(
    client: Client, cast: Cast, application: Application, set_clock: SetClock
) -> None:
    set_clock("23:00")
    page = employer_page(client, cast, application)
    assert _("It is night. Your message arrives at 8:00.") in page
    page = text_of(post(client, cast.employer, "write", application, text=WORDS))
    assert _("Kept. The applicant gets it at 8:00.") in page
    assert WORDS in page
    assert WORDS not in seeker_page(client, cast, application)
    set_clock("08:00", days=1)
    assert WORDS in seeker_page(client, cast, application)


REFUSED = [
    ("打我电话 13800138000", MessageRefusal.CONTACT),
    ("看 https://example.com", MessageRefusal.LINK),
    ("面试请带征信报告", MessageRefusal.CREDIT_REPORT),
    ("请开无犯罪记录证明", MessageRefusal.NO_CONVICTION),
]


@pytest.mark.parametrize(("words", "reason"), REFUSED)
def test_refused_words_are_explained_and_stay(
    client: Client,
    cast: Cast,
    application: Application,
    words: str,
    reason: MessageRefusal,
) -> None:
    response = post(client, cast.employer, "write", application, text=words)
    page = text_of(response)
    assert response.status_code == 409
    assert str(MESSAGE_SENTENCES[reason]) in page
    assert words in page
    assert not Message.objects.exists()


def test_a_fourth_message_waits_with_its_text(
    client: Client, cast: Cast, application: Application
) -> None:
    for _nr in range(3):
        say(application, cast.employer)
    assert WRITING not in employer_page(client, cast, application)
    response = post(client, cast.employer, "write", application, text=WORDS)
    assert response.status_code == 409
    assert str(MESSAGE_SENTENCES[MessageRefusal.WAIT]) in text_of(response)
    assert WORDS in text_of(response)


def test_too_many_of_a_seekers_messages_wait_with_the_text(
    client: Client, cast: Cast, application: Application, noon: datetime
) -> None:
    for _nr in range(20):
        say(application, cast.seeker.user, now=noon)
    sentence = str(MESSAGE_SENTENCES[MessageRefusal.TOO_MANY])
    assert sentence in seeker_page(client, cast, application)
    response = post(client, cast.seeker.user, "reply", application, text=WORDS)
    assert response.status_code == 409
    assert sentence in text_of(response)
    assert f">\n{WORDS}</textarea>" in text_of(response).replace("\r", "")
    assert not Message.objects.filter(body=WORDS).exists()


@pytest.mark.parametrize("text", ["", "  \u200b ", "长" * 1001])
def test_an_empty_or_endless_message_is_asked_for_again(
    client: Client, cast: Cast, application: Application, text: str
) -> None:
    for user, name in ((cast.employer, "write"), (cast.seeker.user, "reply")):
        response = post(client, user, name, application, text=text)
        assert response.status_code == 422
        assert "field-error" in text_of(response)


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_words_sent_to_what_has_just_ended_are_not_lost(
    client: Client, cast: Cast, noon: datetime, state: str
) -> None:
    application = received(cast, state=state)
    for user, name in ((cast.employer, "write"), (cast.seeker.user, "reply")):
        response = post(client, user, name, application, text=WORDS)
        assert response.status_code == 409
        assert WORDS in text_of(response)


def test_whoever_withdrew_is_no_longer_read(
    client: Client, cast: Cast, application: Application
) -> None:
    say(application, cast.seeker.user, WORDS)
    sign_in(client, cast.seeker.user)
    client.post(reverse("applications:withdraw", args=[application.public_id]))
    assert WORDS not in employer_page(client, cast, application)
    assert WORDS in seeker_page(client, cast, application)


def test_the_check_is_asked_for_and_answered(
    client: Client, cast: Cast, noon: datetime
) -> None:
    application = with_check(cast, state="offered")
    assert f">{_('Ask for it')}<" in employer_page(client, cast, application)
    post(client, cast.employer, "ask_check", application, kind="credit_report")
    assert f">{_('Ask for it')}<" not in employer_page(client, cast, application)
    page = seeker_page(client, cast, application)
    assert "这份工作直接管钱。" in page
    assert _("I would rather not") in page
    post(
        client,
        cast.seeker.user,
        "answer_check",
        application,
        kind="credit_report",
        answer="no",
    )
    assert CheckRequest.objects.get().answer == "no"
    assert _("I would rather not") in employer_page(client, cast, application)


def test_too_early_there_is_a_date_and_no_button(
    client: Client, cast: Cast, noon: datetime
) -> None:
    application = with_check(cast, state="viewed")
    page = employer_page(client, cast, application)
    assert f">{_('Ask for it')}<" not in page
    assert _("With the offer") in page
    post(client, cast.employer, "ask_check", application, kind="credit_report")
    assert not CheckRequest.objects.exists()


@pytest.mark.parametrize(
    ("event", "answers"),
    [
        ("postpone", {"reason": "等你的征信报告"}),
        ("decline", {"reason": "pay", "message": "你的征信有逾期"}),
    ],
)
def test_no_step_asks_for_it_in_passing(
    client: Client,
    cast: Cast,
    application: Application,
    noon: datetime,
    event: str,
    answers: dict[str, str],
) -> None:
    values = {"version": str(application.version)} | answers
    sign_in(client, cast.employer)
    url = reverse("applications:step", args=[application.public_id, event])
    response = client.post(url, {f"{event}-{k}": v for k, v in values.items()})
    assert response.status_code == 422
    assert str(MESSAGE_SENTENCES[MessageRefusal.CREDIT_REPORT]) in text_of(response)
    application.refresh_from_db()
    assert application.state == "viewed"


def test_a_talk_by_phone_is_told_to_the_seeker(
    client: Client, cast: Cast, application: Application, noon: datetime
) -> None:
    phone_talk(application, cast.employer, noon + timedelta(days=1))
    assert _("By phone") in seeker_page(client, cast, application)


def test_a_long_thread_costs_no_more_questions(
    client: Client,
    cast: Cast,
    application: Application,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _nr in range(10):
        say(application, cast.seeker.user)
    employer_page(client, cast, application)
    url = reverse("applications:received", args=[application.public_id])
    # Nine of them are the team's own notes, cards and criteria.
    with django_assert_max_num_queries(43):
        client.get(url)
