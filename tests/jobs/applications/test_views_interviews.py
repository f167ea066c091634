from __future__ import annotations

from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from accounts.lib.dates import SHANGHAI
from jobs.applications.interview_forms import ProposeForm
from jobs.applications.interview_words import SLOT_SENTENCES
from jobs.applications.models import Application, Interview
from jobs.applications.services import interviews
from tests.cast import Cast
from tests.jobs.applications.clock import SetClock
from tests.jobs.applications.make import make_application, take
from tests.jobs.applications.make_interviews import (
    PLACE,
    at,
    offer,
    settle,
    slot_of,
)
from tests.make import make_posting, sign_in

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def application(cast: Cast) -> Application:
    return make_application(
        cast.seeker, make_posting(cast.organization), state="viewed"
    )


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def url_of(name: str, application: Application) -> str:
    return reverse(f"applications:{name}", args=[application.public_id])


def read(client: Client, person: Any, name: str, application: Application) -> str:
    sign_in(client, person)
    return text_of(client.get(url_of(name, application)))


def typed(at: datetime) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")


def answers(application: Application, **values: Any) -> dict[str, Any]:
    return {
        "version": str(Application.objects.get(pk=application.pk).version),
        "t1": typed(at()),
        "by": "in_person",
        "minutes": "30",
        "place": PLACE,
        "capacity": "1",
    } | values


# ---- The employer offers


def test_offering_and_picking_from_page_to_page(
    client: Client, cast: Cast, application: Application
) -> None:
    page = read(client, cast.employer, "received", application)
    assert url_of("propose", application) in page
    values = answers(
        application,
        t2=typed(at("15:00")),
        meets="陈姐",
        bring="身份证",
        travel_paid="on",
    )
    response = client.post(url_of("propose", application), values)
    assert response.status_code == 302
    page = read(client, cast.seeker.user, "detail", application)
    for words in (
        PLACE,
        "陈姐",
        "身份证",
        "10:00",
        "15:00",
        _("The way there is paid"),
    ):
        assert words in page
    wanted = slot_of(Interview.objects.get(), 1)
    client.post(url_of("pick", application), {"slot": wanted.pk})
    page = read(client, cast.seeker.user, "detail", application)
    assert _("Your interview") in page
    assert url_of("call_off", application) in page
    page = read(client, cast.employer, "received", application)
    assert _("The applicant picked a time") in page
    inbox = text_of(client.get(reverse("applications:inbox") + "?tab=interview"))
    assert "15:00" in inbox


FAR = datetime.now(SHANGHAI) + timedelta(days=90)
BAD: list[tuple[dict[str, Any], str]] = [
    ({"t1": ""}, "no_times"),
    ({"t1": "2020-01-01T10:00"}, "too_soon"),
    ({"t1": FAR.strftime("%Y-%m-%dT10:00")}, "too_far"),
    ({"t1": None, "clock": "07:30"}, "at_night"),
    ({"t1": None, "clock": "21:45"}, "at_night"),
    ({"t2": "same"}, "twice"),
    ({"t7": None, "clock7": "22:30"}, "at_night"),
]


@pytest.mark.parametrize(("values", "reason"), BAD)
def test_times_that_cannot_be_offered_and_nothing_typed_is_lost(
    client: Client,
    cast: Cast,
    application: Application,
    values: dict[str, Any],
    reason: str,
) -> None:
    values = dict(values)
    if clock := values.pop("clock", ""):
        values["t1"] = typed(at(clock))
    if clock := values.pop("clock7", ""):
        values["t7"] = typed(at(clock))
    if values.get("t2") == "same":
        values["t2"] = typed(at())
    sign_in(client, cast.employer)
    response = client.post(
        url_of("propose", application), answers(application, meets="陈姐", **values)
    )
    page = text_of(response)
    assert response.status_code == 422
    assert str(SLOT_SENTENCES[reason]) in page  # type: ignore[index]
    assert "陈姐" in page
    assert PLACE in page
    assert not Interview.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"place": ""},
        {"place": "\u200b", "by": "video"},
        {"by": "pigeon"},
        {"minutes": "7"},
        {"capacity": "0"},
        {"capacity": "21"},
        {"capacity": "viele"},
        {"t1": "morgen"},
        {"meets": "长" * 81},
        {"bring": "请带征信报告"},
        {"bring": "入职请自带客户名单。"},
        {"place": "一号楼，请带征信报告"},
        {"version": "x"},
    ],
)
def test_anything_else_that_is_wrong_is_one_sentence(
    client: Client, cast: Cast, application: Application, values: dict[str, str]
) -> None:
    sign_in(client, cast.employer)
    url = url_of("propose", application)
    response = client.post(url, answers(application, **values))
    assert response.status_code == 422
    assert not Interview.objects.exists()


