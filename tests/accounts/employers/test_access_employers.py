from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.employers.access import organizations_to_check_for
from accounts.employers.models import Invitation, Membership, Organization
from accounts.lib.dates import today
from tests.access import check_access
from tests.cast import ROLES, Cast
from tests.make import make_document, make_organization, make_papers, sign_in

# What each role gets; everybody who is not named gets 404, a visitor the sign-in page.
OWN = {"employer": 200, "colleague": 200, "other_employer": 200}
ADMINS = {"employer": 200, "colleague": 403, "other_employer": 200}
CHECKERS = {"moderator": 200, "operator": 200}
GETS = {
    "employers:overview": OWN,
    "employers:create": dict.fromkeys(OWN, 302),
    "employers:edit": ADMINS,
    "employers:papers": ADMINS,
    "employers:members": OWN,
    "employers:leave": OWN,
    "employers:covenant": OWN,
    "employers:verifications": CHECKERS,
}
POSTS_ABOUT_MEMBERS = {"employer": 302, "colleague": 403, "other_employer": 404}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", GETS)
def test_pages(client: Client, cast: Cast, role: str, name: str) -> None:
    sign_in(client, cast.user(role))
    expected = 302 if role == "anonymous" else GETS[name].get(role, 404)
    response = client.get(reverse(name))
    assert response.status_code == expected
    if role == "anonymous":
        assert "/account/login/" in response["Location"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["employers:change_role", "employers:remove_member"])
def test_acts_on_a_colleague(client: Client, cast: Cast, role: str, name: str) -> None:
    sign_in(client, cast.user(role))
    where = reverse(name, args=[cast.colleague.public_id])
    expected = 302 if role == "anonymous" else POSTS_ABOUT_MEMBERS.get(role, 404)
    assert client.post(where, {"role": "admin"}).status_code == expected


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["employers:resend", "employers:withdraw"])
def test_acts_on_an_invitation(
    client: Client, cast: Cast, role: str, name: str
) -> None:
    row = Invitation.objects.create(
        organization=cast.organization,
        email="new@example.com",
        token_hash="x",
        invited_by=cast.employer,
        expires_at="2099-01-01T00:00Z",
    )
    sign_in(client, cast.user(role))
    where = reverse(name, args=[row.public_id])
    expected = 302 if role == "anonymous" else POSTS_ABOUT_MEMBERS.get(role, 404)
    assert client.post(where).status_code == expected


@pytest.mark.parametrize("role", ROLES)
def test_sending_in(client: Client, cast: Cast, role: str) -> None:
    sign_in(client, cast.user(role))
    admins = {"employer": 302, "colleague": 403, "other_employer": 302}
    expected = 302 if role == "anonymous" else admins.get(role, 404)
    assert client.post(reverse("employers:submit")).status_code == expected


@pytest.mark.parametrize("role", ROLES)
def test_promising(client: Client, cast: Cast, role: str) -> None:
    sign_in(client, cast.user(role))
    admins = {"employer": 302, "colleague": 403, "other_employer": 302}
    expected = 302 if role == "anonymous" else admins.get(role, 404)
    where = reverse("employers:covenant")
    assert client.post(where, {"promise": "on"}).status_code == expected


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["employers:verify", "employers:send_back"])
def test_decisions_on_a_check(client: Client, cast: Cast, role: str, name: str) -> None:
    sign_in(client, cast.user(role))
    where = reverse(name, args=[cast.organization.public_id])
    deciders = {"moderator": 302, "operator": 302}
    expected = 302 if role == "anonymous" else deciders.get(role, 404)
    make_papers(cast.organization)
    until = (today() + timedelta(days=20)).isoformat()
    checked = dict.fromkeys(("same_name", "in_business", "nothing_listed"), "on")
    answers = {"until": until, "reason": "缺执照"} | checked
    assert client.post(where, answers).status_code == expected


