from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs.applications.models import Application
from jobs.hiring.models import Batch
from tests.access import check_access
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.make import make_posting

COLLEAGUES = {"employer": 200, "colleague": 200}
MEMBERS = {**COLLEAGUES, "other_employer": 200}


@pytest.fixture
def application(cast: Cast) -> Application:
    return make_application(
        cast.seeker, make_posting(cast.organization), state="viewed"
    )


def test_who_has_a_desk(cast: Cast, application: Application) -> None:
    check_access(cast, reverse("hiring:desk"), MEMBERS)
    check_access(cast, reverse("hiring:desk") + "?view=list", MEMBERS)


def test_who_may_move(cast: Cast, application: Application) -> None:
    url = reverse("hiring:move", args=[application.public_id])
    check_access(cast, url, COLLEAGUES)
    wrong = dict.fromkeys(COLLEAGUES, 422)
    data = {"event": "decline", "decline-version": "2"}
    check_access(cast, url, wrong, method="post", data=data)


def test_who_may_do_it_for_many(cast: Cast, application: Application) -> None:
    url = reverse("hiring:many")
    sent_back = dict.fromkeys(MEMBERS, 302)
    check_access(cast, url, sent_back, method="post")
    check_access(cast, url, {}, default=405)


def test_who_sees_what_became_of_them(cast: Cast, application: Application) -> None:
    """Only the colleague who sent it."""
    batch = Batch.objects.create(
        organization=cast.organization,
        by=cast.employer,
        action="shortlist",
        at=timezone.now(),
    )
    url = reverse("hiring:batch", args=[batch.public_id])
    check_access(cast, url, {"employer": 200})


def test_who_takes_a_file(cast: Cast, application: Application) -> None:
    url = reverse("hiring:export")
    check_access(cast, url, MEMBERS)
    check_access(cast, url, dict.fromkeys(MEMBERS, 422), method="post")


def test_who_sees_the_files_that_were_taken(cast: Cast) -> None:
    """Administrators; colleagues are told that it is not for them."""
    admins = {"employer": 200, "other_employer": 200, "colleague": 403}
    check_access(cast, reverse("hiring:exports"), admins)
