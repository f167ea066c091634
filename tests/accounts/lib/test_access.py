from __future__ import annotations

from django.urls import reverse

from tests.access import check_access
from tests.cast import ROLES, Cast


def test_everyone_may_choose_light_or_dark(cast: Cast) -> None:
    everyone = dict.fromkeys(ROLES, 302)
    check_access(cast, reverse("theme"), everyone, method="post")


def test_everyone_may_see_the_style_page_of_a_demo(cast: Cast) -> None:
    check_access(cast, reverse("style"), dict.fromkeys(ROLES, 200))
