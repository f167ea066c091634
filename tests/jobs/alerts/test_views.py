from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.seekers.models import CompanyBlock
from jobs.alerts import access
from jobs.alerts.models import AlertReader, SavedSearch
from jobs.alerts.services.searches import delete_search, pause_search
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.alerts.make import make_search, percolate
from tests.make import make_posting, sign_in
from tests.words import says

NEW = f"/alerts/new/?q={quote('热线客服')}&city=3101&pay=5000&after=1-2"


def test_a_search_is_saved_with_the_name_of_its_filters(
    cast: Cast, client: StrictClient
) -> None:
    sign_in(client, cast.seeker.user)
    page = client.get(NEW)
    assert 'value="热线客服（接电话） · 上海 · 每月 5000 元起"' in page.content.decode()
    answer = client.post(NEW, {"name": "我要的", "frequency": "at_once"})
    search = SavedSearch.objects.get()
    assert answer.headers["Location"] == reverse(
        "alerts:detail", args=[search.public_id]
    )
    assert (search.name, search.frequency) == ("我要的", "at_once")
    assert unquote(search.address) == "q=热线客服&city=3101&pay=5000"
    shown = client.get(reverse("alerts:list")).content.decode()
    assert search.address.replace("&", "&amp;") in shown


def test_what_is_saved_is_what_the_results_page_understood(
    cast: Cast, client: StrictClient
) -> None:
    sign_in(client, cast.seeker.user)
    typed = f"?q={quote('不打电话 双休 南山 客服')}&pay=5000&plain={quote('双休')}"
    results = client.get(reverse("search:list") + typed).content.decode()
    chips = re.findall(r'class="filter-chip"[^>]*><span>([^<]+)</span>', results)
    assert "不打电话、不接电话" in chips
    assert "每周休两天" not in chips
    page = client.get(reverse("alerts:new") + typed)
    shown = re.findall(r'class="badge[^>]*>([^<]+)<', page.content.decode())
    assert [words.strip() for words in shown] == chips
    client.post(reverse("alerts:new") + typed, {"name": "a", "frequency": "never"})
    search = SavedSearch.objects.get()
    again = client.get(f"{reverse('search:list')}?{search.address}").content.decode()
    assert re.findall(r'class="filter-chip"[^>]*><span>([^<]+)</span>', again) == chips


def test_anonymous_people_sign_in_and_lose_nothing(
    cast: Cast, client: StrictClient
) -> None:
    answer = client.get(NEW)
    assert answer.status_code == 302
    target = unquote(unquote(answer.headers["Location"].partition("next=")[2]))
    assert "热线客服" in target
    assert "city=3101" in target


def test_a_bad_name_loses_nothing(cast: Cast, client: StrictClient) -> None:
    sign_in(client, cast.seeker.user)
    answer = client.post(NEW, {"name": "", "frequency": "never"})
    assert answer.status_code == 422
    assert "checked" in answer.content.decode()
    assert not SavedSearch.objects.exists()


def test_saving_twice_leads_to_the_first(cast: Cast, client: StrictClient) -> None:
    sign_in(client, cast.seeker.user)
    answers = [client.post(NEW, {"name": n, "frequency": "daily"}) for n in "ab"]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]


def test_nothing_asked_is_nothing_saved(cast: Cast, client: StrictClient) -> None:
    sign_in(client, cast.seeker.user)
    url = reverse("alerts:new")
    assert says(client.get(url), "Say first what you look for: a word or a city.")
    answer = client.post(url, {"name": "x", "frequency": "daily"})
    assert answer.status_code == 422


def test_the_twenty_first_is_refused_with_a_way_on(
    cast: Cast, client: StrictClient
) -> None:
    for number in range(20):
        make_search(cast.seeker.user, lowest_pay=3000 + number)
    sign_in(client, cast.seeker.user)
    page = client.get(NEW).content.decode()
    assert "你已经存了 20 个搜索" in page
    assert reverse("alerts:list") in page
    assert 'name="frequency"' not in page
    answer = client.post(NEW, {"name": "我要的", "frequency": "daily"})
    assert answer.status_code == 422
    assert "我要的" in answer.content.decode()
    assert SavedSearch.objects.count() == 20
    one = SavedSearch.objects.earliest("pk")
    delete = reverse("alerts:delete", args=[one.public_id])
    assert delete in client.get(reverse("alerts:list")).content.decode()
    client.post(delete)
    assert client.post(NEW, {"name": "我要的", "frequency": "daily"}).status_code == 302
    other = SavedSearch.objects.earliest("pk")
    delete_search(search=other)
    delete = reverse(
        "alerts:delete", args=[SavedSearch.objects.earliest("pk").public_id]
    )
    assert delete not in client.get(reverse("alerts:list")).content.decode()


def test_a_search_that_is_there_is_shown_instead_of_asked_for(
    cast: Cast, client: StrictClient
) -> None:
    sign_in(client, cast.seeker.user)
    client.post(NEW, {"name": "我要的", "frequency": "daily"})
    url = reverse("alerts:detail", args=[SavedSearch.objects.get().public_id])
    assert client.get(NEW).headers["Location"] == url
    # In another order it is the same search.
    other = f"/alerts/new/?pay=5000&city=3101&q={quote('热线客服')}&sort=newest"
    assert client.get(other).headers["Location"] == url
    page = client.get(url).content.decode()
    assert "热线客服（接电话）" in page
    assert "每月 5000 元起" in page


