from __future__ import annotations

from itertools import product

import pytest

from accounts.seekers.models import SeekerProfile
from jobs.matching.access.candidates import candidates_for
from jobs.matching.access.matches import seeker_of
from jobs.matching.rules.constraints import broken_limits
from jobs.matching.services.features import facts_for
from tests.jobs.applications.make_people import make_visible
from tests.make import make_posting

pytestmark = pytest.mark.django_db

CITIES: tuple[tuple[str, list[str]], ...] = (
    ("3101", []),
    ("", []),
    ("3201", ["3101"]),
    ("3201", []),
)
# 6,500 may miss the wish by 15 %: 7,647 is the last that it reaches.
PAY = (None, 4500, 7647, 7648)
LIMITS: tuple[list[str], ...] = ([], ["weekends_off"], ["no_phone"])


def test_the_database_leaves_out_nobody_whom_the_rules_would_show() -> None:
    posting = make_posting(rest="single")
    for number, ((city, also), pay, limits) in enumerate(product(CITIES, PAY, LIMITS)):
        make_visible(
            number,
            city_code=city,
            also_city_codes=also,
            min_pay=pay,
            constraints=limits,
        )
    job = facts_for(posting)
    wanted = {
        profile.pk
        for profile in SeekerProfile.objects.all()
        if not broken_limits(seeker_of(profile), job)
    }
    shown = {candidate.profile.pk for candidate in candidates_for(posting)}
    assert shown == wanted
    assert 0 < len(wanted) < SeekerProfile.objects.count()


def test_equal_people_stand_in_another_order_on_another_posting() -> None:
    people = [make_visible(number) for number in range(12)]
    orders = [
        [candidate.profile.pk for candidate in candidates_for(make_posting(org))]
        for org in [make_posting().organization] * 3
    ]
    assert {frozenset(order) for order in orders} == {frozenset(p.pk for p in people)}
    assert len({tuple(order) for order in orders}) > 1


def test_nothing_locked_is_loaded() -> None:
    make_visible()
    found = candidates_for(make_posting())
    assert found[0].profile.get_deferred_fields() == {"contact_name", "contact_phone"}
