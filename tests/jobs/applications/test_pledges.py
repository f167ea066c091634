from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.cohorts import access
from accounts.cohorts.models import Cohort, CohortMember
from accounts.cohorts.services import cohorts
from accounts.employers.models import Organization
from accounts.lib.dates import today
from accounts.seekers.models import CompanyBlock
from jobs.applications import access_pledges
from jobs.applications.models import Application, CohortPledge
from jobs.applications.services import pledges
from jobs.applications.services.snapshots import snapshot_of
from jobs.applications.services.submissions import submit_application
from jobs.postings.models import Posting
from tests.accounts.cohorts.make import join_new, make_cohort, set_offsets
from tests.cast import Cast
from tests.make import make_posting, sign_in
from tests.words import says

pytestmark = pytest.mark.django_db


@pytest.fixture
def posting(cast: Cast) -> Posting:
    return make_posting(cast.organization)


@pytest.fixture
def cohort(cast: Cast) -> Cohort:
    return make_cohort(actor=cast.operator)


def test_from_the_promise_to_the_member(
    cast: Cast, posting: Posting, cohort: Cohort
) -> None:
    sign_in(client := Client(), cast.employer)
    answers = {
        "cohort": str(cohort.public_id),
        "posting": str(posting.public_id),
        "seats": "5",
    }
    page = client.post("/applications/pledges/", answers, follow=True)
    assert says(page, "Promised. Members of the group see it.")
    page = client.post("/applications/pledges/", answers)
    assert says(page, "You promised for this job already. Take that back first.")
    cohorts.join_cohort(cohort=cohort, user=cast.seeker.user)
    sign_in(member := Client(), cast.seeker.user)
    shown = member.get("/cohorts/mine/").content.decode()
    assert f"{cast.organization.display_name}留了 5 个名额" in shown
    assert f"/jobs/{posting.public_id}/" in shown
    pledge = CohortPledge.objects.get()
    client.post(f"/applications/pledges/{pledge.public_id}/withdraw/")
    assert posting.title not in member.get("/cohorts/mine/").content.decode()


def test_who_hides_from_the_employer_does_not_see_it(
    cast: Cast, posting: Posting, cohort: Cohort
) -> None:
    pledges.make_pledge(actor=cast.employer, cohort=cohort, posting=posting, seats=2)
    member = cohorts.join_cohort(cohort=cohort, user=cast.seeker.user)
    assert len(access_pledges.offers_to(member)) == 1
    CompanyBlock.objects.create(
        profile=cast.seeker, uscc=cast.organization.uscc, name="", reason="chosen"
    )
    fresh = CohortMember.objects.get(pk=member.pk)
    assert access_pledges.offers_to(fresh) == []


def test_only_checked_organisations_and_open_jobs_and_groups(
    cast: Cast, posting: Posting, cohort: Cohort
) -> None:
    def promise(job: Posting = posting) -> None:
        pledges.make_pledge(actor=cast.employer, cohort=cohort, posting=job, seats=1)

    with pytest.raises(pledges.NotOpen):
        promise(make_posting(cast.organization, state="paused"))
    with pytest.raises(pledges.NotOpen):
        promise(make_posting(cast.other_organization))
    cohorts.close_cohort(cohort=cohort, actor=cast.operator)
    with pytest.raises(pledges.NotOpen):
        promise()
    Organization.objects.update(verification="suspended")
    with pytest.raises(pledges.NotChecked):
        promise()


@pytest.mark.parametrize("seats", [0, 201])
def test_the_database_holds_it_too(
    cast: Cast, posting: Posting, cohort: Cohort, seats: int
) -> None:
    pledges.make_pledge(actor=cast.employer, cohort=cohort, posting=posting, seats=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        CohortPledge.objects.update(seats=seats)


def test_applied_and_hired_are_counted_by_people(
    cast: Cast, posting: Posting, cohort: Cohort
) -> None:
    set_offsets(cohort, 0)
    other = make_posting(cast.organization)
    for number in range(10):
        seeker = join_new(cohort, number).seeker
        for job in (posting, other) if number else (posting,):
            submit_application(
                seeker=seeker,
                posting=job,
                snapshot=snapshot_of(seeker, name="林", phone="1"),
                message="",
            )
    cohorts.count_cohorts(today=today() + timedelta(days=7))
    assert [figure.at_least for figure in access.figures_of(cohort)] == [10, 10, 10, 0]
    assert Application.objects.count() == 19
