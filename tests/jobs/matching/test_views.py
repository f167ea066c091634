from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.seekers.models import CompanyBlock
from jobs.postings.models import Posting
from tests.client import StrictClient
from tests.jobs.matching.make import publish
from tests.make import make_organization, make_seeker, make_user, sign_in

pytestmark = pytest.mark.django_db

LIST = "/matches/"


def seeker_page(client: StrictClient, url: str = LIST, **fields: Any) -> str:
    sign_in(client, make_seeker(**fields).user)
    return client.get(url).content.decode()


def test_the_list_shows_pay_reasons_and_cautions(client: StrictClient) -> None:
    publish(title="热线客服甲", shift="two_shift")
    text = seeker_page(client)
    assert "热线客服甲" in text
    assert "你想做的：热线客服（接电话）" in text
    assert "早晚班轮着上" in text


def test_ten_a_page_and_the_rest_on_the_next(client: StrictClient) -> None:
    organization = make_organization()
    for number in range(11):
        publish(organization, title=f"客服{number:02}", pay_max=6500 + 100 * number)
    text = seeker_page(client)
    assert "客服10" in text
    assert "客服00" not in text
    assert "客服00" in client.get(LIST, {"page": "2"}).content.decode()
    assert client.get(LIST, {"page": "nonsense"}).status_code == 200


def test_filters_narrow_and_stay_in_the_page_links(client: StrictClient) -> None:
    organization = make_organization()
    for number in range(11):
        publish(organization, title=f"双休{number}")
    publish(organization, title="单休岗位", rest="single")
    sign_in(client, make_seeker().user)
    text = client.get(LIST, {"only": ["weekends", "nonsense"]}).content.decode()
    assert "单休岗位" not in text
    assert "only=weekends&amp;page=2" in text
    both = client.get(LIST, {"only": ["weekends", "lodging"]}).content.decode()
    assert "没有同时都合的" in both


def test_the_number_of_queries_does_not_grow(
    client: StrictClient, django_assert_max_num_queries: Any
) -> None:
    organization = make_organization()
    for number in range(10):
        publish(organization, title=f"客服{number}")
    profile = make_seeker()
    sign_in(client, profile.user)
    client.get(LIST)
    # One of them asks since when a posting is new to this seeker.
    with django_assert_max_num_queries(13):
        client.get(LIST)


def test_a_posting_closed_meanwhile_is_not_shown(client: StrictClient) -> None:
    publish(title="刚关闭的岗位")
    Posting.objects.update(state="closed")
    assert "刚关闭的岗位" not in seeker_page(client)


def test_hostile_words_in_a_title_are_shown_as_words(client: StrictClient) -> None:
    publish(title="<script>alert(1)</script>客服")
    assert "&lt;script&gt;" in seeker_page(client)


def test_before_the_first_answer_there_is_a_way_to_begin(client: StrictClient) -> None:
    sign_in(client, make_user("seeker"))
    text = client.get(LIST).content.decode()
    assert reverse("seekers:start") in text


def test_an_unfinished_profile_gets_a_first_list_and_a_nudge(
    client: StrictClient,
) -> None:
    publish(title="热线客服甲")
    text = seeker_page(client, completed_at=None, done_steps=["place"])
    assert "热线客服甲" in text
    assert "先看个大概" in text


def test_what_is_left_out_is_told_by_limit_with_a_way_to_change(
    client: StrictClient,
) -> None:
    organization = make_organization()
    publish(organization, title="夜里的岗位", shift="night")
    publish(organization, title="低薪岗位", pay_min=2000, pay_max=2500)
    url = reverse("matching:left_out")
    text = seeker_page(client, url, constraints=["no_night_shift"])
    assert "夜里的岗位" in text
    assert "21 点以后要上班" in text
    assert "低薪岗位" in text
    assert reverse("seekers:step", args=["pay"]) + "?from=matches" in text


def test_hidden_employers_are_told_as_hidden(client: StrictClient) -> None:
    publish(title="旧东家的岗位")
    profile = make_seeker()
    CompanyBlock.objects.create(profile=profile, name="青禾", reason="former")
    sign_in(client, profile.user)
    assert "旧东家的岗位" not in client.get(LIST).content.decode()
    text = client.get(reverse("matching:left_out")).content.decode()
    assert "你要求不看这家公司" in text


def test_why_shows_every_part_of_the_score(client: StrictClient) -> None:
    posting = publish()
    url = reverse("matching:why", args=[posting.public_id])
    text = seeker_page(client, url)
    for part in ("工资够不够", "底薪", "远近", "离催收有多远", "新不新"):
        assert part in text
    assert "没推荐给你，因为" not in text
    assert "你带来的本事" in text


def test_why_not_names_the_limit_and_where_to_change_it(client: StrictClient) -> None:
    posting = publish()
    url = reverse("matching:why", args=[posting.public_id])
    text = seeker_page(client, url, constraints=["no_phone"])
    assert "没推荐给你，因为" in text
    assert reverse("seekers:step", args=["limits"]) in text


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_pages_speak_the_readers_language(client: StrictClient, language: str) -> None:
    publish()
    client.cookies["django_language"] = language
    text = seeker_page(client)
    wanted = {"zh-hans": "双休", "zh-hant": "週休二日", "en": "Two days off"}
    assert wanted[language] in text
