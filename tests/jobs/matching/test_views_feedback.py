from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.consent.registry import erase_person, export_person
from accounts.identity.models import AuditEvent
from accounts.seekers.models import CompanyBlock, SeekerProfile
from jobs.matching.enums import FeedbackReason
from jobs.matching.models import MatchFeedback, PlainOrder
from jobs.postings.models import Posting
from tests.client import StrictClient
from tests.jobs.matching.make import publish
from tests.make import make_organization, make_seeker, sign_in

pytestmark = pytest.mark.django_db

LIST = "/matches/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def profile(client: StrictClient) -> SeekerProfile:
    found = make_seeker()
    sign_in(client, found.user)
    return found


def no_to(posting: Posting, name: str = "feedback") -> str:
    return reverse(f"matching:{name}", args=[posting.public_id])


def text_of(client: StrictClient, url: str = LIST, **data: Any) -> str:
    return client.get(url, data).content.decode()


@pytest.mark.parametrize("reason", FeedbackReason.values)
def test_a_posting_one_said_no_to_never_comes_up_again(
    client: StrictClient, profile: SeekerProfile, reason: str
) -> None:
    posting = publish(title="不要的工作")
    assert "不要的工作" in text_of(client)
    response = client.post(no_to(posting), {"reason": reason})
    assert response["Location"] == no_to(posting)
    assert "好，不再推荐这个。" in text_of(client, no_to(posting))
    assert "不要的工作" not in text_of(client)
    assert AuditEvent.objects.filter(action="matching.feedback_given").count() == 1


def test_with_htmx_the_card_is_swapped_and_undo_brings_it_back(
    client: StrictClient, profile: SeekerProfile
) -> None:
    posting = publish(title="不要的工作")
    gone = client.post(no_to(posting), {"reason": "pay"}, headers=HTMX)
    text = gone.content.decode()
    assert text.lstrip().startswith("<li")
    assert "好，不再推荐这个。" in text
    back = client.post(no_to(posting, "undo"), headers=HTMX).content.decode()
    assert back.count('<li class="match">') == 1
    assert "不要的工作" in back
    assert not MatchFeedback.objects.exists()
    assert "不要的工作" in text_of(client)


def test_without_a_reason_it_asks_again(
    client: StrictClient, profile: SeekerProfile
) -> None:
    posting = publish()
    response = client.post(no_to(posting), {"reason": "nonsense"})
    assert response.status_code == 422
    assert not MatchFeedback.objects.exists()


def test_a_second_word_replaces_the_first(
    client: StrictClient, profile: SeekerProfile
) -> None:
    posting = publish()
    client.post(no_to(posting), {"reason": "pay"})
    client.post(no_to(posting), {"reason": "known"})
    assert MatchFeedback.objects.get().reason == "known"
    assert MatchFeedback.objects.get().leaning == ""


def test_not_this_kind_of_work_moves_the_kind_down_and_says_so(
    client: StrictClient, profile: SeekerProfile
) -> None:
    organization = make_organization()
    first = publish(organization, title="热线甲")
    publish(organization, title="热线乙")
    client.post(no_to(first), {"reason": "not_this_work"})
    text = text_of(client)
    assert "热线乙" in text
    assert "你说过不想做这类工作" in text
    assert reverse("matching:said") in text


def test_this_company_can_be_hidden(
    client: StrictClient, profile: SeekerProfile
) -> None:
    organization = make_organization()
    posting = publish(organization, title="甲")
    publish(organization, title="同一家的另一个")
    text = client.post(no_to(posting), {"reason": "this_employer"}, follow=True)
    assert no_to(posting, "hide_employer") in text.content.decode()
    client.post(no_to(posting, "hide_employer"))
    client.post(no_to(posting, "hide_employer"))
    assert CompanyBlock.objects.get().uscc == organization.uscc
    assert "同一家的另一个" not in text_of(client)


def test_a_dubious_one_leads_to_a_report(
    client: StrictClient, profile: SeekerProfile
) -> None:
    posting = publish()
    client.post(no_to(posting), {"reason": "dubious"})
    assert reverse("reports:job", args=[posting.public_id]) in text_of(
        client, no_to(posting)
    )


@pytest.mark.parametrize(
    ("reason", "step"),
    [
        ("too_far", "place"),
        ("pay", "pay"),
        ("hours", "limits"),
        ("asks_too_much", "did"),
    ],
)
def test_the_question_behind_it_is_one_tap_away_and_leads_back(
    client: StrictClient, profile: SeekerProfile, reason: str, step: str
) -> None:
    posting = publish()
    client.post(no_to(posting), {"reason": reason})
    url = reverse("seekers:step", args=[step]) + "?from=matches"
    assert url in text_of(client, no_to(posting))
    assert f'class="back" href="{LIST}"' in client.get(url).content.decode()


