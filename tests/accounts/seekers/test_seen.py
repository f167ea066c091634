from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.consent.access import has_consent
from accounts.consent.enums import Purpose
from accounts.seekers.enums import Visibility
from accounts.seekers.models import SeekerProfile
from accounts.seekers.services import MOST_BLOCKS
from tests.client import StrictClient
from tests.jobs.applications.make import send
from tests.jobs.applications.make_people import make_apart
from tests.make import make_posting, make_seeker, sign_in

pytestmark = pytest.mark.django_db
URL = "/profile/seen/"


@pytest.fixture
def seeker(client: StrictClient) -> SeekerProfile:
    profile = make_seeker()
    sign_in(client, profile.user)
    return profile


def page(client: StrictClient, query: str = "") -> str:
    return client.get(f"{URL}{query}").content.decode()


def test_show_and_hide_are_one_tap_each(
    client: StrictClient, seeker: SeekerProfile
) -> None:
    assert "没有招聘方找得到你" in page(client)
    client.post(reverse("seekers:show"))
    seeker.refresh_from_db()
    assert seeker.visibility == Visibility.PSEUDONYM
    assert has_consent(seeker.user, Purpose.SHOW_PROFILE)
    assert "看得到你会做什么" in page(client)
    assert client.post(reverse("seekers:hide"), {"seen": "1"})["Location"] == URL
    seeker.refresh_from_db()
    assert seeker.visibility == Visibility.NOBODY
    assert not has_consent(seeker.user, Purpose.SHOW_PROFILE)


def test_what_would_be_seen_stands_above_the_button(
    client: StrictClient, seeker: SeekerProfile
) -> None:
    text = page(client)
    words = (
        text.index("他们看到你的城市")
        if "他们看到你的城市" in text
        else text.index("城市")
    )
    assert words < text.index(reverse("seekers:show"))


def test_an_unfinished_profile_is_not_shown(
    client: StrictClient, seeker: SeekerProfile
) -> None:
    SeekerProfile.objects.update(completed_at=None)
    assert client.post(reverse("seekers:show"))["Location"] == reverse("seekers:start")
    seeker.refresh_from_db()
    assert seeker.visibility != Visibility.PSEUDONYM


def test_a_company_is_found_hidden_from_and_taken_off(
    client: StrictClient, seeker: SeekerProfile
) -> None:
    make_apart(1, "青禾客服", contact_phone="+862158887777")
    make_apart(2, "白塔数据", contact_phone="+862158887777")
    found = page(client, "?q=青禾")
    assert "91000000MA1B000001" in found
    assert "白塔数据" in found
    client.post(
        reverse("seekers:block"),
        {"company": "青禾客服", "uscc": "91000000MA1B000001", "former": "on"},
    )
    block = seeker.blocks.get()
    assert (block.name, block.uscc, block.reason) == (
        "青禾客服",
        "91000000MA1B000001",
        "former",
    )
    listed = page(client)
    assert "我在那里上过班" in listed
    assert "白塔数据" in listed
    client.post(reverse("seekers:unblock", args=[block.pk]))
    assert not seeker.blocks.exists()


def test_a_name_nobody_registered_counts_all_the_same(
    client: StrictClient, seeker: SeekerProfile
) -> None:
    assert "没有叫这个名字的公司" in page(client, "?q=还没来的公司")
    client.post(reverse("seekers:block"), {"company": "还没来的公司"})
    assert seeker.blocks.get().reason == "chosen"


def test_bad_input_is_said_and_kept(
    client: StrictClient, seeker: SeekerProfile
) -> None:
    answer = client.post(reverse("seekers:block"), {"company": "某"})
    assert answer.status_code == 422
    assert 'value="某"' in answer.content.decode()
    for number in range(MOST_BLOCKS):
        seeker.blocks.create(name=f"公司{number}号", reason="chosen")
    full = client.post(reverse("seekers:block"), {"company": "再来一家"})
    assert full.status_code == 422
    assert "名单满了" in full.content.decode()


def test_who_reads_an_application_stands_there(
    client: StrictClient, seeker: SeekerProfile
) -> None:
    assert "现在没有公司看得到" in page(client)
    send(seeker, make_posting())
    assert "青禾消费金融" in page(client)
