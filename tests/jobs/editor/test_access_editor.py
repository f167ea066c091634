from __future__ import annotations

import pytest
from django.urls import reverse

from tests.access import check_access
from tests.cast import Cast
from tests.jobs.editor.make import keep
from tests.jobs.postings.make import tomorrow
from tests.make import make_posting

MEMBERS = {"employer": 200, "colleague": 200}
STEPS = ("work", "pay", "hours", "conduct", "look")


def test_only_employers_begin(cast: Cast) -> None:
    everyone = MEMBERS | {"other_employer": 200}
    check_access(cast, reverse("editor:start"), everyone)
    check_access(cast, reverse("editor:template", args=["online_chat"]), everyone)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", ["draft", "published"])
def test_only_members_reach_a_page(cast: Cast, step: str, state: str) -> None:
    posting = make_posting(cast.organization, state=state)
    check_access(cast, reverse("editor:step", args=[posting.public_id, step]), MEMBERS)


@pytest.mark.parametrize("name", ["editor:preview", "editor:history"])
@pytest.mark.parametrize("state", ["draft", "in_review", "closed"])
def test_only_members_look_and_compare(cast: Cast, name: str, state: str) -> None:
    posting = make_posting(cast.organization, state=state)
    check_access(cast, reverse(name, args=[posting.public_id]), MEMBERS)


@pytest.mark.parametrize("name", ["editor:keep", "editor:lint"])
def test_only_members_are_read_along(cast: Cast, name: str) -> None:
    posting = make_posting(cast.organization, state="draft")
    url = reverse(name, args=[posting.public_id, "work"])
    check_access(cast, url, MEMBERS, method="post", data={"title": "客服"})


@pytest.mark.parametrize("name", ["editor:duplicate", "editor:send", "editor:drop"])
def test_only_members_act(cast: Cast, name: str) -> None:
    posting = make_posting(cast.organization, state="draft")
    url = reverse(name, args=[posting.public_id])
    check_access(cast, url, dict.fromkeys(MEMBERS, 302), method="post")


def test_only_members_move_several(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    moved = dict.fromkeys((*MEMBERS, "other_employer"), 302)
    data = {"act": "pause", "posting": str(posting.public_id)}
    check_access(cast, reverse("postings:bulk"), moved, method="post", data=data)
    posting.refresh_from_db()
    assert posting.state == "paused"
    assert posting.transitions.filter(actor=cast.other_employer).count() == 0


def test_another_organisation_moves_nothing_of_ours(cast: Cast) -> None:
    from tests.client import StrictClient
    from tests.make import sign_in

    posting = make_posting(cast.organization, state="expired")
    client = StrictClient()
    sign_in(client, cast.other_employer)
    data = {
        "act": "renew",
        "confirmed": "1",
        "posting": str(posting.public_id),
        "valid_through": tomorrow(),
        "still_open": "on",
    }
    client.post(reverse("postings:bulk"), data)
    posting.refresh_from_db()
    assert posting.state == "expired"


def test_words_being_checked_are_locked(cast: Cast) -> None:
    posting = make_posting(cast.organization, state="in_review")
    locked = dict.fromkeys(MEMBERS, 403)
    url = reverse("editor:step", args=[posting.public_id, "work"])
    check_access(cast, url, locked)
    for name in ("editor:keep", "editor:lint"):
        url = reverse(name, args=[posting.public_id, "work"])
        check_access(cast, url, locked, method="post")


def test_a_page_that_is_none_is_nowhere(cast: Cast) -> None:
    posting = make_posting(cast.organization, state="draft")
    check_access(cast, reverse("editor:step", args=[posting.public_id, "x"]), {})


def test_nobody_sees_what_a_colleague_typed(cast: Cast) -> None:
    posting = make_posting(cast.organization, state="draft")
    keep(posting, cast.employer, title="只有我知道的字")
    from tests.client import StrictClient
    from tests.make import sign_in

    for user, sees in ((cast.employer, True), (cast.colleague, False)):
        client = StrictClient()
        sign_in(client, user)
        for step in STEPS:
            url = reverse("editor:step", args=[posting.public_id, step])
            page = client.get(f"{url}?take=1").content.decode()
            assert ("只有我知道的字" in page) == (sees and step == "work")