def test_a_talk_by_text_needs_no_place(
    client: Client, cast: Cast, application: Application
) -> None:
    sign_in(client, cast.employer)
    url = url_of("propose", application)
    values = answers(application, by="text", place="")
    assert client.post(url, values).status_code == 302


def test_who_writes_only_is_not_offered_the_phone(
    client: Client, cast: Cast, application: Application
) -> None:
    Application.objects.update(calls="write")
    page = read(client, cast.employer, "propose", application)
    assert 'value="phone"' not in page
    assert 'value="text"' in page
    url = url_of("propose", application)
    assert client.post(url, answers(application, by="phone")).status_code == 422


def test_free_times_are_offered_to_the_next_with_one_tap(
    client: Client, cast: Cast, application: Application
) -> None:
    slot = slot_of(offer(application))
    other = make_application(cast.other_seeker, application.posting, state="viewed")
    page = read(client, cast.employer, "propose", other)
    assert f'value="{slot.pk}"' in page
    values = answers(other, t1="", place="", again=str(slot.pk))
    assert client.post(url_of("propose", other), values).status_code == 302
    assert slot_of(other.interviews.get()) == slot


def test_a_stale_page_keeps_what_was_typed_and_can_be_sent_again(
    client: Client, cast: Cast, application: Application
) -> None:
    sign_in(client, cast.employer)
    stale = answers(application, meets="陈姐")
    take(application, "shortlist", cast.colleague)
    response = client.post(url_of("propose", application), stale)
    assert response.status_code == 422
    assert "陈姐" in text_of(response)
    version = Application.objects.get(pk=application.pk).version
    assert f'value="{version}"' in text_of(response)


def test_a_fourth_offer_of_the_day_is_refused(
    client: Client, cast: Cast, application: Application
) -> None:
    for n in range(3):
        offer(application, starts=[at(days=n + 3)])
    sign_in(client, cast.employer)
    response = client.post(
        url_of("propose", application), answers(application, t1=typed(at("16:00")))
    )
    assert response.status_code == 422
    sentence = _(
        "Times can be offered three times a day. "
        "Please go on tomorrow, or write a message."
    )
    assert sentence in text_of(response)


def test_an_ended_application_is_offered_nothing(
    client: Client, cast: Cast, application: Application
) -> None:
    take(application, "decline", cast.employer)
    sign_in(client, cast.employer)
    url = url_of("propose", application)
    assert client.get(url).status_code == 302
    assert client.post(url, answers(application)).status_code == 302
    assert not Interview.objects.exists()


def test_moving_asks_why_and_says_what_it_means(
    client: Client, cast: Cast, application: Application
) -> None:
    settle(application)
    page = read(client, cast.employer, "propose", application)
    assert 'name="reason"' in page
    url = url_of("propose", application)
    values = answers(application, t1=typed(at("16:00")))
    assert client.post(url, values).status_code == 422
    assert client.post(url, values | {"reason": "组长出差"}).status_code == 302
    page = read(client, cast.seeker.user, "detail", application)
    assert _("The employer needs another time") in page
    assert "组长出差" in page


def test_an_employer_calls_off_with_a_reason(
    client: Client, cast: Cast, application: Application
) -> None:
    settle(application)
    sign_in(client, cast.employer)
    url = url_of("call_off_received", application)
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "面试官病了"}).status_code == 302
    page = read(client, cast.seeker.user, "detail", application)
    assert "面试官病了" in page
    assert _("This is no judgement of you.") in page


# ---- The seeker answers


def test_no_choice_is_one_sentence(
    client: Client, cast: Cast, application: Application
) -> None:
    offer(application)
    sign_in(client, cast.seeker.user)
    for slot in ("", "x", "999999999"):
        response = client.post(url_of("pick", application), {"slot": slot}, follow=True)
        assert response.status_code == 200
    assert Interview.objects.get().state == "proposed"


def test_a_time_that_is_gone_is_said_plainly(
    client: Client, cast: Cast, application: Application
) -> None:
    first = offer(application)
    slot = slot_of(first)
    other = make_application(cast.other_seeker, application.posting, state="viewed")
    page = read(client, cast.seeker.user, "detail", application)
    assert f'value="{slot.pk}"' in page
    offer(other, again=[slot.pk])
    interviews.pick(application=other, actor=cast.other_seeker.user, slot_id=slot.pk)
    response = client.post(url_of("pick", application), {"slot": slot.pk}, follow=True)
    page = text_of(response)
    assert str(SLOT_SENTENCES["taken"]) in page  # type: ignore[index]
    assert f'value="{slot.pk}"' not in page
    assert url_of("other_times", application) in page


