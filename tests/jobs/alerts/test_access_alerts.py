from __future__ import annotations

import pytest
from django.urls import reverse

from jobs.alerts.access import stop_token
from jobs.alerts.models import SavedSearch
from tests.access import check_access
from tests.cast import ROLES, Cast
from tests.jobs.alerts.make import make_search

SEEKERS = {"seeker": 200, "other_seeker": 200}


def test_saved_searches_are_for_seekers(cast: Cast) -> None:
    check_access(cast, reverse("alerts:list"), SEEKERS)
    check_access(cast, reverse("alerts:new") + "?q=客服", SEEKERS)
    moved = {"seeker": 302, "other_seeker": 302}
    check_access(cast, reverse("alerts:stop_all"), moved, method="post")


@pytest.mark.parametrize("name", ["alerts:detail", "alerts:change", "alerts:delete"])
def test_a_saved_search_is_its_owners(cast: Cast, name: str) -> None:
    search = make_search(cast.seeker.user)
    check_access(cast, reverse(name, args=[search.public_id]), {"seeker": 200})


@pytest.mark.parametrize(
    "name", ["alerts:pause", "alerts:resume", "alerts:change", "alerts:delete"]
)
def test_only_the_owner_changes_it(cast: Cast, name: str) -> None:
    search = make_search(cast.seeker.user)
    status = 422 if name == "alerts:change" else 302
    url = reverse(name, args=[search.public_id])
    check_access(cast, url, {"seeker": status}, method="post")
    assert SavedSearch.objects.exists() == (name != "alerts:delete")


def test_whoever_has_the_message_may_stop_it(cast: Cast) -> None:
    search = make_search(cast.seeker.user)
    url = reverse("alerts:stop", args=[stop_token(search)])
    check_access(cast, url, dict.fromkeys(ROLES, 200))
    check_access(cast, url, dict.fromkeys(ROLES, 200), method="post")
    wrong = reverse("alerts:stop", args=["s1.abc:def"])
    check_access(cast, wrong, dict.fromkeys(ROLES, 404))
