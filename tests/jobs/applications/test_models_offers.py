from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs.applications.access_offers import offer_of
from jobs.applications.models import Application, Offer, RetentionCheck
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.make import make_posting


@pytest.fixture
def offer(cast: Cast) -> Offer:
    posting = make_posting(cast.organization)
    found = offer_of(make_application(cast.seeker, posting, state="offered"))
    assert found is not None
    return found


def copy_of(offer: Offer, **changes: Any) -> Offer:
    """The next revision, with these changes."""
    copy = Offer.objects.get(pk=offer.pk)
    copy.pk, copy.number = None, offer.number + 1
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


BROKEN: list[tuple[dict[str, Any], str]] = [
    ({"number": 1}, "offer_number_once"),
    ({"base_pay": 0}, "offer_pays_something"),
    ({"variable_text": ""}, "offer_says_how_it_varies"),
    ({"pay_months": 11}, "offer_months_a_year"),
    ({"probation_pay": None}, "offer_probation_has_pay"),
    ({"probation_months": 0}, "offer_probation_has_pay"),
    ({"probation_pay": 3839}, "offer_probation_pays_enough"),
    ({"contract_months": 12, "probation_months": 3}, "offer_probation_short_enough"),
    ({"contract_months": 2, "probation_months": 1}, "offer_probation_short_enough"),
    ({"probation_months": 7}, "offer_probation_short_enough"),
]


@pytest.mark.parametrize(("changes", "constraint"), BROKEN)
def test_the_database_refuses_what_no_offer_may_say(
    offer: Offer, changes: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        copy_of(offer, **changes).save()


def test_the_database_leaves_three_days(offer: Offer) -> None:
    day = offer.made_at.astimezone().date()
    with pytest.raises(IntegrityError, match="offer_leaves_time"), transaction.atomic():
        copy_of(offer, answer_by=day + timedelta(days=1)).save()


def test_an_offer_needs_an_application_that_reached_one(
    cast: Cast, offer: Offer
) -> None:
    other = make_application(
        cast.seeker, make_posting(cast.organization), state="interview"
    )
    with pytest.raises(IntegrityError, match="reached one"), transaction.atomic():
        copy_of(offer, application=other).save()


@pytest.mark.parametrize(
    "changes", [{"base_pay": 9000}, {"other_terms": "另有安排"}, {"differs": ["rest"]}]
)
def test_an_offer_stays_as_it_was_made(offer: Offer, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="only ever added"):
        Offer.objects.update(**changes)


def test_an_offer_is_never_deleted(offer: Offer) -> None:
    with pytest.raises(IntegrityError, match="only ever added"):
        Offer.objects.all().delete()


def test_a_notice_is_noted_once(offer: Offer) -> None:
    Offer.objects.update(reminded_at=timezone.now())
    with pytest.raises(IntegrityError, match="only ever added"):
        Offer.objects.update(reminded_at=None)


def test_pay_and_first_day_only_of_an_offer(cast: Cast) -> None:
    make_application(cast.seeker, make_posting(cast.organization))
    with pytest.raises(IntegrityError, match="offer_only_when_offered"):
        Application.objects.update(offer_start="2026-12-24")


def test_a_skill_is_named_with_its_reason_only(cast: Cast) -> None:
    make_application(cast.seeker, make_posting(cast.organization), state="declined")
    with pytest.raises(IntegrityError, match="skill_of_a_decline"):
        Application.objects.update(decline_skill="typing")


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"day": 14}, "check_in_day_known"),
        ({"respondent": "nobody"}, "check_in_side_known"),
        ({"answer": "yes"}, "check_in_answer_has_a_time"),
        ({"promised": "pay"}, "check_in_details_of_a_seeker"),
        (
            {
                "respondent": "employer",
                "answer": "yes",
                "answered_at": "2026-11-26T00:00Z",
                "debt_contact": "more",
            },
            "check_in_details_of_a_seeker",
        ),
    ],
)
def test_the_database_refuses_check_ins_that_make_no_sense(
    cast: Cast, changes: dict[str, Any], constraint: str
) -> None:
    hired = make_application(
        cast.seeker, make_posting(cast.organization), state="hired"
    )
    values = {"day": 7, "respondent": "seeker", "asked_at": timezone.now()} | changes
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RetentionCheck.objects.create(application=hired, **values)
