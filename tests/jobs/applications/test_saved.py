"""Jobs that a seeker put aside."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.consent.registry import erase_person, export_person
from jobs.applications.models import SavedPosting
from jobs.applications.services.saved import (
    TooManySaved,
    save_posting,
    unsave_posting,
)
from jobs.postings.models import Posting
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.jobs.applications.together import together
from tests.make import make_posting, sign_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def posting(cast: Cast) -> Posting:
    return make_posting(cast.organization, title="在线客服")


def save(client: Client, posting: Posting, **data: Any) -> Any:
    return client.post(reverse("applications:save", args=[posting.public_id]), data)


def unsave(client: Client, posting: Posting, **data: Any) -> Any:
    return client.post(reverse("applications:unsave", args=[posting.public_id]), data)


@pytest.mark.parametrize("state", ["draft", "in_review", "rejected", "closed"])
def test_only_what_is_open_is_saved(cast: Cast, client: Client, state: str) -> None:
    sign_in(client, cast.seeker.user)
    assert save(client, make_posting(cast.organization, state=state)).status_code == 404
    assert not SavedPosting.objects.exists()


def test_saving_leads_back_and_shows_it(
    cast: Cast, client: Client, posting: Posting
) -> None:
    sign_in(client, cast.seeker.user)
    back = "/jobs/?q=客服"
    answer = save(client, posting, next=back)
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/jobs/?q=%E5%AE%A2%E6%9C%8D",
    )
    save(client, posting)
    assert SavedPosting.objects.count() == 1
    page = client.get(reverse("applications:saved")).content.decode()
    assert "在线客服" in page
    assert "已收藏" in page
    unsave(client, posting)
    unsave(client, posting)
    assert not SavedPosting.objects.exists()
    assert "还没有收藏" in client.get(reverse("applications:saved")).content.decode()


@pytest.mark.parametrize("target", ["https://example.com/", "//example.com", "x:y", ""])
def test_nobody_is_led_away(
    cast: Cast, client: Client, posting: Posting, target: str
) -> None:
    sign_in(client, cast.seeker.user)
    assert save(client, posting, next=target)["Location"] == "/applications/saved/"


def test_htmx_gets_the_button_alone(
    cast: Cast, client: Client, posting: Posting
) -> None:
    sign_in(client, cast.seeker.user)
    url = reverse("applications:save", args=[posting.public_id])
    button = client.post(url, {"next": "/jobs/"}, headers=HTMX).content.decode()
    assert button.lstrip().startswith("<form")
    assert 'aria-pressed="true"' in button
    assert f'action="{url}remove/"' in button
    assert 'value="/jobs/"' in button


def test_lists_and_pages_say_what_is_saved(
    cast: Cast, client: Client, posting: Posting
) -> None:
    other = make_posting(cast.organization, title="文字客服")
    make_application(cast.seeker, other)
    save_posting(user=cast.seeker.user, posting=posting)
    sign_in(client, cast.seeker.user)
    cards = {card.title: card for card in client.get("/jobs/").context["cards"]}
    assert cards["在线客服"].is_saved
    assert not cards["文字客服"].is_saved
    assert next(str(mark.text) for mark in cards["文字客服"].badges) == "你投递了"
    assert "已收藏" in client.get(f"/jobs/{posting.public_id}/").content.decode()
    assert "已收藏" not in client.get(f"/jobs/{other.public_id}/").content.decode()
    sign_in(client, cast.other_seeker.user)
    assert "已收藏" not in client.get("/jobs/").content.decode()
    assert client.get(reverse("applications:saved")).context["saved"] == []


@pytest.mark.parametrize("role", ["anonymous", "employer", "counselor", "moderator"])
def test_others_see_no_button(
    cast: Cast, client: Client, posting: Posting, role: str
) -> None:
    sign_in(client, cast.user(role))
    for path in ("/jobs/", f"/jobs/{posting.public_id}/"):
        assert "/applications/saved/" not in client.get(path).content.decode()


def test_what_closed_is_marked_and_can_be_taken_off(
    cast: Cast, client: Client, posting: Posting
) -> None:
    save_posting(user=cast.seeker.user, posting=posting)
    Posting.objects.update(state="closed")
    sign_in(client, cast.seeker.user)
    page = client.get(reverse("applications:saved")).content.decode()
    assert "已经不招了" in page
    assert "在线客服" in page
    assert unsave(client, posting).status_code == 302
    assert not SavedPosting.objects.exists()


@pytest.mark.parametrize("state", ["removed", "in_review", "changes_requested"])
def test_words_that_may_not_be_shown_are_not(
    cast: Cast, client: Client, posting: Posting, state: str
) -> None:
    save_posting(user=cast.seeker.user, posting=posting)
    Posting.objects.update(state=state)
    sign_in(client, cast.seeker.user)
    page = client.get(reverse("applications:saved")).content.decode()
    assert "在线客服" not in page
    assert "暂时不展示" in page


def test_a_list_has_an_end(
    cast: Cast, client: Client, posting: Posting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.applications.services.saved.MOST_SAVED", 1)
    save_posting(user=cast.seeker.user, posting=posting)
    other = make_posting(cast.organization)
    with pytest.raises(TooManySaved):
        save_posting(user=cast.seeker.user, posting=other)
    sign_in(client, cast.seeker.user)
    assert (
        "收藏满了"
        in client.post(
            reverse("applications:save", args=[other.public_id]), follow=True
        ).content.decode()
    )
    url = reverse("applications:save", args=[other.public_id])
    assert client.post(url, headers=HTMX)["HX-Redirect"] == "/applications/saved/"
    assert SavedPosting.objects.count() == 1


def test_the_list_pages_and_asks_no_query_a_card(
    cast: Cast, client: Client, posting: Posting, django_assert_max_num_queries: Any
) -> None:
    for _ in range(25):
        save_posting(
            user=cast.seeker.user, posting=make_posting(cast.organization, title="其他")
        )
    sign_in(client, cast.seeker.user)
    client.get(reverse("applications:saved"))
    with django_assert_max_num_queries(8):
        page = client.get(reverse("applications:saved"))
    assert len(page.context["saved"]) == 20
    rest = client.get("/applications/saved/" + page.context["page"].older)
    assert len(rest.context["saved"]) == 5


def test_it_goes_with_its_person_and_to_its_person(
    cast: Cast, posting: Posting
) -> None:
    save_posting(user=cast.seeker.user, posting=posting)
    save_posting(user=cast.other_seeker.user, posting=posting)
    told = export_person(cast.seeker.user)["jobs.applications.saved"]
    assert [row["posting"] for row in told] == ["在线客服"]
    erase_person(cast.seeker.user)
    assert [row.user for row in SavedPosting.objects.all()] == [cast.other_seeker.user]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_save_it_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.applications.services.saved.MOST_SAVED", 1)
    postings = [make_posting(cast.organization) for _ in range(2)]
    clicks = [
        partial(save_posting, user=cast.seeker.user, posting=p) for p in postings * 2
    ]
    found = together(clicks)
    assert SavedPosting.objects.count() == 1
    assert sum(isinstance(row, TooManySaved) for row in found) == 2


def test_unsaving_takes_off_ones_own(cast: Cast, posting: Posting) -> None:
    save_posting(user=cast.other_seeker.user, posting=posting)
    unsave_posting(user=cast.seeker.user, posting=posting)
    assert SavedPosting.objects.count() == 1
