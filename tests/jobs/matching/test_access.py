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


def test_only_seekers_say_what_is_not_for_them(cast: Cast) -> None:
    posting = publish(cast.organization)
    url = reverse("matching:feedback", args=[posting.public_id])
    check_access(cast, url, SEEKERS)
    sent = {"seeker": 302, "other_seeker": 302}
    check_access(cast, url, sent, method="post", data={"reason": "known"})
    for name in ("matching:undo", "matching:hide_employer"):
        url = reverse(name, args=[posting.public_id])
        check_access(cast, url, sent, method="post")
    check_access(cast, reverse("matching:said"), SEEKERS)
    for name in ("matching:clear", "matching:keep", "matching:order"):
        check_access(cast, reverse(name), sent, method="post")


def test_nobody_judges_a_posting_that_is_not_open(cast: Cast) -> None:
    posting = publish(cast.organization, state="in_review")
    check_access(cast, reverse("matching:feedback", args=[posting.public_id]), {})


def test_everybody_may_read_where_the_order_comes_from(cast: Cast) -> None:
    check_access(cast, reverse("matching:how"), {"anonymous": 200}, default=200)
