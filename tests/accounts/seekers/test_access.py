from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.seekers.enums import OPTIONAL_STEPS, Step
from tests.access import check_access
from tests.cast import Cast

SEEKERS = {"seeker": 200, "other_seeker": 200}
SENT_ON = {"seeker": 302, "other_seeker": 302}


def test_only_seekers_have_a_profile(cast: Cast) -> None:
    check_access(cast, reverse("seekers:profile"), SEEKERS)
    check_access(cast, reverse("seekers:start"), SENT_ON)


@pytest.mark.parametrize("step", Step.values)
def test_only_seekers_answer(cast: Cast, step: str) -> None:
    check_access(cast, reverse("seekers:step", args=[step]), SEEKERS)


@pytest.mark.parametrize("step", sorted(OPTIONAL_STEPS))
def test_only_seekers_skip(cast: Cast, step: str) -> None:
    url = reverse("seekers:skip", args=[step])
    check_access(cast, url, SENT_ON, method="post")


def test_nobody_finds_a_screen_that_is_not_there(cast: Cast) -> None:
    check_access(cast, reverse("seekers:step", args=["shoe-size"]), {})


def test_only_seekers_choose_who_sees_them(cast: Cast) -> None:
    check_access(cast, reverse("seekers:seen"), SEEKERS)
    check_access(cast, reverse("seekers:show"), SENT_ON, method="post")


def test_only_seekers_hide_from_a_company(cast: Cast) -> None:
    url = reverse("seekers:block")
    check_access(cast, url, SENT_ON, method="post", data={"company": "某公司"})
    block = cast.seeker.blocks.get()
    mine = reverse("seekers:unblock", args=[block.pk])
    check_access(cast, mine, {"seeker": 302}, method="post")
