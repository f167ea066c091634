"""Our own postings: found again, and moved several at once."""

from __future__ import annotations

import pytest
from django.test import Client

from jobs.postings.models import Posting, PostingTransition
from tests.cast import Cast
from tests.jobs.postings.make import tomorrow
from tests.make import make_posting, sign_in

BULK = "/postings/bulk/"


@pytest.fixture
def employer(client: Client, cast: Cast) -> Client:
    sign_in(client, cast.employer)
    return client


def ids(*postings: Posting) -> list[str]:
    return [str(posting.public_id) for posting in postings]


def states() -> list[str]:
    return list(Posting.objects.order_by("pk").values_list("state", flat=True))


def test_a_search_counts_and_lists_only_what_it_finds(
    employer: Client, cast: Cast
) -> None:
    make_posting(cast.organization, title="售后客服")
    make_posting(cast.organization, title="热线客服")
    make_posting(cast.organization, title="售后主管", state="draft")
    make_posting(cast.other_organization, title="售后客服")
    page = employer.get("/postings/", {"q": " 售后 ", "group": "open"})
    assert [row.title for row, _ in page.context["rows"]] == ["售后客服"]
    counts = {group["key"]: group["count"] for group in page.context["groups"]}
    assert (counts["todo"], counts["open"]) == (1, 1)
    assert "q=%E5%94%AE%E5%90%8E" in page.content.decode()


def test_a_search_without_hits_offers_the_way_back(
    employer: Client, cast: Cast
) -> None:
    make_posting(cast.organization)
    page = employer.get("/postings/", {"q": "没有这个"})
    assert page.context["rows"] == []
    assert 'href="?"' in page.content.decode()


@pytest.mark.parametrize("hostile", ["%", "_", "'; --", "<b>", "\x00", "字" * 500])
def test_a_hostile_search_finds_nothing(
    employer: Client, cast: Cast, hostile: str
) -> None:
    make_posting(cast.organization)
    page = employer.get("/postings/", {"q": hostile})
    assert page.status_code == 200
    assert "<b>" not in page.content.decode()


def test_several_are_paused_and_opened_again(employer: Client, cast: Cast) -> None:
    found = [make_posting(cast.organization) for _ in range(3)]
    page = employer.post(
        BULK, {"act": "pause", "posting": ids(*found[:2]), "group": "open"}
    )
    assert page["Location"] == "/postings/?group=open"
    assert states() == ["paused", "paused", "published"]
    employer.post(BULK, {"act": "resume", "posting": ids(*found)})
    assert states() == ["published"] * 3
    assert PostingTransition.objects.filter(actor=cast.employer).count() == 4


def test_one_that_cannot_be_moved_holds_up_no_other(
    employer: Client, cast: Cast
) -> None:
    first = make_posting(cast.organization, state="closed", title="早就关了的")
    second = make_posting(cast.organization)
    page = employer.post(
        BULK, {"act": "pause", "posting": ids(first, second)}, follow=True
    )
    assert states() == ["closed", "paused"]
    told = [(m.level_tag, str(m)) for m in page.context["messages"]]
    assert [tag for tag, _ in told] == ["success", "error"]
    assert "早就关了的" in told[1][1]


def test_renewing_several_asks_for_the_employers_word(
    employer: Client, cast: Cast
) -> None:
    found = [make_posting(cast.organization, state="expired") for _ in range(2)]
    chosen = {"act": "renew", "posting": ids(*found)}
    page = employer.post(BULK, chosen)
    assert page.context["chosen"] == found or set(page.context["chosen"]) == set(found)
    assert states() == ["expired"] * 2
    confirmed = chosen | {"confirmed": "1", "valid_through": tomorrow()}
    page = employer.post(BULK, confirmed)
    assert page.context["form"].has_error("still_open")
    assert states() == ["expired"] * 2
    employer.post(BULK, confirmed | {"still_open": "on"})
    assert states() == ["published"] * 2
    assert {p.renewals for p in Posting.objects.all()} == {1}


def test_the_third_renewal_is_read_first(employer: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization, state="expired", renewals=2)
    data = {"act": "renew", "confirmed": "1", "posting": ids(posting)}
    employer.post(BULK, data | {"valid_through": tomorrow(), "still_open": "on"})
    assert states() == ["in_review"]


@pytest.mark.parametrize(
    "data",
    [
        {"act": "pause"},
        {"act": "pause", "posting": ["x", "../../etc"]},
        {"act": "close", "posting": "mine"},
        {"act": "", "posting": "mine"},
    ],
)
def test_a_made_up_request_moves_nothing(
    employer: Client, cast: Cast, data: dict[str, object]
) -> None:
    posting = make_posting(cast.organization)
    if data.get("posting") == "mine":
        data = data | {"posting": ids(posting)}
    assert employer.post(BULK, data).status_code == 302
    assert states() == ["published"]


def test_a_step_from_the_list_leads_back_to_it(employer: Client, cast: Cast) -> None:
    posting = make_posting(cast.organization)
    page = employer.post(
        f"/postings/{posting.public_id}/pause/",
        {"next": "list", "group": "open", "q": "热线"},
    )
    assert page["Location"].startswith("/postings/?group=open")
    assert states() == ["paused"]
