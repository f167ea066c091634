from __future__ import annotations

import pytest
from django.urls import reverse

from tests.access import check_access
from tests.cast import ROLES, Cast


@pytest.mark.parametrize("name", ["about", "terms", "privacy"])
def test_everybody_may_read_who_we_are_and_what_we_do(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), dict.fromkeys(ROLES, 200))
