from __future__ import annotations

import re
from typing import Any

import pytest

from accounts.seekers.models import SkillClaim
from jobs.paths.rules.atlas import default_atlas
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.matching.make import publish
from tests.make import make_seeker, make_user, sign_in

pytestmark = pytest.mark.django_db

MAP = "/paths/"
LANGUAGES = {"zh-hans": "zh_hans", "zh-hant": "zh_hant", "en": "en"}


def page(client: StrictClient, url: str, language: str = "zh-hans") -> str:
    client.cookies["django_language"] = language
    response = client.get(url)
    assert response.status_code == 200
    return str(response.content.decode())


def picture(text: str) -> str:
    return text[text.index('<svg class="paths-map"') : text.index("</figure>")]


def listed(text: str) -> list[str]:
    return re.findall(r'<li class="card card-link paths-row" data-path="(\w+)"', text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_stands_in_every_language(
    client: StrictClient, language: str
) -> None:
    atlas, key = default_atlas(), LANGUAGES[language]
    assert atlas.skills["typing"].texts[key].name in page(
        client, "/paths/skills/typing/", language
    )
    shown = page(client, "/paths/online_chat/?from=qa", language)
    for line in atlas.targets["online_chat"].texts[key].duties:
        assert line.replace("'", "&#x27;") in shown
    assert "CC BY 4.0" in page(client, "/paths/method/", language)
    assert "<svg" in page(client, MAP, language)


def test_the_picture_has_a_link_for_each_kind_of_work(client: StrictClient) -> None:
    text = page(client, MAP + "?from=phone_collector&from=qa")
    drawn = picture(text)
    assert sorted(listed(text)) == sorted(default_atlas().targets)
    for code in default_atlas().targets:
        link = f'href="/paths/{code}/?from=phone_collector&amp;from=qa"'
        assert link in drawn
        assert text.count(link) == 2


def test_filters_leave_the_rest_of_the_map(client: StrictClient) -> None:
    text = page(client, MAP + "?only=no_phone&only=day&only=nonsense")
    wanted = {
        code
        for code, target in default_atlas().targets.items()
        if target.phone == 0 and target.shifts[0] == "day"
    }
    assert set(listed(text)) == wanted
    assert picture(text).count("<a ") == len(wanted)


@pytest.mark.parametrize(
    ("only", "kept", "dropped"),
    [
        ("no_phone", "data_entry", "inbound_hotline"),
        ("no_debtors", "online_chat", "hardship_desk"),
        ("no_college", "store_service", "compliance_assistant"),
    ],
)
def test_each_filter_does_what_it_says(
    client: StrictClient, only: str, kept: str, dropped: str
) -> None:
    found = listed(page(client, f"{MAP}?only={only}"))
    assert kept in found
    assert dropped not in found


def test_an_address_without_sense_is_a_page_all_the_same(client: StrictClient) -> None:
    text = page(client, MAP + "?from=spy&only=x&tier=moon")
    assert "这是一个例子" in text
    assert len(listed(text)) == len(default_atlas().targets)


def test_a_seeker_starts_from_what_they_did(client: StrictClient) -> None:
    profile = make_seeker(past_roles=["trainer"])
    SkillClaim.objects.create(
        profile=profile, skill="typing", source_answer="type_fast"
    )
    sign_in(client, profile.user)
    text = page(client, MAP)
    assert "从这里出发：培训老师" in text
    assert "你在资料里勾选的也算进去了" in text
    assert listed(text)[0] == "trainer"
    assert "你在资料里说过" in page(client, "/paths/data_entry/")
    other = page(client, MAP + "?from=wfm")
    assert listed(other)[0] == "workforce_planning"


def test_a_seeker_without_answers_sees_the_example(client: StrictClient) -> None:
    sign_in(client, make_user("seeker"))
    assert "这是一个例子" in page(client, MAP)


def test_a_path_tells_how_its_number_is_made(client: StrictClient) -> None:
    text = page(client, "/paths/quality_assurance/?from=phone_collector")
    for words in (
        "你带来的技能",
        "两种工作像不像",
        "学历",
        "工资和以前比",
        "离欠款多远",
    ):
        assert words in text
    assert "多数从客服里提拔" in text
    assert "−8" in text
    for way in default_atlas().skills["quality_review"].texts["zh_hans"].ways:
        assert way in text


def test_a_path_keeps_the_way_back(client: StrictClient) -> None:
    text = page(client, "/paths/trainer/?from=qa&only=no_phone&tier=first")
    assert 'href="/paths/?from=qa&amp;only=no_phone&amp;tier=first"' in text
    low, top = default_atlas().targets["trainer"].pay.ranges["first"]
    assert f"{low}–{top}" in text


def test_open_postings_are_counted_and_led_to(client: StrictClient, cast: Cast) -> None:
    publish(cast.organization, title="在线客服甲", occupation="online_chat")
    publish(cast.organization, occupation="online_chat", state="in_review")
    link = "/jobs/?occupation=online_chat"
    text = page(client, "/paths/online_chat/")
    assert link in text
    assert "看在招的 1 个职位" in text
    assert link not in page(client, "/paths/data_entry/").replace("data_entry", "")
    assert "在招 1 个" in page(client, MAP)


def test_nothing_about_the_viewer_is_kept_for_the_next(
    client: StrictClient, cast: Cast
) -> None:
    sign_in(client, make_seeker(email="a@example.com", past_roles=["wfm"]).user)
    assert "排班和报表" in page(client, MAP)
    other = StrictClient()
    assert "从这里出发" not in page(other, MAP)


def test_the_map_asks_few_queries(
    client: StrictClient, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        page(client, MAP)


@pytest.mark.parametrize("url", ["/", "/traps/"])
def test_other_pages_lead_to_the_map(client: StrictClient, url: str) -> None:
    assert 'href="/paths/"' in page(client, url)
