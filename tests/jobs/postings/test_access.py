from __future__ import annotations

import pytest
from django.urls import reverse

from tests.access import check_access
from tests.cast import Cast
from tests.make import make_posting

MEMBERS = {"employer": 200, "colleague": 200}


@pytest.mark.parametrize("name", ["postings:mine", "postings:new"])
def test_only_employers_have_postings(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), MEMBERS | {"other_employer": 200})


@pytest.mark.parametrize(
    "name", ["postings:posting", "postings:edit", "postings:renew"]
)
def test_only_members_reach_a_posting(cast: Cast, name: str) -> None:
    posting = make_posting(cast.organization)
    check_access(cast, reverse(name, args=[posting.public_id]), MEMBERS)


@pytest.mark.parametrize("event", ["pause", "fill", "close", "resume"])
def test_only_members_are_asked_about_a_step(cast: Cast, event: str) -> None:
    posting = make_posting(cast.organization)
    check_access(
        cast, reverse("postings:step", args=[posting.public_id, event]), MEMBERS
    )


@pytest.mark.parametrize("name", ["postings:posting", "postings:edit"])
def test_a_former_member_has_lost_the_postings(cast: Cast, name: str) -> None:
    posting = make_posting(cast.organization)
    cast.organization.memberships.filter(user=cast.colleague).update(is_active=False)
    check_access(cast, reverse(name, args=[posting.public_id]), {"employer": 200})


def test_words_being_checked_are_locked_for_members(cast: Cast) -> None:
    posting = make_posting(cast.organization, state="in_review")
    url = reverse("postings:edit", args=[posting.public_id])
    check_access(cast, url, {"employer": 403, "colleague": 403})
