"""One group by the word of both, and what that hides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.employers.access import circle_around
from accounts.employers.enums import GroupState
from accounts.employers.groups import group_of
from accounts.employers.models import GroupLink, Organization
from accounts.employers.rules.groups import GROUP, SHIELD_LASTS
from accounts.employers.services import groups
from accounts.employers.services.errors import NotNow
from accounts.identity.models import AuditEvent, OutboxMessage
from accounts.seekers.models import CompanyBlock
from jobs.matching.access.candidates import candidates_for
from tests.access import check_access
from tests.cast import Cast
from tests.jobs.applications.make_people import make_apart, make_visible
from tests.make import USCC, make_member, make_posting, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/organization/group/"


@pytest.fixture
def pair(db: None) -> tuple[Organization, Organization]:
    """Two that share nothing a machine could see."""
    first, second = make_apart(1, "青禾客服"), make_apart(2, "远帆数据")
    make_member(first, email="a@qinghe-test.cn", role="admin")
    make_member(second, email="b@yuanfan-test.cn", role="admin")
    return first, second


def link(pair: tuple[Organization, Organization], state: str = "proposed") -> GroupLink:
    first, second = pair
    moment = timezone.now()
    row = GroupLink.objects.create(proposer=first, partner=second)
    if state == GroupState.PROPOSED:
        return row
    row.state, row.confirmed_at = GroupState(state), moment
    row.ended_at = None if state == GroupState.CONFIRMED else moment
    row.save()
    return row


def test_one_proposes_and_the_other_confirms(client: Client, cast: Cast) -> None:
    sign_in(client, cast.employer)
    response = client.post(PAGE, {"uscc": "9100 0000 MA1A 0020 02"})
    assert response.status_code == 302
    row = GroupLink.objects.get()
    assert (row.proposer, row.partner) == (cast.organization, cast.other_organization)
    told = OutboxMessage.objects.get(template="employers/group_proposed")
    assert told.user == cast.other_employer
    other = type(client)()
    sign_in(other, cast.other_employer)
    assert cast.organization.display_name in other.get(PAGE).content.decode()
    other.post(reverse("employers:group_step", args=[row.public_id, "confirm"]))
    row.refresh_from_db()
    assert row.state == GroupState.CONFIRMED
    assert group_of(cast.organization) == [cast.other_organization]
    assert group_of(cast.other_organization) == [cast.organization]
    assert AuditEvent.objects.filter(action="employers.group_confirmed").exists()


def test_nobody_confirms_their_own_proposal(client: Client, cast: Cast) -> None:
    row = groups.propose_link(
        organization=cast.organization,
        partner=cast.other_organization,
        actor=cast.employer,
    )
    with pytest.raises(NotNow):
        groups.take_link_step(
            link=row,
            organization=cast.organization,
            actor=cast.employer,
            event="confirm",
        )
    row.refresh_from_db()
    assert row.state == GroupState.PROPOSED


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (USCC, "这是你们自己的代码"),
        ("91000000MA1A00302D", "没有用这个代码"),
        ("123", "18 位"),
    ],
)
def test_what_cannot_be_is_said(
    client: Client, cast: Cast, code: str, words: str
) -> None:
    sign_in(client, cast.employer)
    response = client.post(PAGE, {"uscc": code})
    assert response.status_code == 422
    text = response.content.decode()
    assert words in text or "打错了" in text
    assert code in text
    assert not GroupLink.objects.exists()


def test_asking_twice_is_asking_once(client: Client, cast: Cast) -> None:
    """Also the other way round."""
    sign_in(client, cast.employer)
    client.post(PAGE, {"uscc": cast.other_organization.uscc})
    again = client.post(PAGE, {"uscc": cast.other_organization.uscc})
    assert "已经在你们的列表里了" in again.content.decode()
    other = type(client)()
    sign_in(other, cast.other_employer)
    assert other.post(PAGE, {"uscc": USCC}).status_code == 422
    assert GroupLink.objects.count() == 1


def test_only_checked_organisations_ask(client: Client, cast: Cast) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(verification="expired")
    sign_in(client, cast.employer)
    response = client.post(PAGE, {"uscc": cast.other_organization.uscc})
    assert "要先通过核验" in response.content.decode()
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(
    ("state", "is_hidden"),
    [
        ("proposed", False),
        ("declined", False),
        ("confirmed", True),
        ("ended", True),
    ],
)
def test_whoever_hides_from_one_hides_from_the_group(
    pair: tuple[Organization, Organization], state: str, is_hidden: bool
) -> None:
    """A proposal alone changes nobody's list; an end does not open it for a look."""
    first, second = pair
    row = link(pair)
    if state != "proposed":
        row.state = GroupState(state)
        row.confirmed_at = None if state == "declined" else timezone.now()
        row.ended_at = None if state == "confirmed" else timezone.now()
        row.save()
    who = make_visible(1)
    CompanyBlock.objects.create(profile=who, uscc=first.uscc, reason="former")
    found = candidates_for(make_posting(second))
    assert (found == []) is is_hidden


