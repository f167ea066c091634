from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounts.employers.models import Organization
from jobs.applications.models import Application
from jobs.applications.services.covenant import MeasureOver, confirm_answering
from jobs.applications.services.deadlines import chase
from jobs.screening.models.sanctions import Sanction
from tests.jobs.applications.make import send
from tests.jobs.applications.together import together
from tests.make import make_member, make_organization, make_posting, make_seeker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organization(transactional_db: None) -> Organization:
    return make_organization()


def wait_for(organization: Organization, postings: int) -> None:
    for number in range(postings):
        seeker = make_seeker(email=f"s{number}@example.com")
        send(seeker, make_posting(organization))


def test_workers_side_by_side_count_every_silence_once(
    organization: Organization,
) -> None:
    wait_for(organization, 4)
    late = timezone.now() + timedelta(days=15)
    ended = together([partial(chase, now=late)] * 3)
    assert sum(counts["closed"] for counts in ended) == 4
    assert Application.objects.filter(state="no_response").count() == 4
    of_all = Sanction.objects.filter(posting__isnull=True)
    assert (of_all.count(), Sanction.objects.count()) == (1, 3)


def test_two_taps_open_it_once(organization: Organization) -> None:
    member = make_member(organization, role="admin")
    wait_for(organization, 1)
    chase(now=timezone.now() + timedelta(days=15))
    measure = Sanction.objects.get()
    say = partial(confirm_answering, measure=measure, actor=member, now=timezone.now())
    results = together([say, say])
    assert sum(isinstance(result, Sanction) for result in results) == 1
    assert sum(isinstance(result, MeasureOver) for result in results) == 1
