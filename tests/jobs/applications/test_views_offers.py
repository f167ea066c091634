from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from accounts.lib.dates import today
from accounts.seekers.models import SeekerProfile
from jobs.applications.access_offers import offer_of
from jobs.applications.models import Application, Offer, RetentionCheck
from jobs.applications.services import offers
from tests.cast import Cast
from tests.jobs.applications.clock import SetClock
from tests.jobs.applications.make import make_application, make_terms, send, take
from tests.make import make_posting, sign_in

ANSWERS: dict[str, Any] = {
    "base_pay": "4800",
    "variable_pay": "700",
    "variable_text": "全勤500,质检奖约200",
    "pay_months": "12",
    "contract_months": "36",
    "probation_months": "2",
    "probation_pay": "",
    "weekly_hours": "40",
    "shift": "day",
    "rest": "double",
    "social_insurance": "yes",
    "employment_type": "full_time",
    "city_code": "3101",
    "district": "浦东新区",
    "street": "示例路1号",
    "other_terms": "第一周有人带。",
}


def text_of(response: Any) -> str:
    return str(response.content.decode())


def answers(application: Application, **changes: Any) -> dict[str, Any]:
    days = {
        "start": (today() + timedelta(days=9)).isoformat(),
        "answer_by": (today() + timedelta(days=4)).isoformat(),
    }
    return ANSWERS | days | {"version": application.version} | changes


def url_of(name: str, application: Application) -> str:
    return reverse(f"applications:{name}", args=[application.public_id])


@pytest.fixture
def shortlisted(cast: Cast) -> Application:
    return make_application(
        cast.seeker, make_posting(cast.organization), state="shortlisted"
    )


@pytest.fixture
def employer(cast: Cast, client: Client) -> Client:
    sign_in(client, cast.employer)
    return client


@pytest.fixture
def seeker(cast: Cast, client: Client) -> SeekerProfile:
    sign_in(client, cast.seeker.user)
    return cast.seeker


# ---- The employer


def test_the_form_begins_with_the_advert(
    employer: Client, shortlisted: Application
) -> None:
    text = text_of(employer.get(url_of("write_offer", shortlisted)))
    for value in ("4800", "浦东新区", "40"):
        assert f'value="{value}' in text
    assert '<option value="36" selected' in text


def test_an_offer_is_written_and_changed(
    employer: Client, shortlisted: Application
) -> None:
    url = url_of("write_offer", shortlisted)
    assert employer.post(url, answers(shortlisted)).status_code == 302
    shortlisted.refresh_from_db()
    offer = offer_of(shortlisted)
    assert offer is not None
    assert (shortlisted.state, offer.probation_pay) == ("offered", 4800)
    changed = answers(shortlisted, base_pay="4500", weekly_hours="48")
    employer.post(url, changed)
    latest = offer_of(shortlisted)
    assert latest is not None
    assert (latest.number, latest.differs) == (2, ["base_pay", "weekly_hours"])
    text = text_of(employer.get(url_of("received", shortlisted)))
    assert gettext("Not as the advert said") in text
    # Where the applicant lives is not worked out for the employer.
    assert gettext("From you") not in text


BAD: list[tuple[dict[str, Any], str]] = [
    ({"base_pay": ""}, "This field is required."),
    ({"variable_text": ""}, "Please say how it is made up."),
    ({"answer_by": "soon"}, "Enter a valid date."),
]


@pytest.mark.parametrize(("change", "sentence"), BAD)
def test_a_wrong_answer_is_explained_and_nothing_is_lost(
    employer: Client, shortlisted: Application, change: dict[str, Any], sentence: str
) -> None:
    response = employer.post(
        url_of("write_offer", shortlisted), answers(shortlisted, **change)
    )
    text = text_of(response)
    assert response.status_code == 422
    assert gettext(sentence) in text
    assert "第一周有人带。" in text
    assert not Offer.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"probation_months": "7"}, "6"),
        ({"contract_months": "12", "probation_months": "3"}, "2"),
        ({"probation_pay": "3000"}, "3840"),
        ({"other_terms": "入职前交500元押金,离职退还"}, "押金"),
        ({"other_terms": "请先提供个人征信报告"}, "征信"),
        ({"other_terms": "张三 13912345678 欠款5000"}, "139"),
    ],
)
def test_what_may_not_be_offered_is_named(
    employer: Client, shortlisted: Application, change: dict[str, Any], words: str
) -> None:
    response = employer.post(
        url_of("write_offer", shortlisted), answers(shortlisted, **change)
    )
    assert response.status_code == 422
    assert words in text_of(response)
    assert not Offer.objects.exists()


def test_three_days_are_left_to_think(
    employer: Client, shortlisted: Application
) -> None:
    day = (today() + timedelta(days=2)).isoformat()
    response = employer.post(
        url_of("write_offer", shortlisted), answers(shortlisted, answer_by=day)
    )
    assert response.status_code == 422
    later = (today() + timedelta(days=3)).isoformat()
    response = employer.post(
        url_of("write_offer", shortlisted), answers(shortlisted, answer_by=later)
    )
    assert response.status_code == 302


