from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.employers.models import Membership
from jobs.api.access import find_key
from jobs.api.models import ApiKey
from jobs.api.rules.keys import MOST_KEYS
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.api.make import new_key
from tests.make import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
NEW = {"name": "招聘系统", "scopes": ["postings:read"], "lifetime": "90"}


@pytest.fixture
def admin(cast: Cast) -> StrictClient:
    """Has just shown once more who they are."""
    client = StrictClient()
    sign_in(client, cast.employer)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/"})
    return client


def token_in(response: Any) -> str:
    text: str = response.content.decode()
    return text.partition("data-key>")[2].partition("<")[0]


def test_a_key_is_shown_once(admin: StrictClient, cast: Cast) -> None:
    made = admin.post(reverse("api:new_key"), NEW)
    assert made.status_code == 201
    token = token_in(made)
    key = find_key(token)
    assert key is not None
    assert (key.name, key.scopes) == ("招聘系统", ["postings:read"])
    assert key.expires_at - key.created_at == timedelta(days=90)
    assert "no-store" in made["Cache-Control"]
    page = admin.get(reverse("api:keys")).content.decode()
    assert token not in page
    assert key.shown in page
    assert "还没用过" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "这里要填"),
        ({"name": "字" * 41}, "40"),
        ({"scopes": []}, "至少选一项"),
        ({"scopes": ["everything"]}, "everything"),
        ({"lifetime": "366"}, "366"),
        ({"lifetime": ""}, "这里要填"),
    ],
)
def test_wrong_answers_keep_the_others(
    admin: StrictClient, change: dict[str, Any], words: str
) -> None:
    page = admin.post(reverse("api:new_key"), NEW | change)
    assert page.status_code == 422
    text = page.content.decode()
    assert words in text
    assert not ApiKey.objects.exists()
    if "name" not in change:
        assert 'value="招聘系统"' in text
    if "scopes" not in change:
        assert 'value="postings:read"' in text.partition("checked")[0][-400:]


def test_sending_the_form_again_makes_no_second_key(admin: StrictClient) -> None:
    admin.post(reverse("api:new_key"), NEW)
    again = admin.post(reverse("api:new_key"), NEW)
    assert again.status_code == 422
    assert "已经有一个叫这个名字的密钥" in again.content.decode()
    assert ApiKey.objects.count() == 1


def test_an_eleventh_is_refused_with_a_way_out(admin: StrictClient, cast: Cast) -> None:
    for number in range(MOST_KEYS):
        new_key(cast.employer, name=f"程序{number}")
    page = admin.post(reverse("api:new_key"), NEW)
    assert "请先停掉一个" in page.content.decode()


@pytest.mark.parametrize(("old", "works"), [("day", True), ("now", False)])
def test_replacing(admin: StrictClient, cast: Cast, old: str, works: bool) -> None:
    first = new_key(cast.employer)
    url = reverse("api:rotate_key", args=[first.key.public_id])
    made = admin.post(url, {"old": old})
    assert made.status_code == 201
    assert find_key(token_in(made)) is not None
    assert (find_key(first.token) is not None) is works
    again = admin.post(url, {"old": old}, follow=True)
    assert "已经换过了" in again.content.decode()
    assert ApiKey.objects.count() == 2


def test_replacing_asks_what_becomes_of_the_old_one(
    admin: StrictClient, cast: Cast
) -> None:
    url = reverse("api:rotate_key", args=[new_key(cast.employer).key.public_id])
    assert admin.post(url, {"old": "never"}).status_code == 422
    assert ApiKey.objects.count() == 1


def test_ending(admin: StrictClient, cast: Cast) -> None:
    made = new_key(cast.employer)
    url = reverse("api:revoke_key", args=[made.key.public_id])
    assert admin.get(url).status_code == 200
    assert find_key(made.token) is not None
    page = admin.post(url, follow=True)
    assert "停掉了" in page.content.decode()
    assert find_key(made.token) is None


def test_who_signed_in_long_ago_shows_it_once_more(
    client: StrictClient, cast: Cast
) -> None:
    sign_in(client, cast.employer)
    url = reverse("api:new_key")
    asked = client.get(url)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    data = {"password": PASSWORD, "next": url}
    assert client.post(reverse("account_reauthenticate"), data)["Location"] == url
    assert client.get(url).status_code == 200


def test_a_resting_key_says_why(admin: StrictClient, cast: Cast) -> None:
    Membership.objects.filter(user=cast.colleague).update(role="admin")
    new_key(cast.colleague)
    Membership.objects.filter(user=cast.colleague).update(role="recruiter")
    page = admin.get(reverse("api:keys")).content.decode()
    assert "建它的人不再是管理员" in page
    assert "新的以你的名义做事" in page


def test_the_overview_leads_to_what_is_served(admin: StrictClient, cast: Cast) -> None:
    new_key(cast.employer)
    page = admin.get(reverse("api:connections")).content.decode()
    assert "1 个密钥可用" in page
    assert reverse("api:keys") in page
    assert reverse("rest:docs") in page


def test_a_colleague_reads_who_makes_keys(client: StrictClient, cast: Cast) -> None:
    sign_in(client, cast.colleague)
    page = client.get(reverse("api:connections")).content.decode()
    assert "只有你们单位的管理员能建密钥" in page
    assert reverse("api:keys") not in page


def test_the_reference_names_every_route_and_problem(client: StrictClient) -> None:
    page = client.get(reverse("rest:docs")).content.decode()
    for words in (
        "/postings/{posting_id}/renew",
        "applications:write",
        "screening-blocked",
    ):
        assert words in page
    assert len(page.encode()) < 400_000
