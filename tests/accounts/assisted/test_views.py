from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.assisted.access import person_token
from accounts.assisted.models import AssistedProfile, ProfileGrant
from accounts.assisted.views import people
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import AuditEvent, OutboxMessage
from accounts.seekers.models import SeekerProfile
from tests.accounts.assisted.make import make_draft, make_grant
from tests.accounts.identity.codes import code_for, latest
from tests.cast import Cast
from tests.make import make_counselor, make_seeker, make_user, sign_in
from tests.words import says

pytestmark = pytest.mark.django_db
ANSWERS = {
    "label": "周二上午",
    "origin": "in_person",
    "contact": "new@example.com",
    "contact_again": "new@example.com",
    "is_here": "on",
    "city": "成都",
    "past_roles": ["phone_collector"],
    "people": ["calm_upset_people"],
}


@pytest.fixture
def counselor(client: Client) -> CounselorProfile:
    profile = make_counselor()
    sign_in(client, profile.user)
    return profile


def link_in(address: str) -> str:
    found = re.search(r"/assisted/for-you/[^/\s]+/", latest(address).body)
    assert found is not None
    return found.group()


def test_from_the_talk_to_the_profile(
    client: Client, counselor: CounselorProfile
) -> None:
    page = client.post("/assisted/start/", ANSWERS, follow=True)
    assert "周二上午" in page.content.decode()
    person = Client()
    link = link_in("new@example.com")
    page = person.get(link)
    assert says(page, "Somebody filled this in for you")
    assert counselor.name in page.content.decode()
    # Whoever holds the phone reads no answer before taking over.
    assert "成都" not in page.content.decode()
    page = person.post(link, {})
    assert page.status_code == 422
    page = person.post(link, {"agreed": "on", "lets_read": "on"}, follow=True)
    assert "成都" in page.content.decode()
    assert SeekerProfile.objects.get().past_roles == ["phone_collector"]
    grant = ProfileGrant.objects.get()
    page = client.get(f"/assisted/people/{grant.public_id}/")
    assert "成都" in page.content.decode()
    page = person.get("/account/trail/")
    assert says(page, "A counselor read your profile")
    person.post(f"/assisted/helpers/{grant.public_id}/stop/")
    assert client.get(f"/assisted/people/{grant.public_id}/").status_code == 404


def test_the_counselor_cannot_tell_who_has_an_account(
    client: Client, counselor: CounselorProfile
) -> None:
    make_user("seeker", email="known@example.com")
    pages = []
    for contact in ("new@example.com", "known@example.com"):
        asked = ANSWERS | {"contact": contact, "contact_again": contact}
        answer = client.post("/assisted/start/", asked)
        shown = client.get("/assisted/").content.decode()
        pages.append((answer.status_code, answer["Location"], _plain(shown)))
        AssistedProfile.objects.all().delete()
    assert pages[0] == pages[1]
    assert latest("known@example.com").template == "assisted/already_here"


def _plain(page: str) -> str:
    return re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]*"|X-CSRFToken[^}]*', "", page
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"contact_again": "mew@example.com"}, "The two are not the same."),
        (
            {"contact": "12"},
            "This is not a mobile number we know. Please check the digits.",
        ),
        ({"is_here": ""}, "Only with the person, and only if they want it."),
        ({"city": "不存在"}, "“不存在”"),
    ],
)
def test_mistakes_are_shown_and_nothing_is_lost(
    client: Client, counselor: CounselorProfile, change: dict[str, str], words: str
) -> None:
    page = client.post("/assisted/start/", ANSWERS | change)
    assert page.status_code == 422
    assert says(page, words)
    text = page.content.decode()
    assert "周二上午" in text
    assert 'value="calm_upset_people"' in text
    assert re.search(r'value="phone_collector"[^>]*checked', text)
    assert not AssistedProfile.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_a_slip_without_phone_or_address(
    client: Client, counselor: CounselorProfile
) -> None:
    without = ANSWERS | {"contact": "", "contact_again": ""}
    slip = client.post("/assisted/start/", without, follow=True)
    draft = AssistedProfile.objects.get()
    code = "-".join(re.findall("....", draft.slip_code))
    assert code in slip.content.decode()
    assert not OutboxMessage.objects.exists()
    person = Client()
    assert person.post("/assisted/code/", {"code": "ABCD"}).status_code == 422
    link = person.post("/assisted/code/", {"code": code.lower()})["Location"]
    page = person.get(link)
    assert says(page, "First make a way to sign in. Then you come back here.")
    person.post(
        "/account/signup/",
        {"kind": "seeker", "contact": "me@example.com", "agreed": "on", "next": link},
    )
    back = person.post("/account/confirm-email/", {"code": code_for("me@example.com")})
    assert back["Location"] == link
    person.post(link, {})
    assert SeekerProfile.objects.get().city_code == "5101"
    assert not ProfileGrant.objects.exists()
    assert person.get(link).status_code == 410