def test_a_slower_colleague_is_told_and_keeps_their_words(
    employer: Client, cast: Cast, shortlisted: Application
) -> None:
    typed = answers(shortlisted, other_terms="想了很久的话")
    take(shortlisted, "offer", cast.colleague)
    response = employer.post(url_of("write_offer", shortlisted), typed)
    text = text_of(response)
    assert response.status_code == 409
    assert gettext("Somebody was quicker. Nothing of yours was sent.") in text
    assert "想了很久的话" in text
    assert Offer.objects.count() == 1


def test_no_offer_where_none_can_be_made(employer: Client, cast: Cast) -> None:
    fresh = send(cast.seeker, make_posting(cast.organization))
    response = employer.get(url_of("write_offer", fresh), follow=True)
    assert gettext("An offer cannot be made at this point.") in text_of(response)
    response = employer.post(url_of("write_offer", fresh), answers(fresh))
    assert response.status_code == 409
    assert not Offer.objects.exists()


def test_declining_for_a_skill_shows_the_seeker_how_to_close_it(
    client: Client, cast: Cast
) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state="viewed"
    )
    sign_in(client, cast.employer)
    text = text_of(client.get(url_of("received", application)))
    assert 'value="listening"' in text
    sent = {
        "decline-version": application.version,
        "decline-reason": "skill",
        "decline-skill": "listening",
        "decline-message": "",
    }
    url = reverse("applications:step", args=[application.public_id, "decline"])
    assert client.post(url, sent).status_code == 302
    sign_in(client, cast.seeker.user)
    text = text_of(client.get(url_of("detail", application)))
    assert reverse("paths:skill", args=["listening"]) in text
    assert gettext("One thing that this work needs was missing.") in text


@pytest.mark.parametrize("skill", ["listening", "no_such_skill"])
def test_a_skill_counts_with_its_reason_only(
    employer: Client, cast: Cast, skill: str
) -> None:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state="viewed"
    )
    url = reverse("applications:step", args=[application.public_id, "decline"])
    sent = {
        "decline-version": application.version,
        "decline-reason": "position_filled",
        "decline-skill": skill,
        "decline-message": "谢谢你来。",
    }
    response = employer.post(url, sent)
    application.refresh_from_db()
    assert application.decline_skill == ""
    assert response.status_code == (302 if skill == "listening" else 422)


def test_a_filled_place_asks_nothing_of_the_seeker(
    client: Client, seeker: SeekerProfile, cast: Cast
) -> None:
    application = make_application(
        seeker, make_posting(cast.organization), state="declined"
    )
    Application.objects.update(decline_reason="position_filled")
    text = text_of(client.get(url_of("detail", application)))
    assert gettext("There is nothing for you to change.") in text


# ---- The seeker


def test_the_offer_says_where_it_leaves_the_advert(
    client: Client, cast: Cast, seeker: SeekerProfile, shortlisted: Application
) -> None:
    offers.make_offer(
        application=shortlisted,
        actor=cast.employer,
        version=shortlisted.version,
        terms=make_terms(rest="single", base_pay=4500),
    )
    text = text_of(client.get(url_of("detail", shortlisted)))
    assert gettext("Not as the advert said") in text
    assert "4500元/月" in text
    assert "4800元/月" in text
    assert gettext("Compare your %(n)s offer") % {"n": 1} not in text


def test_two_offers_stand_side_by_side_with_what_was_pinned_on_top(
    client: Client, cast: Cast, seeker: SeekerProfile
) -> None:
    for title in ("打字客服", "仓库文员"):
        make_application(
            seeker, make_posting(cast.organization, title=title), state="offered"
        )
    make_application(seeker, make_posting(cast.organization, title="不在"))
    url = reverse("applications:offers")
    text = text_of(client.get(url, {"pin": ["hourly", "nonsense"]}))
    assert "打字客服" in text
    assert "仓库文员" in text
    assert "不在" not in text
    body = text[text.index("<tbody") :]
    hourly, base = (
        body.index(gettext(label))
        for label in ("Sure pay an hour", "Base pay, sure every month")
    )
    assert hourly < base
    assert gettext("the same") in body
    assert body.count("27.7") == 2


def test_nobody_elses_offer_is_compared(
    client: Client, cast: Cast, seeker: SeekerProfile
) -> None:
    make_application(
        cast.other_seeker,
        make_posting(cast.organization, title="别人的"),
        state="offered",
    )
    text = text_of(client.get(reverse("applications:offers")))
    assert "别人的" not in text
    assert gettext("No open offer at the moment") in text


