from __future__ import annotations

import pytest
from django.urls import reverse

from tests.access import check_access
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_only_operators_see_how_the_nights_went(cast: Cast) -> None:
    check_access(cast, reverse("matching:runs"), {"operator": 200})


def test_only_operators_begin_one(cast: Cast) -> None:
    url = reverse("matching:run_begin")
    check_access(cast, url, {"operator": 302}, method="post")
