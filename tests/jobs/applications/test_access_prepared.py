from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.assisted.services import grants
from jobs.applications.models import PreparedApplication
from jobs.applications.services import pledges
from jobs.applications.services.prepared import prepare_application
from jobs.postings.models import Posting
from tests.access import check_access
from tests.accounts.assisted.make import make_grant
from tests.accounts.cohorts.make import make_cohort
from tests.cast import Cast
from tests.make import make_posting


@pytest.fixture
def posting(cast: Cast) -> Posting:
    return make_posting(cast.organization)


@pytest.fixture
def prepared(cast: Cast, posting: Posting) -> PreparedApplication:
    return prepare_application(
        grant=make_grant(cast.seeker, cast.counselor),
        actor=cast.counselor.user,
        posting=posting,
        message="",
    )


def test_counselors_prepare(cast: Cast, posting: Posting) -> None:
    url = reverse("applications:prepare", args=[posting.public_id])
    counselors = {"counselor": 200, "other_counselor": 200}
    check_access(cast, url, counselors)
    type(cast.counselor).objects.update(verification="suspended")
    check_access(cast, url, dict.fromkeys(counselors, 302))


def test_only_the_person_reads_what_is_prepared(
    cast: Cast, prepared: PreparedApplication
) -> None:
    url = reverse("applications:prepared", args=[prepared.public_id])
    check_access(cast, url, {"seeker": 200})


def test_only_the_person_lets_it_pass(
    cast: Cast, prepared: PreparedApplication
) -> None:
    url = reverse("applications:decline_prepared", args=[prepared.public_id])
    check_access(cast, url, {"seeker": 302}, method="post")


def test_employers_promise_places(cast: Cast) -> None:
    members = dict.fromkeys(("employer", "colleague", "other_employer"), 200)
    check_access(cast, reverse("applications:pledges"), members)


def test_only_their_own_promise(cast: Cast, posting: Posting) -> None:
    pledge = pledges.make_pledge(
        actor=cast.employer,
        cohort=make_cohort(actor=cast.operator),
        posting=posting,
        seats=3,
    )
    url = reverse("applications:withdraw_pledge", args=[pledge.public_id])
    # The first of the two takes it back; the second finds nothing.
    check_access(cast, url, {"employer": 302}, method="post")


def test_stages_only_with_the_second_yes(cast: Cast) -> None:
    grant = make_grant(cast.seeker, cast.counselor)
    url = reverse("applications:stages", args=[grant.public_id])
    check_access(cast, url, {})
    grants.show_stages(grant=grant, actor=cast.seeker.user)
    check_access(cast, url, {"counselor": 200})
    grants.hide_stages(grant=grant, actor=cast.seeker.user)
    check_access(cast, url, {})