def test_turning_down_with_a_reason_the_employer_reads(
    client: Client, cast: Cast, seeker: SeekerProfile
) -> None:
    offered = make_application(seeker, make_posting(cast.organization), state="offered")
    client.post(url_of("withdraw", offered), {"reason": "not_as_said"})
    sign_in(client, cast.employer)
    assert gettext("Not as the advert said") in text_of(
        client.get(url_of("received", offered))
    )


def test_undo_is_there_for_ten_minutes(
    client: Client, cast: Cast, seeker: SeekerProfile, set_clock: SetClock
) -> None:
    set_clock("12:00")
    offered = make_application(seeker, make_posting(cast.organization), state="offered")
    client.post(url_of("withdraw", offered))
    undo = url_of("undo", offered)
    text = text_of(client.get(url_of("detail", offered)))
    assert undo in text
    assert "12:10" in text
    client.post(undo)
    offered.refresh_from_db()
    assert offered.state == "offered"
    assert "4800元/月" in text_of(client.get(url_of("detail", offered)))
    client.post(url_of("withdraw", offered))
    set_clock("12:10")
    assert undo not in text_of(client.get(url_of("detail", offered)))
    late = gettext("The ten minutes are over. You may apply again if the job is open.")
    assert late in text_of(client.post(undo, follow=True))


def test_the_other_applications_are_decided_one_by_one(
    client: Client, cast: Cast, seeker: SeekerProfile
) -> None:
    rows = [
        send(seeker, make_posting(cast.organization, title=title))
        for title in ("留下的", "撤回的", "以后再说的")
    ]
    hired = make_application(seeker, make_posting(cast.organization), state="hired")
    url = url_of("others", hired)
    page = text_of(client.get(url))
    assert page.count(" checked") == 3  # each stands at "later"
    names = [f"other-{row.public_id}" for row in rows]
    answer = dict(zip(names, ("keep", "withdraw", "later"), strict=True))
    text = text_of(client.post(url, answer, follow=True))
    assert url_of("undo", rows[1]) in text
    assert "留下的" not in text
    assert "以后再说的" in text
    states = [Application.objects.get(pk=row.pk).state for row in rows]
    assert states == ["submitted", "withdrawn", "submitted"]


def test_what_was_sent_can_be_kept_word_for_word(
    client: Client, cast: Cast, seeker: SeekerProfile
) -> None:
    application = send(seeker, make_posting(cast.organization), message="周一就能来。")
    seeker.education = "bachelor"
    seeker.save()
    response = client.get(url_of("sent_text", application))
    text = text_of(response)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "林小舟" not in response["Content-Disposition"]
    for words in ("林小舟", "138 0000 0000", "周一就能来。"):
        assert words in text
        assert words in text_of(client.get(url_of("sent", application)))
    assert "<" not in text


# ---- Check-ins


@pytest.fixture
def asked(cast: Cast) -> Application:
    hired = make_application(
        cast.seeker, make_posting(cast.organization), state="hired"
    )
    start = today() - timedelta(days=8)
    Application.objects.filter(pk=hired.pk).update(offer_start=start)
    for side in ("seeker", "employer"):
        RetentionCheck.objects.create(
            application=hired, day=7, respondent=side, asked_at=hired.submitted_at
        )
    return hired


def test_a_problem_is_met_with_tools(
    client: Client, cast: Cast, asked: Application, seeker: SeekerProfile
) -> None:
    url = url_of("checkin", asked)
    assert url in text_of(client.get(reverse("applications:mine")))
    assert url in text_of(client.get(url_of("detail", asked)))
    response = client.post(url, {"answer": "yes", "promised": "pay"}, follow=True)
    text = text_of(response)
    assert "tel:12333" in text
    assert reverse("reports:job", args=[asked.posting.public_id]) in text
    assert reverse("matching:list") in text
    assert url not in text_of(client.get(reverse("applications:mine")))


def test_one_side_never_reads_the_other(
    client: Client, cast: Cast, asked: Application
) -> None:
    sign_in(client, cast.employer)
    client.post(url_of("received_checkin", asked), {"answer": "no"})
    sign_in(client, cast.seeker.user)
    gone = gettext("No, not any more")
    for name in ("detail", "sent"):
        assert gone not in text_of(client.get(url_of(name, asked)))
    client.post(url_of("checkin", asked), {"answer": "yes", "promised": "both"})
    sign_in(client, cast.employer)
    pages = [
        text_of(client.get(url_of(name, asked)))
        for name in ("received", "received_checkin")
    ]
    for text in pages:
        assert gettext("Pay and hours are different") not in text
        assert gettext("Yes, still there") not in text
    assert gone in pages[-1]


def test_answering_twice_changes_nothing(
    client: Client, cast: Cast, asked: Application, seeker: SeekerProfile
) -> None:
    url = url_of("checkin", asked)
    client.post(url, {"answer": "yes"})
    text = text_of(client.post(url, {"answer": "no"}, follow=True))
    assert gettext("You have answered this already.") in text
    assert RetentionCheck.objects.get(respondent="seeker").answer == "yes"
