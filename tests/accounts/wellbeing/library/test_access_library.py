from __future__ import annotations

from django.urls import reverse

from tests.access import check_access
from tests.cast import ROLES, Cast


def test_pieces_are_for_everybody(cast: Cast) -> None:
    check_access(cast, reverse("library:index"), dict.fromkeys(ROLES, 200))
    piece = reverse("library:piece", args=["breathing-timer"])
    check_access(cast, piece, dict.fromkeys(ROLES, 200))
    absent = reverse("library:piece", args=["no-such-piece"])
    check_access(cast, absent, dict.fromkeys(ROLES, 404))
