from __future__ import annotations

from django.urls import reverse

from tests.access import check_access
from tests.cast import Cast


def test_everybody_is_let_in_or_led_on(cast: Cast) -> None:
    seekers = ["anonymous", "seeker", "other_seeker"]
    shown = [*seekers, "employer", "colleague", "other_employer"]
    led_on = ["counselor", "other_counselor", "moderator", "operator"]
    expected = dict.fromkeys(shown, 200) | dict.fromkeys(led_on, 302)
    check_access(cast, reverse("home"), expected)
