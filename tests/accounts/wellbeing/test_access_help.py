from __future__ import annotations

from django.urls import reverse

from tests.access import check_access
from tests.cast import ROLES, Cast


def test_help_is_for_everybody(cast: Cast) -> None:
    check_access(cast, reverse("help"), dict.fromkeys(ROLES, 200))
