from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.identity.models import OutboxMessage, User
from jobs.postings.models import Posting
from jobs.postings.services import MeasureStands, renew_posting, resume_posting
from jobs.screening.enums import Verdict
from jobs.screening.models.sanctions import Sanction, SanctionTransition
from jobs.screening.services.errors import (
    MeasureExists,
    MeasureMisfits,
    NotAllowed,
    NoteMissing,
    OwnDecision,
    OwnOrganization,
    ReviewTaken,
    UnknownRule,
)
from jobs.screening.services.review import decide_review
from jobs.screening.services.sanctions import (
    impose_sanction,
    lapse_sanctions,
    lift_sanction,
)
from jobs.screening.services.second_look import confirm_sanction, drop_sanction
from tests.cast import Cast
from tests.jobs.screening.make import make_draft
from tests.make import make_member, make_posting


def impose(cast: Cast, kind: str, **fields: Any) -> Sanction:
    values: dict[str, Any] = {
        "organization": cast.organization,
        "actor": cast.moderator,
        "basis": ["fee"],
        "note": "面试时收了押金。",
    }
    return impose_sanction(kind=kind, **(values | fields))


def state_of(posting: Posting) -> str:
    return Posting.objects.get(pk=posting.pk).state


def test_a_warning_closes_nothing(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    assert impose(cast, "warned", posting=posting).state == "in_force"
    assert state_of(posting) == "published"


def test_a_pause_of_one_posting_leaves_the_others(cast: Cast) -> None:
    one, other = make_posting(cast.organization), make_posting(cast.organization)
    sanction = impose(cast, "paused", posting=one)
    assert (state_of(one), state_of(other)) == ("paused", "published")
    assert (sanction.state, sanction.hidden) == ("in_force", [one.pk])


def test_the_system_pauses_all_that_is_open(cast: Cast) -> None:
    open_ones = [make_posting(cast.organization) for _ in range(2)]
    strangers = make_posting(cast.other_organization)
    sanction = impose(cast, "paused", actor=None, basis=["response-covenant"])
    assert {state_of(p) for p in open_ones} == {"paused"}
    assert state_of(strangers) == "published"
    assert sanction.imposed_by is None
    message = OutboxMessage.objects.get(user=cast.employer)
    assert f"/decisions/{sanction.public_id}/" in message.body


def test_the_employer_cannot_open_what_a_measure_closed(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    impose(cast, "paused")
    with pytest.raises(MeasureStands):
        resume_posting(posting=posting, actor=cast.employer)
    expired = make_posting(
        cast.organization,
        state="expired",
        valid_through=timezone.now() - timedelta(days=1),
    )
    with pytest.raises(MeasureStands):
        renew_posting(posting=expired, actor=cast.employer)


def test_nothing_is_published_while_all_is_paused(cast: Cast) -> None:
    impose(cast, "paused")
    posting = make_draft(cast.organization, state="in_review")
    with pytest.raises(MeasureStands):
        decide_review(
            posting=posting, reviewer=cast.operator, verdict=Verdict.APPROVE, version=1
        )


def test_lifting_opens_what_was_closed_and_nothing_else(cast: Cast) -> None:
    mine = make_posting(cast.organization, state="paused")
    closed = make_posting(cast.organization)
    sanction = lift_sanction(
        sanction=impose(cast, "paused"), actor=None, reason="answered"
    )
    assert sanction.state == "lapsed"
    assert (state_of(closed), state_of(mine)) == ("published", "paused")


def test_what_another_measure_closes_stays_closed(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    first = impose(cast, "paused")
    impose(cast, "paused", posting=posting)
    lift_sanction(sanction=first, actor=cast.moderator, reason="办好了")
    assert state_of(posting) == "paused"


def test_a_measure_lapses_when_its_time_is_over(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    soon = timezone.now() + timedelta(days=3)
    sanction = impose(cast, "paused", until=soon)
    assert lapse_sanctions(now=timezone.now()) == 0
    assert lapse_sanctions(now=soon) == 1
    assert lapse_sanctions(now=soon) == 0
    sanction.refresh_from_db()
    assert (sanction.state, state_of(posting)) == ("lapsed", "published")


def test_a_removal_hides_at_once_and_waits_for_a_second_person(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    sanction = impose(cast, "removed", posting=posting)
    assert (sanction.state, state_of(posting)) == ("proposed", "paused")
    with pytest.raises(OwnDecision):
        confirm_sanction(sanction=sanction, reviewer=cast.moderator)
    confirmed = confirm_sanction(sanction=sanction, reviewer=cast.operator)
    assert (confirmed.state, state_of(posting)) == ("in_force", "removed")


@pytest.mark.parametrize(
    ("fields", "is_shown"),
    [
        ({"kind": "removed", "of_posting": True}, False),
        ({"kind": "suspended"}, False),
        ({"kind": "paused", "of_posting": True}, False),
        ({"kind": "paused"}, True),
        ({"kind": "warned", "of_posting": True}, True),
    ],
)
def test_what_is_in_doubt_is_not_read_by_visitors(
    client: Client, cast: Cast, fields: dict[str, Any], is_shown: bool
) -> None:
    posting = make_posting(cast.organization)
    values = dict(fields)
    if values.pop("of_posting", False):
        values["posting"] = posting
    impose(cast, **values)
    page = client.get(f"/jobs/{posting.public_id}/").content.decode()
    assert (posting.qualifications[:8] in page) == is_shown


def test_a_dropped_removal_opens_the_posting_again(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    sanction = impose(cast, "removed", posting=posting)
    drop_sanction(sanction=sanction, reviewer=cast.operator, reason="没有证据")
    assert state_of(posting) == "published"
    with pytest.raises(ReviewTaken):
        confirm_sanction(sanction=sanction, reviewer=cast.operator)


@pytest.mark.parametrize("kind", ["suspended", "blocked"])
def test_a_suspension_takes_the_check_and_lifting_gives_it_back(
    cast: Cast, kind: str
) -> None:
    posting = make_posting(cast.organization)
    sanction = impose(cast, kind)
    cast.organization.refresh_from_db()
    assert cast.organization.verification == "verified"
    confirm_sanction(sanction=sanction, reviewer=cast.operator)
    cast.organization.refresh_from_db()
    assert cast.organization.verification == "suspended"
    lift_sanction(sanction=sanction, actor=cast.operator, reason="误会")
    cast.organization.refresh_from_db()
    assert cast.organization.verification == "verified"
    assert state_of(posting) == "published"


def test_members_and_strangers_take_no_measures(cast: Cast) -> None:
    make_posting(cast.organization)
    with pytest.raises(NotAllowed):
        impose(cast, "paused", actor=cast.other_employer)
    insider = make_member(cast.organization, email="insider@example.com")
    User.objects.filter(pk=insider.pk).update(kind="moderator")
    insider.refresh_from_db()
    with pytest.raises(OwnOrganization):
        impose(cast, "paused", actor=insider)
    sanction = impose(cast, "suspended")
    with pytest.raises(OwnOrganization):
        confirm_sanction(sanction=sanction, reviewer=insider)
    with pytest.raises(OwnOrganization):
        drop_sanction(sanction=sanction, reviewer=insider, reason="x")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"note": " "}, NoteMissing),
        ({"basis": []}, NoteMissing),
        ({"basis": ["no-such-rule"]}, UnknownRule),
        ({"kind": "removed"}, MeasureMisfits),
        ({"organization": None}, MeasureMisfits),
        ({"until": timezone.now() - timedelta(days=1)}, MeasureMisfits),
    ],
)
def test_what_cannot_be_imposed(
    cast: Cast, fields: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        impose(cast, **({"kind": "paused"} | fields))
    assert not Sanction.objects.exists()


def test_of_two_removals_the_second_is_told(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    impose(cast, "removed", posting=posting)
    with pytest.raises(MeasureExists):
        impose(cast, "removed", posting=posting, actor=cast.operator)


def test_a_repost_without_an_employer_can_be_taken_down(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    Posting.objects.filter(pk=posting.pk).update(
        organization=None, source_name="某网站"
    )
    posting.refresh_from_db()
    sanction = impose(cast, "removed", organization=None, posting=posting)
    confirm_sanction(sanction=sanction, reviewer=cast.operator)
    assert state_of(posting) == "removed"


def refused(name: str, **values: Any) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Sanction.objects.update(**values)


def test_the_database_keeps_the_second_pair_of_eyes(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    impose(cast, "removed", posting=posting)
    refused("confirmed_by_another", confirmed_by=cast.moderator)
    refused("grave_has_second", state="in_force", in_force_at=timezone.now())
    refused("has_a_target", posting=None, organization=None, kind="paused")
    refused("removes_a_posting", posting=None)
    refused("suspends_an_employer", organization=None, kind="suspended")
    refused("is_explained", note="")
    refused("ends_later", until=timezone.now() - timedelta(days=1))
    refused("in_force_has_date", state="in_force", confirmed_by=cast.operator)
    refused("kind_known", kind="shouted-at")
    lost = {"confirmed_by": cast.operator, "in_force_at": timezone.now()}
    refused("state_known", state="lost", **lost)


def test_the_history_is_only_ever_added(cast: Cast) -> None:
    impose(cast, "paused")
    with pytest.raises(IntegrityError, match="only ever added"), transaction.atomic():
        SanctionTransition.objects.update(reason="改过")
    with pytest.raises(IntegrityError, match="only ever added"):
        SanctionTransition.objects.all().delete()
