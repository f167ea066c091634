from __future__ import annotations

import pytest
from django.urls import reverse

from tests.access import check_access
from tests.cast import ROLES, Cast

EVERYBODY = dict.fromkeys(ROLES, 200)
COUNSELORS = {"counselor": 200, "other_counselor": 200}


def test_the_list_is_public(cast: Cast) -> None:
    check_access(cast, reverse("counselors:list"), EVERYBODY)


@pytest.mark.parametrize("name", ["counselors:mine", "counselors:edit"])
def test_the_own_page_is_for_counselors(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), COUNSELORS)


def test_only_counselors_change_their_page(cast: Cast) -> None:
    saved = dict.fromkeys(COUNSELORS, 302)
    answers = {"name": "周老师"}
    check_access(cast, reverse("counselors:edit"), saved, method="post", data=answers)