def test_two_at_once_are_asked_about_first(
    client: Client, cast: Cast, application: Application
) -> None:
    settle(application)
    elsewhere = make_application(
        cast.seeker, make_posting(cast.other_organization), state="viewed"
    )
    slot = slot_of(offer(elsewhere, cast.other_employer, [at("10:15")]))
    page = read(client, cast.seeker.user, "detail", elsewhere)
    warning = _("You already have another appointment then.")
    assert warning in page
    assert warning not in read(client, cast.other_employer, "received", elsewhere)
    sign_in(client, cast.seeker.user)
    url = url_of("pick", elsewhere)
    asked = client.post(url, {"slot": slot.pk})
    assert asked.status_code == 409
    assert elsewhere.interviews.get().state == "proposed"
    assert client.post(url, {"slot": slot.pk, "anyway": "on"}).status_code == 302
    assert elsewhere.interviews.get().state == "booked"


def test_a_few_taps_say_what_would_suit(
    client: Client, cast: Cast, application: Application
) -> None:
    offer(application)
    sign_in(client, cast.seeker.user)
    url = url_of("other_times", application)
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"wishes": "yesterday"}).status_code == 422
    day = at(days=2).date().isoformat()
    wishes = [f"{day}:morning", f"{day}:evening"]
    kept = client.post(url, {"wishes": [*wishes, "x"]})
    assert kept.status_code == 422
    assert f'value="{wishes[1]}" checked' in text_of(kept)
    sent = client.post(url, {"wishes": wishes, "wanted_by": "text"})
    assert sent.status_code == 302
    page = read(client, cast.employer, "propose", application)
    assert _("Evening") in page
    assert _("This would suit the applicant") in page
    assert 'value="text" ' in page


def test_eleven_wishes_are_too_many(
    client: Client, cast: Cast, application: Application
) -> None:
    offer(application)
    sign_in(client, cast.seeker.user)
    parts = ("morning", "afternoon", "evening")
    wishes = [
        f"{at(days=n).date().isoformat()}:{part}" for n in range(2, 6) for part in parts
    ]
    response = client.post(url_of("other_times", application), {"wishes": wishes})
    assert response.status_code == 422
    assert _("Please choose ten at most.") in text_of(response)


@pytest.mark.parametrize(("clock", "is_late"), [("05:59", False), ("06:01", True)])
def test_late_is_said_plainly_and_still_possible(
    client: Client,
    cast: Cast,
    application: Application,
    set_clock: SetClock,
    clock: str,
    is_late: bool,
) -> None:
    settle(application)
    set_clock(clock, days=3)
    page = read(client, cast.seeker.user, "call_off", application)
    sentence = _(
        "It is less than four hours away, so somebody may already be waiting for you. "
        "You can still call it off here: that is better than not coming."
    )
    assert (sentence in page) is is_late
    assert client.post(url_of("call_off", application)).status_code == 302
    assert Interview.objects.get().state == "off_seeker"


def test_afterwards_both_are_asked(
    client: Client, cast: Cast, application: Application, set_clock: SetClock
) -> None:
    settle(application)
    set_clock("12:00", days=3)
    for person, name, say in (
        (cast.seeker.user, "detail", "say"),
        (cast.employer, "received", "say_received"),
    ):
        page = read(client, person, name, application)
        assert url_of(say, application) in page
        client.post(url_of(say, application), {"outcome": "held"})
        assert url_of(say, application) not in read(client, person, name, application)
    assert Interview.objects.get().state == "held"


def test_an_answer_that_is_none_changes_nothing(
    client: Client, cast: Cast, application: Application, set_clock: SetClock
) -> None:
    settle(application)
    set_clock("12:00", days=3)
    sign_in(client, cast.seeker.user)
    client.post(url_of("say", application), {"outcome": "maybe"})
    sign_in(client, cast.employer)
    client.post(url_of("say_received", application), {})
    assert Interview.objects.get().state == "booked"


def test_the_timeline_tells_what_comes_next_and_by_when(
    client: Client, cast: Cast, application: Application
) -> None:
    offer(application)
    page = read(client, cast.seeker.user, "detail", application)
    start = _("Next: pick a time to talk, until %(when)s.").partition("%")[0]
    assert start in page
    assert start in text_of(client.get(reverse("applications:mine")))
    interviews.ask_for_others(
        application=application, actor=cast.seeker.user, wanted_by="text"
    )
    page = text_of(client.get(reverse("applications:mine")))
    asked = _(
        "Next: the employer offers other times. If none come by %(day)s, "
        "we remind them."
    )
    assert asked.partition("%")[0] in page