def test_what_was_said_is_listed_and_can_be_taken_back(
    client: StrictClient, profile: SeekerProfile
) -> None:
    organization = make_organization()
    rows = [publish(organization, title=f"不要{n}") for n in range(3)]
    for row in rows:
        client.post(no_to(row), {"reason": "too_far"})
    said = reverse("matching:said")
    assert "不要2" in text_of(client, said)
    client.post(no_to(rows[0], "undo"), {"said": "1"})
    assert "不要0" not in text_of(client, said)
    client.post(reverse("matching:clear"))
    assert not MatchFeedback.objects.exists()
    assert "不要1" in text_of(client)


def test_feedback_on_a_closed_posting_can_still_be_seen(
    client: StrictClient, profile: SeekerProfile
) -> None:
    posting = publish()
    client.post(no_to(posting), {"reason": "known"})
    Posting.objects.update(state="closed")
    assert client.get(no_to(posting)).status_code == 200


def test_export_and_erasure_know_of_it(
    client: StrictClient, profile: SeekerProfile
) -> None:
    posting = publish()
    client.post(no_to(posting), {"reason": "pay"})
    client.post(reverse("matching:order"), {"personal": "0"})
    exported = export_person(profile.user)["jobs.matching"]
    assert exported["not_for_me"][0]["reason"] == "pay"
    assert exported["newest_first"] is True
    erase_person(profile.user)
    assert not MatchFeedback.objects.exists()
    assert not PlainOrder.objects.exists()


def test_the_personal_order_can_be_switched_off(
    client: StrictClient, profile: SeekerProfile
) -> None:
    organization = make_organization()
    publish(organization, title="老而好", date_posted=date(2026, 10, 1), pay_max=9000)
    publish(organization, title="新而平", occupation="store_service", pay_max=5000)
    publish(organization, title="夜里的", shift="night")
    profile.constraints = ["no_night_shift"]
    profile.save()
    text = text_of(client)
    assert text.index("老而好") < text.index("新而平")
    client.post(reverse("matching:order"), {"personal": "0"})
    text = text_of(client)
    assert text.index("新而平") < text.index("老而好")
    assert "夜里的" not in text
    client.post(reverse("matching:order"), {"personal": "1"})
    text = text_of(client)
    assert text.index("老而好") < text.index("新而平")


def test_a_change_can_be_tried_and_kept(
    client: StrictClient, profile: SeekerProfile
) -> None:
    profile.constraints = ["no_night_shift", "no_collection"]
    profile.save()
    organization = make_organization()
    publish(organization, title="白天的")
    publish(organization, title="夜里的", shift="night")
    text = text_of(client)
    assert "?if=no_night_shift" in text
    assert "夜里的" not in text
    tried = text_of(client, **{"if": "no_night_shift"})
    assert "夜里的" in tried
    assert "只是试试看" in tried
    profile.refresh_from_db()
    assert "no_night_shift" in profile.constraints
    client.post(reverse("matching:keep"), {"if": "no_night_shift"})
    profile.refresh_from_db()
    assert profile.constraints == ["no_collection"]
    assert "夜里的" in text_of(client)


def test_less_pay_can_be_tried_and_kept(
    client: StrictClient, profile: SeekerProfile
) -> None:
    publish(title="低一点", pay_min=3000, pay_max=3600, base_salary_min=3000)
    assert "pay_floor-500" in text_of(client)
    client.post(reverse("matching:keep"), {"if": "pay_floor-500"})
    profile.refresh_from_db()
    assert profile.min_pay == 4000
    assert "低一点" in text_of(client)


@pytest.mark.parametrize(
    "code", ["no_collection", "no_fees", "nonsense", "pay_floor-1"]
)
def test_what_harms_is_never_offered_nor_saved(
    client: StrictClient, profile: SeekerProfile, code: str
) -> None:
    profile.constraints = ["no_collection", "no_fees"]
    profile.save()
    publish(title="催款", role="collection")
    assert "只是试试看" not in text_of(client, **{"if": code})
    client.post(reverse("matching:keep"), {"if": code})
    profile.refresh_from_db()
    assert profile.constraints == ["no_collection", "no_fees"]


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_where_the_order_comes_from_is_open_to_all(
    client: StrictClient, language: str
) -> None:
    client.cookies["django_language"] = language
    text = text_of(client, reverse("matching:how"))
    wanted = {"zh-hans": "没有公司能花钱", "zh-hant": "沒有公司能花錢", "en": "Money."}
    assert wanted[language] in text
    assert reverse("matching:order") not in text
