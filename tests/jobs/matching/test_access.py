from __future__ import annotations

from django.urls import reverse

from tests.access import check_access
from tests.cast import Cast
from tests.jobs.matching.make import publish

SEEKERS = {"seeker": 200, "other_seeker": 200}


def test_only_seekers_have_matches(cast: Cast) -> None:
    publish(cast.organization)
    check_access(cast, reverse("matching:list"), SEEKERS)
    check_access(cast, reverse("matching:left_out"), SEEKERS)


def test_only_seekers_are_told_why(cast: Cast) -> None:
    posting = publish(cast.organization)
    check_access(cast, reverse("matching:why", args=[posting.public_id]), SEEKERS)


def test_nobody_is_told_why_of_a_posting_that_is_not_open(cast: Cast) -> None:
    posting = publish(cast.organization, state="in_review")
    check_access(cast, reverse("matching:why", args=[posting.public_id]), {})
