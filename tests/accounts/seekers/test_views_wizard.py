from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.identity.models import User
from accounts.seekers.enums import Step
from accounts.seekers.models import SeekerProfile
from tests.client import StrictClient
from tests.make import make_seeker, make_user, sign_in

pytestmark = pytest.mark.django_db

ANSWERS: dict[str, dict[str, object]] = {
    "place": {"city": "上海", "district": "浦东"},
    "past": {"past_roles": ["phone_collector"], "years": "2.5"},
    "did": {"people": ["calm_upset_people"], "other": ["type_fast"]},
    "limits": {"constraints": ["no_collection", "no_phone"]},
    "wanted": {"wanted_occupations": ["online_chat"], "wish_text": "想打字"},
    "pay": {"min_pay": "4500", "needs_housing": "on", "can_start": "now"},
    "education": {"education": "junior_high", "age": "24"},
    "hidden": {"former": "旧东家"},
    "contact": {"pseudonym": "远帆", "visibility": "1"},
}


@pytest.fixture
def seeker(client: StrictClient) -> User:
    user = make_user("seeker")
    sign_in(client, user)
    return user


def step_url(step: str) -> str:
    return reverse("seekers:step", args=[step])


def test_the_whole_way_from_nothing_to_a_list(
    client: StrictClient, seeker: User
) -> None:
    page = client.get(reverse("seekers:start"))
    for step, answers in ANSWERS.items():
        assert page["Location"] == step_url(step)
        page = client.post(page["Location"], answers)
    assert page["Location"] == step_url("review")
    page = client.post(step_url("review"))
    assert page["Location"] == reverse("matching:list")
    profile = SeekerProfile.objects.get(user=seeker)
    assert profile.completed_at is not None
    assert set(profile.done_steps) == set(Step.values)
    assert profile.skills.filter(skill="typing").exists()
    assert profile.needs_housing


def test_coming_back_takes_up_the_first_open_screen(
    client: StrictClient, seeker: User
) -> None:
    client.get(reverse("seekers:start"))
    client.post(step_url("place"), ANSWERS["place"])
    client.post(step_url("did"), ANSWERS["did"])
    assert client.get(reverse("seekers:start"))["Location"] == step_url("past")


def test_saving_and_leaving_keeps_the_answer(
    client: StrictClient, seeker: User
) -> None:
    client.get(reverse("seekers:start"))
    page = client.post(step_url("place"), ANSWERS["place"] | {"leave": "1"})
    assert page["Location"] == reverse("seekers:profile")
    assert SeekerProfile.objects.get(user=seeker).city_code == "3101"


def test_a_mistake_keeps_what_was_typed_and_says_what_to_do(
    client: StrictClient, seeker: User
) -> None:
    client.get(reverse("seekers:start"))
    page = client.post(step_url("place"), {"city": "亚特兰蒂斯", "also": "杭州"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "没有找到“亚特兰蒂斯”" in text
    assert 'value="杭州"' in text
    assert SeekerProfile.objects.get(user=seeker).done_steps == []


@pytest.mark.parametrize(
    ("step", "answers"),
    [
        ("contact", {"pseudonym": "\u200b\u200b\u200b", "visibility": "1"}),
        ("contact", {"pseudonym": "\u0958" * 12, "visibility": "1"}),
        ("wanted", {"wish_text": "\u0958" * 300}),
    ],
)
def test_text_is_measured_as_it_is_kept(
    client: StrictClient, seeker: User, step: str, answers: dict[str, str]
) -> None:
    """Invisible characters count for nothing, composed ones for their parts."""
    client.get(reverse("seekers:start"))
    assert client.post(step_url(step), answers).status_code == 422
    assert SeekerProfile.objects.get(user=seeker).done_steps == []


def test_one_answer_changed_from_the_summary_leads_back_there(
    client: StrictClient,
) -> None:
    profile = make_seeker()
    sign_in(client, profile.user)
    url = step_url("pay") + "?from=summary"
    page = client.post(url, {"min_pay": "5000"})
    assert page["Location"] == reverse("seekers:profile")
    profile.refresh_from_db()
    assert profile.min_pay == 5000


def test_skipping_goes_on_without_an_answer(client: StrictClient, seeker: User) -> None:
    client.get(reverse("seekers:start"))
    page = client.post(reverse("seekers:skip", args=["past"]))
    assert page["Location"] == step_url("did")
    assert client.post(reverse("seekers:skip", args=["place"]))["Location"] == (
        step_url("place")
    )


def test_reading_over_too_early_leads_to_what_is_missing(
    client: StrictClient, seeker: User
) -> None:
    client.get(reverse("seekers:start"))
    client.post(step_url("place"), ANSWERS["place"])
    assert client.post(step_url("review"))["Location"] == step_url("limits")


def test_the_summary_shows_every_part_with_its_link(client: StrictClient) -> None:
    profile = make_seeker(did=["drive"], wish_text="<b>想开车</b>")
    sign_in(client, profile.user)
    text = client.get(reverse("seekers:profile")).content.decode()
    for step in set(Step.values) - {"review"}:
        assert step_url(step) + "?from=summary" in text
    assert "会开车" in text
    assert "&lt;b&gt;想开车" in text


def test_a_hostile_skip_by_get_changes_nothing(
    client: StrictClient, seeker: User
) -> None:
    client.get(reverse("seekers:start"))
    assert client.get(reverse("seekers:skip", args=["pay"])).status_code == 405
    assert SeekerProfile.objects.get(user=seeker).done_steps == []