def test_a_link_that_is_no_more_says_so_kindly(
    cast: Cast, client: StrictClient
) -> None:
    search = make_search(cast.seeker.user)
    token = access.stop_token(search)
    for wrong in (token[:-1], token[1:], "x"):
        for answer in (client.get, client.post):
            page = answer(reverse("alerts:stop", args=[wrong]))
            assert page.status_code == 404
            assert says(page, "This link does not work any more")
    search.refresh_from_db()
    assert search.frequency == "daily"
    delete_search(search=search)
    page = client.get(reverse("alerts:stop", args=[token]))
    assert says(page, "This link does not work any more")


def test_found_jobs_are_new_until_they_are_looked_at(
    cast: Cast, client: StrictClient
) -> None:
    search = make_search(cast.seeker.user)
    posting = make_posting(cast.organization)
    percolate(timezone.now())
    sign_in(client, cast.seeker.user)
    url = reverse("alerts:detail", args=[search.public_id])
    assert posting.title in client.get("/").content.decode()
    assert access.new_counts(cast.seeker.user) == {search.pk: 1}
    assert posting.title in client.get(url).content.decode()
    assert access.new_counts(cast.seeker.user) == {}
    assert posting.title in client.get(url).content.decode()
    assert posting.title not in client.get("/").content.decode()


def test_a_hidden_employer_is_not_shown(cast: Cast, client: StrictClient) -> None:
    search = make_search(cast.seeker.user)
    posting = make_posting(cast.organization)
    percolate(timezone.now())
    CompanyBlock.objects.create(
        profile=cast.seeker, reason="former", uscc=cast.organization.uscc
    )
    sign_in(client, cast.seeker.user)
    url = reverse("alerts:detail", args=[search.public_id])
    assert posting.title not in client.get(url).content.decode()
    assert posting.title not in client.get("/").content.decode()


def test_pause_resume_change_and_delete(cast: Cast, client: StrictClient) -> None:
    search = make_search(cast.seeker.user)
    sign_in(client, cast.seeker.user)

    def post(step: str, **data: Any) -> None:
        url = reverse(f"alerts:{step}", args=[search.public_id])
        assert client.post(url, data).status_code == 302

    post("pause")
    search.refresh_from_db()
    assert search.is_paused
    post("resume")
    post("change", name="新名字", frequency="never")
    search.refresh_from_db()
    assert (search.is_paused, search.name, search.frequency) == (
        False,
        "新名字",
        "never",
    )
    post("delete")
    assert not SavedSearch.objects.exists()


def test_looking_at_a_stop_link_changes_nothing_and_one_tap_stops(
    cast: Cast, client: StrictClient
) -> None:
    search = make_search(cast.seeker.user)
    url = reverse("alerts:stop", args=[access.stop_token(search)])
    assert client.get(url).content.decode().count('<button class="btn btn-primary') == 1
    search.refresh_from_db()
    assert search.frequency == "daily"
    assert says(client.post(url), "You get no more messages about this search.")
    search.refresh_from_db()
    assert search.frequency == "never"


def test_a_mail_program_stops_everything_without_a_cookie(cast: Cast) -> None:
    """RFC 8058: one POST from a machine that never saw our pages."""
    make_search(cast.seeker.user)
    make_search(cast.seeker.user, text="客服", frequency="at_once")
    strict = Client(enforce_csrf_checks=True)
    url = reverse(
        "alerts:stop", args=[access.stop_all_token(AlertReader.objects.get())]
    )
    answer = strict.post(url, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert set(SavedSearch.objects.values_list("frequency", flat=True)) == {"never"}


def test_a_stop_page_speaks_the_language_of_the_message(
    cast: Cast, client: StrictClient
) -> None:
    user = cast.seeker.user
    user.language = "en"
    user.save()
    url = reverse("alerts:stop", args=[access.stop_token(make_search(user))])
    page = client.get(url, headers={"accept-language": "zh-tw"}).content.decode()
    assert 'lang="en"' in page
    assert "No more messages about this search?" in page
    client.cookies["django_language"] = "zh-hant"
    assert "不再收這個搜尋的訊息" in client.get(url).content.decode()


def test_stop_pages_tell_no_names(cast: Cast, client: StrictClient) -> None:
    search = make_search(cast.seeker.user, name="不要催收的工作")
    url = reverse("alerts:stop", args=[access.stop_token(search)])
    assert "催收的工作" not in client.get(url).content.decode()


def test_a_paused_search_says_so(cast: Cast, client: StrictClient) -> None:
    search = make_search(cast.seeker.user)
    pause_search(search=search)
    sign_in(client, cast.seeker.user)
    assert says(client.get(reverse("alerts:list")), "Paused")
    page = client.get(reverse("alerts:detail", args=[search.public_id]))
    assert says(page, "Paused. Nothing is looked for until you go on.")


def test_the_list_costs_the_same_for_many(
    cast: Cast, client: StrictClient, django_assert_max_num_queries: Any
) -> None:
    for number in range(15):
        make_search(cast.seeker.user, lowest_pay=3000 + number)
    make_posting(cast.organization)
    percolate(timezone.now())
    sign_in(client, cast.seeker.user)
    with django_assert_max_num_queries(8):
        client.get(reverse("alerts:list"))


def test_a_name_that_is_too_long_is_answered_in_our_words(cast: Cast) -> None:
    client = StrictClient()
    sign_in(client, cast.seeker.user)
    page = client.post(
        reverse("alerts:new") + "?q=客服", {"name": "长" * 300, "frequency": "daily"}
    )
    assert "名字太长了，请起个短一点的。" in page.content.decode()
    assert "长" * 60 in page.content.decode()
