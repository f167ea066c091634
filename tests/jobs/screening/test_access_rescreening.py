from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from jobs.screening.models.rescreening import RescreenRun
from jobs.screening.models.samples import SampleAudit
from tests.access import check_access
from tests.cast import Cast
from tests.jobs.screening.make_rescreening import make_blocked, read_all
from tests.make import make_posting

MODERATING = {"moderator": 200, "operator": 200}
LED_ON = {"moderator": 302, "operator": 302}


@pytest.mark.parametrize(
    "name", ["screening:rescreening", "screening:rule_changes", "screening:samples"]
)
def test_only_moderators_see_the_lists(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), MODERATING)


def test_only_moderators_read_a_report(cast: Cast) -> None:
    make_blocked(cast.organization)
    url = reverse("screening:rescreen_run", args=[read_all().public_id])
    check_access(cast, url, MODERATING)


def test_only_moderators_begin(cast: Cast) -> None:
    url = reverse("screening:rescreen_begin")
    check_access(cast, url, LED_ON, method="post")


@pytest.mark.parametrize(
    "name", ["screening:rescreen_confirm", "screening:rescreen_cancel"]
)
def test_only_moderators_decide_about_a_reading(cast: Cast, name: str) -> None:
    make_blocked(cast.organization)
    url = reverse(name, args=[read_all().public_id])
    check_access(cast, url, MODERATING, method="post")
    assert RescreenRun.objects.get().state == "ready"


def test_only_moderators_look(cast: Cast) -> None:
    make_blocked(cast.organization)
    change = read_all().changes.get()
    url = reverse("screening:rule_change_look", args=[change.pk])
    check_access(cast, url, LED_ON, method="post")


def test_only_moderators_read_a_sample(cast: Cast) -> None:
    posting = make_posting(cast.organization)
    sample = SampleAudit.objects.create(posting=posting, month=date(2026, 11, 1))
    url = reverse("screening:sample", args=[sample.public_id])
    check_access(cast, url, MODERATING)
