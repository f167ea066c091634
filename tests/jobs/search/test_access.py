from __future__ import annotations

from django.urls import reverse

from tests.access import check_access
from tests.cast import ROLES, Cast
from tests.make import make_posting


def test_everybody_may_look_at_jobs(cast: Cast) -> None:
    make_posting(cast.organization)
    check_access(cast, reverse("search:list"), dict.fromkeys(ROLES, 200))