@pytest.mark.parametrize("role", ROLES)
def test_sending_a_paper_in(client: Client, cast: Cast, role: str) -> None:
    """Administrators only; `hr_licence` is nothing this kind of employer needs."""
    sign_in(client, cast.user(role))
    for kind, own in (("agent_id", 200), ("hr_licence", 404), ("passport", 404)):
        answers = {"employer": own, "colleague": 403, "other_employer": own}
        expected = 302 if role == "anonymous" else answers.get(role, 404)
        where = reverse("employers:document", args=[kind])
        assert client.get(where).status_code == expected
        assert client.post(where).status_code == expected


@pytest.mark.parametrize("role", ROLES)
def test_taking_a_paper_back(client: Client, cast: Cast, role: str) -> None:
    """Only one's own: the row of the first organisation stays when others try."""
    mine = make_document(cast.organization, "agent_id")
    sign_in(client, cast.user(role))
    where = reverse("employers:withdraw_document", args=["agent_id"])
    answers = {"employer": 302, "colleague": 403, "other_employer": 302}
    expected = 302 if role == "anonymous" else answers.get(role, 404)
    assert client.post(where).status_code == expected
    mine.refresh_from_db()
    assert (mine.storage_key is None) is (role == "employer")


@pytest.mark.parametrize("role", ROLES)
def test_the_page_of_a_check(client: Client, cast: Cast, role: str) -> None:
    sign_in(client, cast.user(role))
    where = reverse("employers:check", args=[cast.organization.public_id])
    expected = 302 if role == "anonymous" else CHECKERS.get(role, 404)
    assert client.get(where).status_code == expected


@pytest.mark.parametrize("role", ROLES)
def test_a_made_up_invitation_link(client: Client, cast: Cast, role: str) -> None:
    sign_in(client, cast.user(role))
    assert client.get(reverse("employers:accept", args=["guess"])).status_code == 410


@pytest.mark.parametrize("name", ["employers:submit", "employers:leave"])
def test_a_link_alone_changes_nothing(client: Client, cast: Cast, name: str) -> None:
    """A GET never writes: a picture in a mail must not remove anybody."""
    sign_in(client, cast.colleague)
    client.get(reverse(name))
    assert client.get(reverse("employers:members")).status_code == 200


def test_the_list_of_checks_asks_the_database_little(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        make_organization(
            uscc=f"9100000{number}", verified=False, verification="submitted"
        )
    sign_in(client, cast.moderator)
    with django_assert_max_num_queries(5):
        page = client.get(reverse("employers:verifications"))
    assert len(page.context["found"]) == 10


@pytest.mark.parametrize("is_active", [True, False])
@pytest.mark.parametrize(
    ("name", "method", "others"),
    [("check", "get", 200), ("verify", "post", 302), ("send_back", "post", 302)],
)
def test_nobody_checks_where_they_work_or_worked(
    cast: Cast, is_active: bool, name: str, method: str, others: int
) -> None:
    row = cast.organization
    Organization.objects.update(verification="submitted", submitted_at=timezone.now())
    make_papers(row)
    Membership.objects.create(
        organization=row, user=cast.moderator, is_active=is_active
    )
    url = reverse(f"employers:{name}", args=[row.public_id])
    answers = {"reason": "缺执照"}
    if name == "verify":
        until = (today() + timedelta(days=20)).isoformat()
        answers = {"until": until, "same_name": "on"}
        answers |= {"in_business": "on", "nothing_listed": "on"}
    check_access(cast, url, {"operator": others}, method=method, data=answers)


@pytest.mark.parametrize("is_active", [True, False])
def test_the_list_of_checks_leaves_ones_own_out(cast: Cast, is_active: bool) -> None:
    Organization.objects.update(verification="submitted", submitted_at=timezone.now())
    Membership.objects.create(
        organization=cast.organization, user=cast.moderator, is_active=is_active
    )
    assert list(organizations_to_check_for(cast.moderator)) == [cast.other_organization]
    assert organizations_to_check_for(cast.operator).count() == 2
