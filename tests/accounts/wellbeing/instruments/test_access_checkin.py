from __future__ import annotations

from django.urls import reverse

from tests.access import check_access
from tests.cast import ROLES, Cast


def test_the_check_in_is_for_everybody(cast: Cast) -> None:
    check_access(cast, reverse("checkin:page"), dict.fromkeys(ROLES, 200))
