from __future__ import annotations

import pytest
from django.urls import reverse

from tests.access import check_access
from tests.cast import Cast


@pytest.mark.parametrize("name", ["healthz", "readyz"])
def test_anyone_may_ask_how_the_site_is(cast: Cast, name: str) -> None:
    """Load balancers are nobody; without a worker the second answer is 503."""
    status = 200 if name == "healthz" else 503
    check_access(cast, reverse(name), {"anonymous": status}, default=status)
