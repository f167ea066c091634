from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.cohorts import access
from accounts.cohorts.models import Cohort, CohortMember
from accounts.cohorts.services import cohorts as services, sessions
from tests.access import check_access
from tests.accounts.cohorts.make import make_cohort
from tests.cast import ROLES, Cast

EVERYBODY = dict.fromkeys(ROLES, 200)
OPERATOR = {"operator": 200}
DONE = {"operator": 302}
SEEKERS = {"seeker": 200, "other_seeker": 200}


@pytest.fixture
def cohort(cast: Cast) -> Cohort:
    return make_cohort(actor=cast.operator)


@pytest.fixture
def member(cast: Cast, cohort: Cohort) -> CohortMember:
    return services.join_cohort(cohort=cohort, user=cast.seeker.user)


def test_anybody_may_type_a_code(cast: Cast) -> None:
    check_access(cast, reverse("cohorts:enter"), EVERYBODY)


def test_anybody_reads_what_a_code_means(cast: Cast, cohort: Cohort) -> None:
    check_access(cast, reverse("cohorts:join", args=[cohort.code]), EVERYBODY)


def test_only_seekers_join(cast: Cast, cohort: Cohort) -> None:
    url = reverse("cohorts:join", args=[cohort.code])
    others = dict.fromkeys(set(ROLES) - set(SEEKERS), 200)
    joined = others | dict.fromkeys(SEEKERS, 302)
    check_access(cast, url, joined, method="post", data={"agreed": "on"})
    assert cohort.members.count() == 2


def test_everybody_sees_their_own_groups_only(cast: Cast) -> None:
    check_access(cast, reverse("cohorts:mine"), SEEKERS)


def test_nobody_takes_another_out(cast: Cast, member: CohortMember) -> None:
    url = reverse("cohorts:leave", args=[member.public_id])
    check_access(cast, url, {"seeker": 302}, method="post")


def test_whoever_has_the_link_sees_the_figures(cast: Cast, cohort: Cohort) -> None:
    url = reverse("cohorts:counts", args=[access.counts_token(cohort)])
    check_access(cast, url, EVERYBODY)


@pytest.mark.parametrize("name", ["cohorts:list", "cohorts:new"])
def test_operators_make_groups(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), OPERATOR)


@pytest.mark.parametrize("name", ["cohorts:detail", "cohorts:poster"])
def test_operators_see_a_group(cast: Cast, cohort: Cohort, name: str) -> None:
    check_access(cast, reverse(name, args=[cohort.public_id]), OPERATOR)


@pytest.mark.parametrize("name", ["cohorts:close", "cohorts:renew_link"])
def test_operators_close_a_group(cast: Cast, cohort: Cohort, name: str) -> None:
    url = reverse(name, args=[cohort.public_id])
    check_access(cast, url, DONE, method="post")


def test_operators_plan_talks(cast: Cast, cohort: Cohort) -> None:
    url = reverse("cohorts:session_new", args=[cohort.public_id])
    check_access(cast, url, OPERATOR)


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("cohorts:session_cancel", "operator"),
        ("cohorts:seat_take", "seeker"),
        ("cohorts:seat_back", "seeker"),
    ],
)
def test_talks(cast: Cast, member: CohortMember, name: str, allowed: str) -> None:
    talk = sessions.publish_session(
        cohort=member.cohort,
        actor=cast.operator,
        title="找新工作怎么问",
        starts_at=timezone.now() + timedelta(days=3),
        place="街道二楼",
        seats=5,
    )
    url = reverse(name, args=[talk.public_id])
    check_access(cast, url, {allowed: 302}, method="post")