def test_my_appointments(client: Client, cast: Cast, application: Application) -> None:
    sign_in(client, cast.seeker.user)
    url = reverse("applications:appointments")
    assert _("No appointments") in text_of(client.get(url))
    settle(application)
    elsewhere = make_application(
        cast.seeker, make_posting(cast.other_organization), state="viewed"
    )
    offer(elsewhere, cast.other_employer, [at("16:00")])
    page = text_of(client.get(url))
    assert _("No appointments") not in page
    assert page.index(_("Pick a time")) < page.index(_("Settled"))
    assert PLACE in page


def test_many_appointments_cost_no_more_questions(
    client: Client,
    cast: Cast,
    application: Application,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    settle(application)
    for n in range(6):
        other = make_application(
            cast.seeker, make_posting(cast.organization), state="viewed"
        )
        settle(other, at(f"{11 + n}:00"))
    sign_in(client, cast.seeker.user)
    with django_assert_max_num_queries(14):
        client.get(reverse("applications:appointments"))


# ---- The calendar


def event_of(client: Client, interview: Interview, query: str = "") -> tuple[Any, Any]:
    url = reverse("applications:calendar", args=[interview.public_id])
    response = client.get(url + query)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    calendar = Calendar.from_ical(response.content)
    return calendar, calendar.walk("VEVENT")[0]


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_calendar_says_nothing_that_betrays(
    client: Client, cast: Cast, application: Application, language: str
) -> None:
    interview = settle(application, meets="陈姐", bring="简历")
    sign_in(client, cast.seeker.user)
    client.cookies["django_language"] = language
    with translation.override(language):
        calendar, event = event_of(client, interview)
    text = calendar.to_ical().decode()
    secrets = (
        application.organization.display_name,
        application.posting.title,
        PLACE,
        "陈姐",
        "简历",
        "面试",
        "nterview",
        "shore",
        "上岸",
    )
    assert [word for word in secrets if word in text] == []
    assert "DESCRIPTION" not in text
    assert "LOCATION" not in text
    assert "ATTENDEE" not in text
    assert event["SUMMARY"] in {"Appointment", "约好的时间", "約好的時間"}


def test_the_calendar_has_the_time_in_shanghai(
    client: Client, cast: Cast, application: Application
) -> None:
    interview = settle(application)
    sign_in(client, cast.seeker.user)
    calendar, event = event_of(client, interview)
    assert calendar["METHOD"] == "PUBLISH"
    assert event.decoded("DTSTART") == at()
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event.decoded("DTEND") == at("10:30")
    zones = [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")]
    assert zones == ["Asia/Shanghai"]


def test_the_address_only_if_asked_for(
    client: Client, cast: Cast, application: Application
) -> None:
    interview = settle(application)
    sign_in(client, cast.seeker.user)
    _calendar, event = event_of(client, interview, "?place=on")
    assert event["LOCATION"] == PLACE


def test_a_moved_talk_replaces_the_entry_and_a_cancelled_one_removes_it(
    client: Client, cast: Cast, application: Application
) -> None:
    first = settle(application)
    sign_in(client, cast.seeker.user)
    _calendar, before = event_of(client, first)
    moved = offer(application, starts=[at("16:00")], reason="改一下")
    calendar, off = event_of(client, first)
    assert calendar["METHOD"] == "CANCEL"
    assert off["STATUS"] == "CANCELLED"
    interviews.pick(
        application=application,
        actor=cast.seeker.user,
        slot_id=slot_of(moved).pk,
    )
    calendar, after = event_of(client, moved)
    assert calendar["METHOD"] == "PUBLISH"
    assert before["UID"] == off["UID"] == after["UID"]
    assert before["SEQUENCE"] < off["SEQUENCE"] < after["SEQUENCE"]


def test_what_is_not_settled_has_no_calendar(
    client: Client, cast: Cast, application: Application
) -> None:
    interview = offer(application)
    sign_in(client, cast.seeker.user)
    url = reverse("applications:calendar", args=[interview.public_id])
    assert client.get(url).status_code == 404


def test_the_place_is_not_called_optional() -> None:
    """It is needed face to face and by video: the mark would be a trap."""
    with translation.override("zh-hans"):
        form = ProposeForm()
        assert "可不填" not in form["place"].as_field_group()
        assert "可不填" in form["bring"].as_field_group()