def test_the_counselor_cannot_take_over_themselves(
    client: Client, counselor: CounselorProfile
) -> None:
    draft = make_draft(counselor, contact="")
    link = f"/assisted/for-you/{person_token(draft)}/"
    page = client.post(link, {"agreed": "on"})
    assert says(
        page,
        "You are signed in with an account that does not look for work. Sign out first.",
    )
    assert not SeekerProfile.objects.exists()


def test_not_me_in_one_tap_without_signing_in(counselor: CounselorProfile) -> None:
    make_draft(counselor, contact="wrong@example.com")
    link = link_in("wrong@example.com")
    person = Client()
    # Looking, as a scanner of mailboxes does, erases nothing.
    person.get(link)
    assert person.get(f"{link}not-me/").status_code == 405
    assert AssistedProfile.objects.get().state == "waiting"
    page = person.post(f"{link}not-me/")
    draft = AssistedProfile.objects.get()
    assert draft.receipt in page.content.decode()
    assert (draft.state, draft.answers) == ("ended", "")
    assert person.get(link).status_code == 410
    assert person.get("/assisted/for-you/forged/").status_code == 404


def test_the_link_of_an_empty_row_opens_nothing(counselor: CounselorProfile) -> None:
    make_user("seeker", email="known@example.com")
    draft = make_draft(counselor, contact="known@example.com")
    link = f"/assisted/for-you/{person_token(draft)}/"
    assert Client().get(link).status_code == 410


def test_who_signed_up_meanwhile_signs_in_first(counselor: CounselorProfile) -> None:
    make_draft(counselor, contact="new@example.com")
    link = link_in("new@example.com")
    user = make_user("seeker", email="new@example.com")
    person = Client()
    page = person.post(link, {"agreed": "on"}, follow=True)
    assert says(page, "You have an account already. Sign in first, please.")
    sign_in(person, user)
    person.post(link, {})
    assert SeekerProfile.objects.get(user=user).city_code == "5101"


def test_name_number_and_hidden_companies_stay_hidden(
    client: Client, cast: Cast
) -> None:
    seeker = cast.seeker
    seeker.blocks.create(name="躲开的公司", reason="former")
    grant = make_grant(seeker, cast.counselor)
    sign_in(client, cast.counselor.user)
    page = client.get(f"/assisted/people/{grant.public_id}/").content.decode()
    for secret in (seeker.contact_name, seeker.contact_phone, "躲开的公司"):
        assert secret not in page
    lines = AuditEvent.objects.filter(action="assisted.read")
    assert [line.subject_id for line in lines] == [seeker.user_id]


def test_let_them_read_again(client: Client) -> None:
    counselor, seeker = make_counselor(), make_seeker()
    grant = make_grant(seeker, counselor)
    sign_in(client, seeker.user)
    page = client.post(f"/assisted/helpers/{grant.public_id}/stop/", follow=True)
    assert says(page, "Reads nothing.")
    client.post(f"/assisted/helpers/{grant.public_id}/again/")
    assert ProfileGrant.objects.filter(ended_at__isnull=True).count() == 1
    CounselorProfile.objects.update(verification="suspended")
    url = f"/assisted/helpers/{grant.public_id}/again/"
    assert client.post(url).status_code == 404


def test_an_unchecked_counselor_is_told_what_is_missing(client: Client) -> None:
    sign_in(client, make_counselor(verification="submitted").user)
    assert says(client.get("/assisted/"), "Only checked counselors fill in for others.")
    assert client.get("/assisted/start/").status_code == 404


def test_taken_over_from_a_text_message(counselor: CounselorProfile) -> None:
    make_draft(counselor, contact="+8613900000009")
    person = Client()
    page = person.post(link_in("+8613900000009"), {"agreed": "on"}, follow=True)
    assert page.request["PATH_INFO"] == "/profile/"
    profile = SeekerProfile.objects.get()
    assert (profile.user.phone, profile.user.phone_verified) == ("+8613900000009", True)
    assert profile.user.email is None


def test_slips_cannot_be_tried_for_ever(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "MOST_TRIES", 2)
    for _try in range(2):
        page = client.post("/assisted/code/", {"code": "ABCDABCDABCD"})
        assert says(page, "We do not know this code, or its 14 days are over.")
    page = client.post("/assisted/code/", {"code": "ABCDABCDABCD"})
    assert says(page, "That was a bit quick. Please wait a minute and try again.")
