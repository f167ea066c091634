"""What is stored, and what somebody agreed to, as they read it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.consent.access import active_consents_for, has_consent
from accounts.consent.enums import Purpose
from accounts.consent.models import Consent
from accounts.consent.services import TERMS_VERSION, grant_consent
from accounts.seekers.access import CONSENT_VERSION
from accounts.seekers.enums import Visibility
from accounts.seekers.models import SeekerProfile
from tests.client import StrictClient
from tests.jobs.applications.make import make_application
from tests.jobs.applications.make_people import agree
from tests.make import (
    make_member,
    make_organization,
    make_posting,
    make_seeker,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeker(client: StrictClient) -> SeekerProfile:
    profile = make_seeker(wish_text="不给别人看的话")
    sign_in(client, profile.user)
    return profile


def end_url(consent: Consent) -> str:
    return reverse("consent:end", args=[consent.public_id])


def test_the_centre_counts_and_never_quotes(
    client: StrictClient, seeker: SeekerProfile
) -> None:
    page = client.get(reverse("consent:centre")).content.decode()
    assert "我的资料" in page
    assert "存了我的什么" in page
    assert "不给别人看的话" not in page
    assert "林小舟" not in page


def test_one_tap_takes_the_yes_to_being_shown_back(
    client: StrictClient, seeker: SeekerProfile
) -> None:
    consent = agree(seeker)
    page = client.get(reverse("consent:grants")).content.decode()
    assert end_url(consent) in page
    assert "核验过的招聘方用一个代号" in page
    assert client.post(end_url(consent)).status_code == 302
    seeker.refresh_from_db()
    assert seeker.visibility == Visibility.NOBODY
    assert not has_consent(seeker.user, Purpose.SHOW_PROFILE)
    assert client.post(end_url(consent)).status_code == 404


def test_taking_back_an_application_asks_first(
    client: StrictClient, seeker: SeekerProfile
) -> None:
    organization = make_organization()
    make_member(organization)
    application = make_application(seeker, make_posting(organization), state="viewed")
    url = end_url(application.consent)
    listed = client.get(reverse("consent:grants")).content.decode()
    assert organization.display_name in listed
    assert f'href="{url}"' in listed
    asked = client.post(url)
    assert asked.status_code == 200
    assert "这份投递会撤回" in asked.content.decode()
    application.refresh_from_db()
    assert application.state == "viewed"
    client.post(url, {"sure": "1"})
    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert not application.is_shared


def test_taking_back_what_has_ended_shuts_the_employer_out(
    client: StrictClient, seeker: SeekerProfile
) -> None:
    organization = make_organization()
    member = make_member(organization)
    application = make_application(seeker, make_posting(organization), state="declined")
    employer = StrictClient()
    sign_in(employer, member)
    read = reverse("applications:received", args=[application.public_id])
    assert "林小舟" in employer.get(read).content.decode()
    client.post(end_url(application.consent), {"sure": "1"})
    application.refresh_from_db()
    assert application.state == "declined"
    for url in (read, f"{reverse('applications:inbox')}?tab=ended"):
        page = employer.get(url).content.decode()
        assert "林小舟" not in page
        assert "下周就能上班" not in page


def test_terms_are_left_by_leaving(client: StrictClient, seeker: SeekerProfile) -> None:
    consent = grant_consent(
        user=seeker.user, purpose=Purpose.TERMS, version=TERMS_VERSION
    )
    page = client.get(reverse("consent:grants")).content.decode()
    assert reverse("consent:delete") in page
    assert end_url(consent) not in page
    assert client.post(end_url(consent)).status_code == 404


def test_new_words_are_asked_about_again(
    client: StrictClient, seeker: SeekerProfile
) -> None:
    old = grant_consent(user=seeker.user, purpose=Purpose.TERMS, version="2025-01")
    assert "文字改了" in client.get(reverse("consent:centre")).content.decode()
    url = reverse("consent:agree_again", args=[old.public_id])
    assert url in client.get(reverse("consent:grants")).content.decode()
    client.post(url)
    (now,) = active_consents_for(seeker.user)
    assert now.version == TERMS_VERSION
    page = client.get(reverse("consent:grants")).content.decode()
    assert "2025-01" in page, "the history keeps the old version"
    assert client.post(url).status_code == 404


def test_old_words_about_being_seen_lead_to_the_new_ones(
    client: StrictClient, seeker: SeekerProfile
) -> None:
    agree(seeker, version="2020-01")
    page = client.get(reverse("consent:grants")).content.decode()
    assert reverse("seekers:seen") in page
    assert Consent.objects.get(withdrawn_at=None).version != CONSENT_VERSION
