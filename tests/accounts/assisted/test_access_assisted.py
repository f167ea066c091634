from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.assisted.access import person_token
from accounts.assisted.models import AssistedProfile
from tests.access import check_access
from tests.accounts.assisted.make import make_draft, make_grant, make_proposal
from tests.cast import ROLES, Cast

EVERYBODY = dict.fromkeys(ROLES, 200)
COUNSELORS = {"counselor": 200, "other_counselor": 200}
SEEKERS = {"seeker": 200, "other_seeker": 200}


@pytest.mark.parametrize("name", ["assisted:mine", "assisted:start"])
def test_counselors_fill_in(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), COUNSELORS)


def test_only_checked_counselors_fill_in(cast: Cast) -> None:
    type(cast.counselor).objects.update(verification="suspended")
    check_access(cast, reverse("assisted:start"), {})
    check_access(cast, reverse("assisted:mine"), COUNSELORS)


def test_a_slip_is_for_who_wrote_it(cast: Cast) -> None:
    draft = make_draft(cast.counselor, contact="")
    url = reverse("assisted:slip", args=[draft.public_id])
    check_access(cast, url, {"counselor": 200})


def test_a_draft_with_a_contact_has_no_slip(cast: Cast) -> None:
    draft = make_draft(cast.counselor)
    check_access(cast, reverse("assisted:slip", args=[draft.public_id]), {})


def test_only_the_counselor_who_may_reads(cast: Cast) -> None:
    grant = make_grant(cast.seeker, cast.counselor)
    url = reverse("assisted:person", args=[grant.public_id])
    check_access(cast, url, {"counselor": 200})


def test_anybody_may_type_a_slip(cast: Cast) -> None:
    check_access(cast, reverse("assisted:code"), EVERYBODY)


def test_whoever_has_the_link_decides(cast: Cast) -> None:
    draft = make_draft(cast.counselor)
    url = reverse("assisted:for_you", args=[person_token(draft)])
    check_access(cast, url, EVERYBODY)


def test_not_me_needs_no_account(cast: Cast) -> None:
    draft = make_draft(cast.counselor)
    url = reverse("assisted:not_me", args=[person_token(draft)])
    check_access(cast, url, EVERYBODY, method="post")
    assert AssistedProfile.objects.get().state == "ended"


def test_seekers_see_who_helps_them(cast: Cast) -> None:
    check_access(cast, reverse("assisted:helpers"), SEEKERS)


@pytest.mark.parametrize("name", ["assisted:stop", "assisted:again"])
def test_only_the_person_lets_and_stops(cast: Cast, name: str) -> None:
    grant = make_grant(cast.seeker, cast.counselor)
    url = reverse(name, args=[grant.public_id])
    check_access(cast, url, {"seeker": 302}, method="post")


@pytest.mark.parametrize(
    ("name", "method", "status"),
    [("assisted:suggest", "get", 200), ("assisted:take_back", "post", 302)],
)
def test_only_the_counselor_who_may_read_suggests(
    cast: Cast, name: str, method: str, status: int
) -> None:
    grant = make_grant(cast.seeker, cast.counselor)
    make_proposal(grant)
    url = reverse(name, args=[grant.public_id])
    check_access(cast, url, {"counselor": status}, method=method)


def test_only_the_person_decides_on_changes(cast: Cast) -> None:
    made = make_proposal(make_grant(cast.seeker, cast.counselor))
    url = reverse("assisted:proposal", args=[made.public_id])
    check_access(cast, url, {"seeker": 200})


def test_seekers_ask_checked_counselors(cast: Cast) -> None:
    url = reverse("assisted:ask", args=[cast.counselor.public_id])
    check_access(cast, url, SEEKERS)
    type(cast.counselor).objects.update(verification="suspended")
    check_access(cast, url, {})


def test_only_the_person_shows_their_applications(cast: Cast) -> None:
    grant = make_grant(cast.seeker, cast.counselor)
    url = reverse("assisted:stages", args=[grant.public_id])
    check_access(cast, url, {"seeker": 302}, method="post")