def test_long_after_the_end_they_are_two(
    pair: tuple[Organization, Organization],
) -> None:
    row = link(pair, "ended")
    past = timezone.now() - SHIELD_LASTS - timedelta(days=1)
    GroupLink.objects.filter(pk=row.pk).update(ended_at=past, confirmed_at=past)
    assert not circle_around(pair[1]).holds(uscc=pair[0].uscc, name="")


def test_seekers_read_who_belongs_together(
    client: Client, pair: tuple[Organization, Organization]
) -> None:
    url = reverse("public:job", args=[make_posting(pair[0]).public_id])
    row = link(pair)
    assert pair[1].display_name not in client.get(url).content.decode()
    row.state, row.confirmed_at = GroupState.CONFIRMED, timezone.now()
    row.save()
    assert f"和{pair[1].display_name}同属一个集团" in client.get(url).content.decode()


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "confirmed"},
        {"state": "ended"},
        {"state": "confirmed", "confirmed_at": "now", "ended_at": "now"},
    ],
)
def test_the_database_wants_dates(
    pair: tuple[Organization, Organization], broken: dict[str, Any]
) -> None:
    dates = {k: timezone.now() if v == "now" else v for k, v in broken.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupLink.objects.create(proposer=pair[0], partner=pair[1], **dates)


def test_the_database_wants_two_and_once(
    pair: tuple[Organization, Organization],
) -> None:
    first, second = pair
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupLink.objects.create(proposer=first, partner=first)
    link(pair)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupLink.objects.create(proposer=second, partner=first)


def test_steps_and_states_are_one_table() -> None:
    assert GROUP.states == set(GroupState)


def test_groups_are_the_organisations_own(cast: Cast) -> None:
    own = {"employer": 200, "colleague": 200, "other_employer": 200}
    check_access(cast, reverse("employers:group"), own)
    data = {"uscc": "91000000MA1A002002"}
    asked = {"employer": 302, "colleague": 403, "other_employer": 422}
    check_access(cast, reverse("employers:group"), asked, method="post", data=data)
    row = GroupLink.objects.get()
    step = reverse("employers:group_step", args=[row.public_id, "withdraw"])
    both = {"employer": 302, "colleague": 403}
    GroupLink.objects.filter(pk=row.pk).update(
        partner=make_apart(7, "第三家"), state=GroupState.PROPOSED
    )
    check_access(cast, step, both, method="post")
    row.refresh_from_db()
    assert row.state == GroupState.WITHDRAWN


def test_a_step_nobody_has_is_no_address(client: Client, cast: Cast) -> None:
    row = groups.propose_link(
        organization=cast.organization,
        partner=cast.other_organization,
        actor=cast.employer,
    )
    sign_in(client, cast.employer)
    url = reverse("employers:group_step", args=[row.public_id, "explode"])
    assert client.post(url).status_code == 404
