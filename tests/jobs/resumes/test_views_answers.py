from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.seekers.models import SeekerProfile
from jobs.resumes.models import Resume
from jobs.resumes.rules.answers import catalogue
from tests.client import StrictClient
from tests.jobs.resumes.make import make_resume
from tests.make import make_seeker, make_user, sign_in

pytestmark = pytest.mark.django_db
GROUPS = list(catalogue().groups)
LANGUAGES = {
    "zh-hans": "接听客户来电，一天 80–100 通",
    "zh-hant": "接聽客戶來電，一天 80–100 通",
    "en": "Answered customer calls, 80–100 a day",
}


@pytest.fixture
def profile(client: StrictClient) -> SeekerProfile:
    profile = make_seeker()
    sign_in(client, profile.user)
    return profile


def did(group: str) -> str:
    return reverse("resumes:did", args=[group])


@pytest.mark.parametrize(("language", "line"), LANGUAGES.items())
def test_from_nothing_to_three_versions(
    client: StrictClient, profile: SeekerProfile, language: str, line: str
) -> None:
    client.cookies["django_language"] = language
    begin = client.get(reverse("resumes:mine"))
    assert did(GROUPS[0]) in begin.content.decode()
    for at, group in enumerate(GROUPS):
        assert client.get(did(group)).status_code == 200
        codes = [answer.code for answer in catalogue().in_group(group)]
        answer = client.post(did(group), {"ticks": codes})
        last = at + 1 == len(GROUPS)
        expected = reverse("resumes:figures") if last else did(GROUPS[at + 1])
        assert answer["Location"] == expected
    assert client.get(reverse("resumes:figures")).status_code == 200
    answer = client.post(
        reverse("resumes:figures"),
        {"inbound_calls_0": "80", "inbound_calls_1": "100", "systems": "潮云"},
        follow=True,
    )
    page = answer.content.decode()
    assert line in page
    assert catalogue().answers["inbound_calls"].label.text(language) in page
    assert page.count('class="resume-line"') > 40
    for variant in ("servicing", "support", "compliance"):
        sheet = client.get(reverse("resumes:sheet", args=[variant]))
        assert sheet.content.decode().count("<li>") >= 10


def test_what_the_profile_says_is_ticked_already(
    client: StrictClient, profile: SeekerProfile
) -> None:
    page = client.get(did("people")).context["form"]
    assert page["ticks"].value() == ["calming"]
    assert not Resume.objects.exists()


def test_an_emptied_screen_stays_empty(
    client: StrictClient, profile: SeekerProfile
) -> None:
    client.post(did("people"), {})
    assert client.get(did("people")).context["form"]["ticks"].value() == []


def test_a_tick_that_was_never_offered_is_refused(
    client: StrictClient, profile: SeekerProfile
) -> None:
    answer = client.post(did("people"), {"ticks": ["calming", "threaten"]})
    assert answer.status_code == 422
    assert not Resume.objects.exists()


def test_a_group_that_does_not_exist(
    client: StrictClient, profile: SeekerProfile
) -> None:
    assert client.get(did("threats")).status_code == 404


def test_leaving_and_coming_back(client: StrictClient, profile: SeekerProfile) -> None:
    answer = client.post(did("calls"), {"ticks": ["inbound_calls"], "leave": "1"})
    assert answer["Location"] == reverse("resumes:mine")
    answer = client.post(did("calls") + "?from=resume", {"ticks": ["inbound_calls"]})
    assert answer["Location"] == reverse("resumes:figures") + "?from=resume"


def test_somebody_without_a_profile_is_led_to_it(client: StrictClient) -> None:
    sign_in(client, make_user("seeker"))
    for name, args in (("mine", []), ("did", ["calls"]), ("figures", [])):
        answer = client.get(reverse(f"resumes:{name}", args=args))
        assert answer["Location"] == reverse("seekers:start")


def test_no_figures_to_ask_for(client: StrictClient, profile: SeekerProfile) -> None:
    make_resume(profile, ["scolded"])
    answer = client.get(reverse("resumes:figures"))
    assert answer["Location"] == reverse("resumes:mine")


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"inbound_calls_0": "100", "inbound_calls_1": "80"}, "inbound_calls"),
        ({"inbound_calls_0": "100000"}, "inbound_calls"),
        ({"inbound_calls_0": "many"}, "inbound_calls"),
        ({"systems": "爆通讯录软件"}, "systems"),
        ({"systems": "找我 13812345678"}, "systems"),
        ({"systems": "长" * 41}, "systems"),
    ],
)
def test_bad_figures_lose_nothing(
    client: StrictClient, profile: SeekerProfile, values: dict[str, str], name: str
) -> None:
    make_resume(profile, ["inbound_calls", "systems"])
    answer = client.post(reverse("resumes:figures"), values)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]
    typed = next(iter(values.values()))
    assert typed in answer.content.decode()


def test_one_figure_is_enough_in_either_box(
    client: StrictClient, profile: SeekerProfile
) -> None:
    resume = make_resume(profile, ["inbound_calls"])
    client.post(reverse("resumes:figures"), {"inbound_calls_1": "80"})
    row = resume.answers.get()
    assert (row.low, row.high) == (80, None)
    page = client.get(reverse("resumes:figures")).content.decode()
    assert 'value="80"' in page


def test_the_language_of_the_lines(
    client: StrictClient, profile: SeekerProfile
) -> None:
    make_resume(profile, ["scolded"])
    url = reverse("resumes:language")
    client.post(url, {"language": "en"})
    page = client.get(reverse("resumes:mine")).content.decode()
    assert "Stayed calm and polite when spoken to harshly" in page
    assert client.post(url, {"language": "fr"}).status_code == 404
